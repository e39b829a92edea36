namespace Tripos.Evaluation.Writing;

/// <summary>Range of vocabulary: how varied the words are, and how many go beyond the commonest.</summary>
internal static class VocabularyJudge
{
    public static Judged Judge(Examination x)
    {
        var range = x.Vocabulary;
        double misused = (x.Spelling?.Count ?? 0) * 100.0 / Math.Max(40, x.Written.Words.Count);
        double share = Range(x) * Ramp.At(misused, (1, 1), (6, 0.6)) * Ramp.At(x.Own.Words.Count, (0, 0), (x.Expected * 0.35, 1));
        List<Evidence> evidence = [.. range.RareWords.Take(6).Select(word => new Evidence("less common word", x.At(word)) { IsGood = true })];
        List<Suggestion> suggestions = [];
        if (range.Overused is { } often)
        {
            evidence.AddRange(often.Skip(1).Take(5).Select(word => new Evidence($"“{often[0].Lower}” again", x.At(word))));
            suggestions.Add(new($"Replace some of the {often.Count} uses of “{often[0].Lower}” by more exact words.", null, x.At(often[1])));
        }

        string diversity = range.Diversity is { } mtld ? $" Lexical diversity (MTLD) is {mtld:0}; learners' essays mostly have 50 to 110." : "";
        string spelling = x.Spelling is null ? " Without dictionaries, misspelled words may count as rare ones." : "";
        return new(share, $"Beyond the commonest: {range.RareWords.Count} of {Judged.Count(range.Distinct, "different content word")}.{diversity}{spelling}", [.. evidence.OrderBy(item => item.Place!.Start)], suggestions);
    }

    /// <summary>Share of the points for the words alone.</summary>
    internal static double Range(Examination x)
    {
        var range = x.Vocabulary;
        double rare = Ramp.At(range.Rare, (0.03, 0), (0.15, 0.4), (0.3, 0.75), (0.42, 1));
        double letters = Ramp.At(range.MeanLetters, (4.6, 0), (6.6, 1));
        double diversity = !x.IsSummary && range.Diversity is { } mtld ? Ramp.At(mtld, (35, 0), (70, 0.5), (110, 1)) : (rare + letters) / 2;
        double share = (0.5 * rare) + (0.2 * letters) + (0.3 * diversity);
        return x.OneSentence ? Ramp.At(share, (0, 0), (0.14, 0.26), (0.7, 0.77), (1, 1)) : share; // one sentence leaves little room for range
    }
}
