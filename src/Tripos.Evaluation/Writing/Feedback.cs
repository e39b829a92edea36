using Tripos.Scoring;

namespace Tripos.Evaluation.Writing;

/// <summary>Puts what was found into words for the learner.</summary>
internal static class Feedback
{
    public static string Summary(IReadOnlyList<(ProfileTrait Trait, Judged Judged)> judged, Examination x)
    {
        var open = judged.Where(item => item.Judged.Share is not null).ToList();
        if (open.Count == 0)
        {
            return "This program cannot judge what was asked for.";
        }

        var best = open.MaxBy(item => item.Judged.Share);
        var worst = open.MinBy(item => item.Judged.Share);
        string length = $"Your answer has {Judged.Count(x.Written.Words.Count, "word")} in {Judged.Count(x.Written.Sentences.Count, "sentence")}.";
        string compared = open.Count > 1 && best.Judged.Share > worst.Judged.Share ? $" {best.Trait.Title} is its strongest side, {Small(worst.Trait.Title)} its weakest." : "";
        string unjudged = Gate.Why(x) is { } why ? $" {why}" : "";
        return $"{length}{unjudged}{compared} This is an estimate by fixed rules; it does not understand what you mean.";
    }

    /// <summary>From the weakest trait on, one of each in turn.</summary>
    public static IEnumerable<Suggestion> Suggestions(IReadOnlyList<(ProfileTrait Trait, Judged Judged)> judged, Examination x)
    {
        IEnumerable<Suggestion> first = x.Flag switch
        {
            "template" => [new("Replace memorised phrases by your own words about this question.", null, x.At(x.Written.PlaceOf(x.Templates.Frames[0].First, x.Templates.Frames[0].Last)))],
            "stuffed" => [new("Write full sentences: a list of key words is not an answer.")],
            "copied" => [new("Say it in your own words instead of those of the question.")],
            _ => [],
        };
        var byNeed = judged.Where(item => item.Judged.Share is < 0.95).OrderBy(item => item.Judged.Share).ToList();
        var turns = Enumerable.Range(0, 5).SelectMany(turn => byNeed.Where(item => item.Judged.Suggestions.Count > turn).Select(item => item.Judged.Suggestions[turn] with { Trait = item.Trait.Name }));
        return first.Concat(turns).DistinctBy(suggestion => suggestion.Text);
    }

    private static string Small(string title) => title.Length == 0 ? title : char.ToLowerInvariant(title[0]) + title[1..];
}
