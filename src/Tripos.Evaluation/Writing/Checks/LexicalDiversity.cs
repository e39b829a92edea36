namespace Tripos.Evaluation.Writing;

/// <summary>MTLD, the measure of textual lexical diversity: how many words pass on average until new ones become rare. It hardly depends on the length of the text.</summary>
/// <remarks>McCarthy, P. M. and Jarvis, S. (2010): MTLD, vocd-D, and HD-D: A validation study of sophisticated approaches to lexical diversity assessment.
/// Behavior Research Methods 42(2), 381–392. The threshold of the type–token ratio is theirs, 0.72; the mean of both directions is taken.</remarks>
internal static class LexicalDiversity
{
    public const int FewestWords = 40;
    private const double Threshold = 0.72;

    /// <returns>About 20 (repetitive) to 120 (rich); null below <see cref="FewestWords"/> words, where it says nothing.</returns>
    public static double? Of(IReadOnlyList<string> words) =>
        words.Count < FewestWords ? null : (OneWay(words) + OneWay([.. words.Reverse()])) / 2;

    private static double OneWay(IReadOnlyList<string> words)
    {
        HashSet<string> types = new(StringComparer.Ordinal);
        double factors = 0;
        int tokens = 0;
        foreach (string word in words)
        {
            tokens++;
            types.Add(word);
            if ((double)types.Count / tokens <= Threshold)
            {
                factors++;
                (tokens, types) = (0, new(StringComparer.Ordinal));
            }
        }

        // What is left counts as the part of a factor it has gone.
        factors += tokens == 0 ? 0 : (1 - ((double)types.Count / tokens)) / (1 - Threshold);
        return factors > 0 ? words.Count / factors : words.Count;
    }
}
