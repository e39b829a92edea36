namespace Tripos.Evaluation.Writing;

/// <summary>Spelling, where an author's rubric asks for it; in exam profiles rules decide it.</summary>
internal static class SpellingJudge
{
    public static Judged Judge(Examination x)
    {
        if (x.Spelling is not { } wrong)
        {
            return Judged.Nothing("spelling needs dictionaries, and none are installed.");
        }

        double density = wrong.Count * 100.0 / Math.Max(50, x.Written.Words.Count);
        var (evidence, _) = Judged.Of(wrong, x);
        return new(Ramp.At(density, (0, 1), (1, 0.75), (3, 0.4), (6, 0)) * Ramp.At(x.Own.Words.Count, (0, 0), (x.Expected * 0.35, 1)), wrong.Count == 0 ? "The dictionaries know every word." : $"{Judged.Count(wrong.Count, "word")} that no dictionary knows.", evidence,
            [.. wrong.Take(2).Select(finding => new Suggestion(finding.Advice, null, x.At(finding.Place)))]);
    }
}
