namespace Tripos.Server.Features.Practice;

/// <summary>Sorts questions into topics, so that those near a difficulty are found by bisection.</summary>
internal static class CatalogueBuilder
{
    public static PracticeCatalogue Build(IEnumerable<ReadItems.Row> rows, IReadOnlyList<PracticeTopic> topics)
    {
        var items = rows.Where(row => row.Item is not null).ToDictionary(row => row.QuestionId, row => row.Item!);
        var byTopic = items.Values.ToLookup(item => item.Topic);
        return new PracticeCatalogue(items, topics.ToDictionary(topic => topic.Id, topic => Fill(topic, byTopic[topic.Id])));
    }

    /// <summary>The catalogue with some questions read again; topics without a change keep their lists.</summary>
    public static PracticeCatalogue Change(PracticeCatalogue before, List<ReadItems.Row> rows, IReadOnlyList<PracticeTopic> topics)
    {
        var changed = rows.Where(row => before.Items.GetValueOrDefault(row.QuestionId) is var old && !(old is null ? row.Item is null : Same(old, row.Item))).ToList();
        var items = changed.Count == 0 ? before.Items : Merge(before.Items, changed);
        var touched = changed.SelectMany(row => new[] { row.Item?.Topic, before.Items.GetValueOrDefault(row.QuestionId)?.Topic }).OfType<int>().ToHashSet();
        var byTopic = touched.Count == 0 ? null : items.Values.Where(item => touched.Contains(item.Topic)).ToLookup(item => item.Topic);
        return new PracticeCatalogue(items, topics.ToDictionary(topic => topic.Id, topic =>
            touched.Contains(topic.Id) ? Fill(topic, byTopic![topic.Id])
            : before.Topics.TryGetValue(topic.Id, out var old) ? topic with { Live = old.Live, Unsettled = old.Unsettled, Guess = old.Guess }
            : topic));
    }

    // Records compare arrays by identity; the tags are compared as they stand.
    private static bool Same(PracticeItem old, PracticeItem? read) => read is not null && old == read with { Tags = old.Tags } && old.Tags.SequenceEqual(read.Tags);

    private static Dictionary<int, PracticeItem> Merge(IReadOnlyDictionary<int, PracticeItem> before, List<ReadItems.Row> changed)
    {
        var items = new Dictionary<int, PracticeItem>(before);
        foreach (var (id, item) in changed)
        {
            if (item is null)
            {
                items.Remove(id);
            }
            else
            {
                items[id] = item;
            }
        }

        return items;
    }

    private static PracticeTopic Fill(PracticeTopic topic, IEnumerable<PracticeItem> items)
    {
        PracticeItem[] sorted = [.. items.OrderBy(item => item.Rating.Points).ThenBy(item => item.QuestionId)];
        PracticeItem[] live = [.. sorted.Where(item => item.IsLive)];
        return topic with { Live = live, Unsettled = [.. sorted.Where(item => !item.IsSettled)], Guess = live.Length == 0 ? 0 : live.Average(item => item.Guess) };
    }
}
