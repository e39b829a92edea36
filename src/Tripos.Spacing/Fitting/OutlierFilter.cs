namespace Tripos.Spacing;

/// <summary>Leaves out cards whose first wait was so unusual that they would bend the first stabilities.</summary>
/// <remarks>
/// The rule of fsrs-rs. Cards are grouped by first rating and days to the first long review. Per rating, rarest groups first (shorter waits
/// first among equals), groups go until 20 cards or 5 % would be exceeded; of the others those go that have fewer than 6 cards or wait more than
/// 100 days (365 after Easy). All later reviews of such cards go too.
/// </remarks>
internal static class OutlierFilter
{
    private const int LeastCards = 6;

    /// <summary>The items that remain, in the order given, and those of them that are the first long review of their card.</summary>
    public static (int[] Kept, int[] First) Apply(ReviewHistory history, ReadOnlySpan<int> items)
    {
        var firstWaits = new Dictionary<int, (int Rating, int Days)>();
        var groups = new Dictionary<(int Rating, int Days), int>();
        foreach (int item in items)
        {
            int card = history.CardOf(item);
            if (firstWaits.ContainsKey(card))
            {
                continue;
            }

            var group = (history.Ratings[history.CardStarts[card]], FirstWait(history, card));
            firstWaits[card] = group;
            groups[group] = groups.GetValueOrDefault(group) + (IsFirst(history, item, card) ? 1 : 0);
        }

        var removed = Removed(groups);
        int[] kept = [.. items.ToArray().Where(item => !removed.Contains(firstWaits[history.CardOf(item)]))];
        return (kept, [.. kept.Where(item => IsFirst(history, item, history.CardOf(item)))]);
    }

    public static int FirstWait(ReviewHistory history, int card)
    {
        int at = history.CardStarts[card];
        while (history.Days[at] == 0)
        {
            at++;
        }

        return history.Days[at];
    }

    public static bool IsFirst(ReviewHistory history, int item, int card) =>
        !history.Days.AsSpan(history.CardStarts[card], item - history.CardStarts[card]).ContainsAnyExcept(0);

    private static HashSet<(int Rating, int Days)> Removed(Dictionary<(int Rating, int Days), int> groups)
    {
        var removed = new HashSet<(int, int)>();
        foreach (var rating in groups.Where(group => group.Value > 0).GroupBy(group => group.Key.Rating))
        {
            int allowed = Math.Max(20, rating.Sum(group => group.Value) / 20);
            int longest = rating.Key == (int)Recall.Easy ? 365 : 100;
            int gone = 0;
            foreach (var (group, cards) in rating.OrderBy(group => group.Value).ThenBy(group => group.Key.Days))
            {
                if (gone + cards < allowed)
                {
                    gone += cards;
                    removed.Add(group);
                }
                else if (cards < LeastCards || group.Days > longest)
                {
                    removed.Add(group);
                }
            }
        }

        return removed;
    }
}
