namespace Tripos.Evaluation.Writing;

/// <summary>A whole answer where nothing finer is asked for: what it says counts most, how it is said a little.</summary>
internal static class WholeJudge
{
    private const double ForContent = 0.85;

    public static Judged Judge(Examination x)
    {
        Judged content = ContentJudge.Judge(x), grammar = GrammarJudge.Judge(x);
        return content with
        {
            Share = content.Share * (ForContent + ((1 - ForContent) * grammar.Share)),
            Evidence = [.. content.Evidence, .. grammar.Evidence.Take(4)],
            Suggestions = [.. content.Suggestions, .. grammar.Suggestions.Take(1)],
        };
    }

    /// <summary>Grammar, words and spelling together.</summary>
    public static Judged Language(Examination x)
    {
        Judged grammar = GrammarJudge.Judge(x), words = VocabularyJudge.Judge(x), spelling = SpellingJudge.Judge(x);
        double share = spelling.Share is { } spelled ? (0.5 * grammar.Share!.Value) + (0.3 * words.Share!.Value) + (0.2 * spelled) : (0.6 * grammar.Share!.Value) + (0.4 * words.Share!.Value);
        return new(share, $"{grammar.Why} {words.Why}", [.. grammar.Evidence, .. spelling.Evidence], [.. grammar.Suggestions, .. words.Suggestions]);
    }
}
