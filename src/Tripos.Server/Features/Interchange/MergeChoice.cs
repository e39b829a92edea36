using Tripos.Formats;
using Tripos.Questions;

namespace Tripos.Server.Features.Interchange;

/// <summary>Brings what a file says of a choice question together with what is stored: options keep their ids, keys are not lost. Pure.</summary>
internal static class MergeChoice
{
    /// <param name="question">As the file has it.</param>
    /// <param name="before">As it is here.</param>
    /// <param name="isShared">Whether another exam has it too: then the file only adds what is missing, or two files would overwrite each other for ever.</param>
    public static Merge.Result Of(ExamQuestion question, StoredQuestion before, bool isShared)
    {
        var (incoming, stored) = ((ChoiceBody)question.Body, (ChoiceBody)before.Body);
        var ids = OptionIds(question, stored);
        bool same = Match.LikenessOf(incoming) == before.Likeness;
        string[] key = [.. incoming.Key.Select(id => ids[id])];
        bool lost = false;
        if (key.Length == 0 && stored.Key.Count > 0)
        {
            // A file without keys never takes away a key: it goes only with its option.
            lost = !stored.Key.All(ids.ContainsValue);
            key = lost ? [] : [.. stored.Key];
        }

        var body = Kinded(question, stored, isShared, same ? Refreshed(question, stored, ids, isShared) : Renewed(question, stored, ids), key);
        var kind = question.IsNative && question.Kind.BodyType == body.GetType() ? question.Kind : Merge.KindFor(before.Kind, body);
        bool changed = Written(kind, body) != Written(before.Kind, stored);
        bool keyChanged = incoming.Key.Count > 0 && stored.Key.Count > 0 && !stored.Key.ToHashSet().SetEquals(key);
        return new(changed ? kind : before.Kind, changed ? body : stored, changed, changed && !same, lost, keyChanged);
    }

    /// <summary>The file's option ids → ours. An option keeps its id through shuffling (same text) and through editing (same id).</summary>
    internal static Dictionary<string, string> OptionIds(ExamQuestion question, ChoiceBody stored)
    {
        Dictionary<string, string> ids = new(StringComparer.Ordinal);
        List<Option> left = [.. stored.Options];
        void Pair(Func<Option, Option, bool> fits)
        {
            foreach (var option in Incoming(question).Options.Where(o => !ids.ContainsKey(o.Id)))
            {
                if (left.FirstOrDefault(other => fits(option, other)) is { } found)
                {
                    ids.Add(option.Id, found.Id);
                    left.Remove(found);
                }
            }
        }

        Pair((mine, other) => mine.Id == other.Id && Line(mine.Text) == Line(other.Text));
        Pair((mine, other) => Line(mine.Text) == Line(other.Text));
        if (question.HasOptionIds)
        {
            Pair((mine, other) => mine.Id == other.Id);
        }

        var taken = ids.Values.Concat(stored.Options.Select(o => o.Id)).ToHashSet(StringComparer.Ordinal);
        foreach (var option in Incoming(question).Options.Where(o => !ids.ContainsKey(o.Id)))
        {
            string id = option.Id;
            for (int i = 0; !taken.Add(id); i++)
            {
                id = $"{option.Id}{i + 2}";
            }

            ids.Add(option.Id, id);
        }

        return ids;
    }

    // Learners read the same: the stored words stay to the letter, and only what surrounds them follows the file.
    private static ChoiceBody Refreshed(ExamQuestion question, ChoiceBody stored, Dictionary<string, string> ids, bool isShared)
    {
        var explanations = Incoming(question).Options.ToDictionary(o => ids[o.Id], o => o.Explanation);
        var surrounded = question.IsNative && !isShared ? Surrounded(question, stored, ids) : stored;
        return surrounded with
        {
            Explanation = Newer(question.Body.Explanation, stored.Explanation),
            Code = stored.Code is { Language: null } code && question.Body.Code?.Language is { } language ? code with { Language = language } : stored.Code,
            Options = [.. stored.Options.Select(o => Newer(explanations.GetValueOrDefault(o.Id), o.Explanation) is { } why ? o with { Explanation = why } : o)],
            ShuffleOptions = isShared ? stored.ShuffleOptions : Incoming(question).ShuffleOptions,
        };

        string? Newer(string? file, string? ours) => isShared ? ours ?? file : file ?? ours;
    }

    // A file that gives the whole body says all of what surrounds the words, too.
    private static ChoiceBody Surrounded(ExamQuestion question, ChoiceBody stored, Dictionary<string, string> ids)
    {
        var weights = Incoming(question).Options.ToDictionary(o => ids[o.Id], o => o.Weight);
        return stored with
        {
            Passage = question.Body.Passage, Audio = question.Body.Audio, Transcript = question.Body.Transcript, Image = question.Body.Image, Timing = question.Body.Timing,
            Options = [.. stored.Options.Select(o => o with { Weight = weights[o.Id] })],
        };
    }

    private static ChoiceBody Renewed(ExamQuestion question, ChoiceBody stored, Dictionary<string, string> ids)
    {
        var kept = stored.Options.ToDictionary(o => o.Id);
        return Incoming(question) with
        {
            Explanation = question.Body.Explanation ?? stored.Explanation,
            Options = [.. Incoming(question).Options.Select(o => new Option(ids[o.Id], o.Text, o.Explanation ?? kept.GetValueOrDefault(ids[o.Id])?.Explanation, o.Weight))],
        };
    }

    // Without a stated kind, what an author or an earlier file decided stays.
    private static ChoiceBody Kinded(ExamQuestion question, ChoiceBody stored, bool isShared, ChoiceBody body, string[] key)
    {
        bool multiple = question.StatesKind ? question.Body is MultipleChoice : key.Length > 1 || (Incoming(question).Key.Count == 0 && stored is MultipleChoice);
        multiple |= key.Length > 1;
        int? theirs = (question.Body as MultipleChoice)?.MaxResponses, ours = (stored as MultipleChoice)?.MaxResponses;
        int? most = isShared ? ours : theirs ?? (question.StatesKind ? null : ours);
        string[] ordered = [.. body.Options.Select(o => o.Id).Where(key.Contains)];
        var rule = question.IsNative && !isShared ? (question.Body as MultipleChoice)?.Rule : (stored as MultipleChoice)?.Rule;
        return KeyedBody.Of(body, ordered, multiple, most < ordered.Length ? null : most, rule ?? ChoiceRule.RightMinusWrong);
    }

    private static ChoiceBody Incoming(ExamQuestion question) => (ChoiceBody)question.Body;

    private static string Written(QuestionKind kind, ChoiceBody body) =>
        kind.Name + kind.WriteBody(body with { Key = [.. body.Options.Select(o => o.Id).Where(body.Key.Contains)] });

    private static string Line(string text) => PlainText.OneLine(text);
}
