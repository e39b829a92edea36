namespace Tripos.Evaluation.Writing;

/// <summary>General linguistic range: varied sentences and exact words, under control.</summary>
internal static class RangeJudge
{
    public static Judged Judge(Examination x)
    {
        double sentences = GrammarJudge.Complexity(x), words = VocabularyJudge.Range(x);
        double control = Ramp.At(x.Density, (0.5, 1), (3, 0.8), (8, 0.45));
        double share = ((0.4 * sentences) + (0.6 * words)) * control * Ramp.At(x.Own.Words.Count, (0, 0), (x.Expected * 0.6, 1));
        var longest = x.Own.Sentences.Count == 0 ? (Stretch?)null : x.Own.Sentences.MaxBy(sentence => x.Own.In(sentence).Count(word => word.Lower is "which" or "who" or "that" or "because" or "although" or "whereas" or "while" or "if" or "whose"));
        var joins = x.Cohesion.Functions.TryGetValue("relation", out var relative) ? relative : [];
        IReadOnlyList<Evidence> evidence = [.. joins.Take(4).Select(hit => new Evidence("joins clauses", x.At(x.Own.PlaceOf(hit.First, hit.Last))) { IsGood = true }),
            .. sentences < 0.5 && Shortest(x) is { } shorts ? (Evidence[])[new("short sentences that could be one", x.At(x.Own, shorts))] : []];
        IReadOnlyList<Suggestion> suggestions = sentences < 0.5 && Shortest(x) is { } pair ? [new("Join these short sentences with a word such as “because”, “although” or “which”.", null, x.At(x.Own, pair))] : [];
        return new(share, $"Sentences have {x.Cohesion.MeanLength:0} words on average and {(x.Cohesion.Spread < 4 ? "similar" : "varied")} lengths; {Judged.Count(x.Vocabulary.RareWords.Count, "less common word")}.{(longest is null ? " There is too little to judge." : "")}", evidence, suggestions);
    }

    // The first two neighbours of fewer than nine words each.
    internal static Stretch? Shortest(Examination x)
    {
        for (int i = 1; i < x.Own.Sentences.Count; i++)
        {
            if (x.Own.Sentences[i].Count < 9 && x.Own.Sentences[i - 1].Count < 9)
            {
                return new(x.Own.Sentences[i - 1].First, x.Own.Sentences[i].End);
            }
        }

        return null;
    }
}
