namespace Tripos.Scoring;

/// <summary>Form: decided by counting words and sentences and by looking at how the text is written.</summary>
internal static class FormScoring
{
    public const string AllCapitals = "all-capitals";
    public const string NoPunctuation = "no-punctuation";
    public const string BulletPoints = "bullet-points";

    public static TraitScore Decide(ProfileTrait trait, FormRule rule, string text)
    {
        int words = TextFacts.WordCount(text);
        if (Refused(rule, text) is { } refusal)
        {
            return new(trait.Name, 0, trait.Max, $"{refusal} ({Words(words)})");
        }

        int sentences = rule.OneSentence ? TextFacts.SentenceCount(text) : 1;
        if (sentences != 1)
        {
            return new(trait.Name, 0, trait.Max, $"{sentences} sentences; exactly one is asked for ({Words(words)})");
        }

        var band = rule.Bands.FirstOrDefault(band => words >= band.MinWords && !(words > band.MaxWords));
        string counted = rule.OneSentence ? $"One sentence of {Words(words)}" : Words(words);
        return new(trait.Name, band?.Points ?? 0, trait.Max, $"{counted}: {Describe(rule.Bands)}");
    }

    public static string Words(int count) => count == 1 ? "1 word" : $"{count} words";

    private static string? Refused(FormRule rule, string text) =>
        rule.Refuses.Contains(AllCapitals) && TextFacts.IsAllCapitals(text) ? "Written in capital letters only"
        : rule.Refuses.Contains(NoPunctuation) && !TextFacts.HasPunctuation(text) ? "Written without punctuation"
        : rule.Refuses.Contains(BulletPoints) && TextFacts.IsOnlyBulletPoints(text) ? "Written as bullet points only"
        : null;

    private static string Describe(IReadOnlyList<FormBand> bands)
    {
        var parts = bands.Select(band => $"{(band.MaxWords is { } max ? $"{band.MinWords} to {max}" : $"{band.MinWords} or more")} earn {band.Points:0.##}");
        return $"{string.Join(", otherwise ", parts)}, anything else 0";
    }
}
