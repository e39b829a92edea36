using Tripos.Evaluation;
using Tripos.Scoring;

namespace Tripos.Server.Features.Evaluation;

/// <summary>A mark as it is sent.</summary>
/// <param name="Revision">Of the answer's marking, as it was when the marker looked at it. Not looked at for drafts.</param>
/// <param name="Draft">Kept for the marker, seen by nobody else, decides nothing.</param>
/// <param name="Scores">Points by trait; a draft may leave some out.</param>
/// <param name="Notes">Why, by trait; told to the learner.</param>
/// <param name="Comments">On places of the answer.</param>
/// <param name="Summary">For the learner.</param>
/// <param name="Reason">Why what was decided is changed; needed then, kept with the marks, not told to the learner.</param>
public sealed record MarkRequest(
    int Revision, bool Draft, IReadOnlyDictionary<string, double?>? Scores = null, IReadOnlyDictionary<string, string?>? Notes = null,
    IReadOnlyList<MarkRequest.Comment>? Comments = null, string? Summary = null, string? Reason = null)
{
    public const int MostComments = 100;
    public const int LongestComment = 2000;
    public const int LongestSummary = 4000;
    public const int LongestReason = 1000;
    public const int LongestNote = 1000;

    /// <param name="Start">First character of a text or millisecond of a recording; null for the answer as a whole, or where only the quote is known.</param>
    /// <param name="End">Exclusive.</param>
    /// <param name="Quote">The words that stand there: found again where the numbers do not fit.</param>
    public sealed record Comment(string? Text, int? Start = null, int? End = null, string? Quote = null);

    internal string? LengthFault =>
        (Comments?.Count ?? 0) > MostComments ? $"At most {MostComments} comments are kept."
        : Comments?.Any(comment => comment.Text?.Length > LongestComment || comment.Quote?.Length > LongestComment * 10) == true ? $"A comment has at most {LongestComment} characters."
        : Notes?.Values.Any(note => note?.Length > LongestNote) == true ? $"A note has at most {LongestNote} characters."
        : Summary?.Length > LongestSummary ? $"The summary has at most {LongestSummary} characters."
        : Reason?.Length > LongestReason ? $"The reason has at most {LongestReason} characters."
        : null;

    /// <summary>The traits of the rubric with the points that are given.</summary>
    /// <param name="fault">Set where a score is missing (unless it is a draft), off the scale, or for a trait that is not asked for.</param>
    internal List<TraitScore> TraitsOf(IReadOnlyList<ProfileTrait> asked, out string? fault)
    {
        fault = Scores?.Keys.FirstOrDefault(name => asked.All(trait => trait.Name != name)) is { } unknown ? $"This answer is not judged by \"{unknown}\"." : null;
        List<TraitScore> traits = [];
        foreach (var trait in asked)
        {
            double? score = Scores?.GetValueOrDefault(trait.Name);
            fault ??= score is { } points && !MarkingRules.IsOnScale(points, trait.Max) ? $"{trait.Title}: give 0 to {trait.Max} points in steps of {MarkingRules.StepOf(trait.Max)}."
                : score is null && !Draft ? $"{trait.Title} has no points yet." : null;
            string? note = Notes?.GetValueOrDefault(trait.Name)?.Trim();
            traits.Add(new TraitScore(trait.Name, score, trait.Max, string.IsNullOrEmpty(note) ? null : note) { By = "teacher", Weight = trait.Weight == 1 ? null : trait.Weight });
        }

        return traits;
    }

    /// <summary>The comments with their places; those without words are left out.</summary>
    /// <param name="text">The written answer; null for a recording.</param>
    /// <param name="durationMs">Of the recording, where it is known.</param>
    internal List<MarkComment> CommentsOn(string? text, int? durationMs, out string? fault)
    {
        fault = null;
        List<MarkComment> kept = [];
        foreach (var comment in Comments ?? [])
        {
            if (string.IsNullOrWhiteSpace(comment.Text))
            {
                continue;
            }

            var place = text is null ? InSound(comment, durationMs, ref fault) : InText(comment, text, ref fault);
            kept.Add(new MarkComment(comment.Text.Trim(), place));
        }

        return kept;
    }

    // Browsers count line ends as one character; what was sent may have two. The words decide, and the numbers say which of several places is meant.
    private static Place? InText(Comment comment, string text, ref string? fault)
    {
        if (string.IsNullOrWhiteSpace(comment.Quote))
        {
            bool fits = comment is { Start: { } from, End: { } to } && from >= 0 && from < to && to <= text.Length;
            fault ??= fits || comment is { Start: null, End: null } ? null : $"The answer has {text.Length} characters: the place of \"{Short(comment.Text)}\" is none of them.";
            return fits ? Place.InText(text, comment.Start!.Value, comment.End!.Value - comment.Start.Value) : null;
        }

        string quote = comment.Quote.Trim();
        int at = Nearest(text, quote, comment.Start ?? 0);
        if (at < 0)
        {
            fault ??= $"The answer does not contain \"{Short(quote)}\". Copy the words as they stand there.";
            return null;
        }

        return Place.InText(text, at, quote.Length);
    }

    private static Place? InSound(Comment comment, int? durationMs, ref string? fault)
    {
        if (comment is { Start: null, End: null })
        {
            return null;
        }

        int start = comment.Start ?? 0, end = comment.End ?? durationMs ?? start + 1000;
        if (start < 0 || end <= start || end > (durationMs ?? int.MaxValue))
        {
            fault ??= $"A place in the recording begins before it ends{(durationMs is { } length ? $", and ends by {length / 1000.0:0.#} s" : "")}.";
            return null;
        }

        return new Place(PlaceUnit.Sound, start, end);
    }

    private static int Nearest(string text, string quote, int around)
    {
        int best = -1;
        for (int at = text.IndexOf(quote, StringComparison.Ordinal); at >= 0; at = text.IndexOf(quote, at + 1, StringComparison.Ordinal))
        {
            best = best < 0 || Math.Abs(at - around) < Math.Abs(best - around) ? at : best;
        }

        return best;
    }

    private static string Short(string? text) => text is { Length: > 40 } ? text[..39] + "…" : text ?? "";
}
