using Tripos.Questions;

namespace Tripos.Evaluation.Writing;

/// <summary>Content: the author's key points, else the clauses of a model answer, else whether the answer stays with its question and says enough of its own.</summary>
internal static class ContentJudge
{
    public static Judged Judge(Examination x)
    {
        IReadOnlyList<string> literal = KeyPoints.Literal(x.Answer.Body.KeyPoints), sought = literal.Count > 0 ? literal
            : x.Answer.Body.ModelAnswer is { } model && (x.IsSummary || x.Expected < 120) ? KeyPoints.OfModel(model) : [];
        var judged = sought.Count > 0 && x.Expected < 120 ? Covered(sought, x) : Developed(sought, x);
        return judged with { Share = judged.Share * Own(x) };
    }

    /// <summary>Summaries may use words of the text; answers that are mostly copied say little.</summary>
    private static double Own(Examination x) => x.IsSummary
        ? Ramp.At(x.Honesty.CopiedShare, (0.3, 1), (0.6, 0.55), (0.9, 0.3))
        : Ramp.At(x.Honesty.CopiedShare, (0.2, 1), (0.9, 0.2));

    private static Judged Covered(IReadOnlyList<string> sought, Examination x)
    {
        var text = x.IsSummary ? x.Written : x.Own;
        var points = KeyPoints.In(sought, text);
        double covered = points.Average(point => Ramp.At(point.Found, (0.15, 0), (0.5, 0.75), (0.8, 1)));
        double recall = x.Answer.Body.ModelAnswer is { } model ? Recall(WrittenText.Of(model).ContentStems(), text) : covered;
        double share = Ramp.At((0.65 * covered) + (0.35 * recall), (0.1, x.Relevance.IsOff || recall < 0.05 ? 0 : 0.15), (0.3, 0.32), (0.65, 1)) * Ramp.At(text.Words.Count, (0, 0), (x.Expected * 0.5, 1));
        bool authored = KeyPoints.Literal(x.Answer.Body.KeyPoints).Count > 0;
        int found = points.Count(point => point.Found >= KeyPoint.Enough);
        return new(share, $"{found} of {points.Count} {(authored ? "key points" : "points of the model answer")} are there by their words; other words for the same thing are not recognised.",
            [.. points.Where(point => point.At is not null).OrderBy(point => point.At!.Start).Select(point => new Evidence($"{(point.Found >= KeyPoint.Enough ? "says" : "says in part")}: {point.Says}", x.At(point.At!)) { IsGood = true }),
             .. points.Where(point => point.At is null).Select(point => new Evidence($"not found: {point.Says}"))],
            authored ? [.. points.Where(point => point.Found < KeyPoint.Enough).OrderBy(point => point.Found).Take(3).Select(point => new Suggestion(point.At is null ? $"Mention this point: {point.Says}." : $"Say more about this point: {point.Says}.", null, point.At is { } at ? x.At(at) : null))] : []);
    }

    private static Judged Developed(IReadOnlyList<string> sought, Examination x)
    {
        double topic = x.Relevance.IsOff ? 0 : Ramp.At(x.Relevance.Share, (0.1, 0.4), (0.35, 0.9), (0.5, 1));
        double size = Ramp.At(x.Own.Words.Count, (x.Expected * 0.25, 0), (x.Expected * 0.6, 0.4), (x.Expected, 1));
        double ideas = Ramp.At(x.Vocabulary.Distinct / (double)x.Expected, (0.12, 0), (0.3, 0.5), (0.5, 1));
        double reasons = Ramp.At(x.Cohesion.Of("cause") + x.Cohesion.Of("contrast") + x.Cohesion.Of("condition") + (2 * x.Cohesion.Of("example")), (0, 0), (4, 0.5), (9, 1));
        double points = sought.Count == 0 ? ideas : KeyPoints.In(sought, x.Own).Average(point => Ramp.At(point.Found, (0.15, 0), (0.6, 1)));
        double share = topic * Ramp.At((0.3 * size) + (0.3 * ideas) + (0.2 * reasons) + (0.2 * points), (0, 0), (0.5, 0.3), (0.78, 0.65), (1, 1)) * Ramp.At(x.Density, (4, 1), (9, 0.75));
        List<Suggestion> suggestions = [];
        if (x.Relevance.IsOff)
        {
            suggestions.Add(new($"Answer the question: it asks about {string.Join(", ", x.Relevance.Missing.Take(4))}."));
        }
        else if (x.Own.Words.Count < x.Expected)
        {
            suggestions.Add(new($"Develop your ideas: {x.Own.Words.Count} words of your own are judged, {x.Expected} are expected."));
        }

        string about = x.Relevance.IsOff ? "It does not seem to be about the question." : $"{x.Relevance.Shared} of {x.Relevance.Topical} topical words of the question are taken up.";
        return new(share, $"{about} {Judged.Count(x.Vocabulary.Distinct, "different content word")} in {Judged.Count(x.Own.Words.Count, "word")} of its own. Whether the arguments are true and good is not judged.", OnTopic(x), suggestions);
    }

    private static IReadOnlyList<Evidence> OnTopic(Examination x) =>
        [.. (x.Cohesion.Functions.TryGetValue("example", out var examples) ? examples : []).Take(3).Select(hit => new Evidence("gives an example", x.At(x.Own.PlaceOf(hit.First, hit.Last))) { IsGood = true }),
         .. x.Own.Words.Count < x.Expected ? (Evidence[])[new($"{Judged.Count(x.Own.Words.Count, "word")} of its own where {x.Expected} are expected")] : [],
         .. x.Relevance.Share < 0.5 ? x.Relevance.Missing.Take(4).Select(word => new Evidence($"not taken up: {word}")) : []];

    private static double Recall(HashSet<string> sought, WrittenText text) =>
        sought.Count == 0 ? 1 : text.ContentStems() is var own ? (double)sought.Count(own.Contains) / sought.Count : 0;
}
