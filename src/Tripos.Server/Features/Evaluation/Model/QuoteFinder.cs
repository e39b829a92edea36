using Tripos.Evaluation;

namespace Tripos.Server.Features.Evaluation.Model;

/// <summary>Finds what a model quotes in the answer: evidence that is not there is no evidence.</summary>
internal sealed class QuoteFinder
{
    private readonly ModelTask _task;
    private readonly string _flat;
    private readonly int[] _places; // where each character of the flat text stands in the answer

    public QuoteFinder(ModelTask task)
    {
        _task = task;
        var (flat, places) = Flatten(task.Answer);
        _flat = flat;
        _places = places;
    }

    /// <returns>Null where the answer does not have it, or only where it speaks to the grader.</returns>
    public Place? Find(string quote)
    {
        var (flat, _) = Flatten(quote.Trim().Trim('"', '“', '”', '…', '.', ' '));
        if (flat.Length < 2)
        {
            return null;
        }

        for (int at = _flat.IndexOf(flat, StringComparison.Ordinal); at >= 0; at = _flat.IndexOf(flat, at + 1, StringComparison.Ordinal))
        {
            int start = _places[at], end = _places[at + flat.Length - 1] + 1;
            if (!_task.Withheld.Any(stretch => stretch.Start < end && start < stretch.Start + stretch.Length))
            {
                return _task.Heard is { } heard ? InSound(heard, start, end) : Place.InText(_task.Answer, start, end - start);
            }
        }

        return null;
    }

    private Place? InSound(HeardSpeech heard, int start, int end)
    {
        int at = 0;
        HeardWord? first = null, last = null;
        foreach (var word in heard.Words)
        {
            if (at < end && start < at + word.Word.Length)
            {
                first ??= word;
                last = word;
            }

            at += word.Word.Length + 1; // the transcript joins them with one space
        }

        return first is null ? null : new Place(PlaceUnit.Sound, first.StartMs, last!.EndMs, _task.Answer[start..end]);
    }

    // Case, kinds of quotation marks and runs of white space are no difference.
    private static (string Flat, int[] Places) Flatten(string text)
    {
        System.Text.StringBuilder flat = new(text.Length);
        List<int> places = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i] switch { '’' or '‘' => '\'', '“' or '”' => '"', '–' or '—' => '-', var other => char.IsWhiteSpace(other) ? ' ' : char.ToLowerInvariant(other) };
            if (c != ' ' || (flat.Length > 0 && flat[^1] != ' '))
            {
                flat.Append(c);
                places.Add(i);
            }
        }

        return (flat.ToString(), [.. places]);
    }
}
