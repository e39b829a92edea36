namespace Tripos.Measurement.Classical;

/// <summary>Facility among the ablest people minus facility among the least able.</summary>
public static class DiscriminationIndex
{
    /// <summary>The share of people in each group that tells groups apart best (Kelley 1939).</summary>
    public const double UsualShare = 0.27;

    /// <summary>The index of one item.</summary>
    /// <param name="scores">Scores of the people, each in [0, 1].</param>
    /// <param name="totals">How able they are, in the same order.</param>
    /// <param name="share">Share of the people in each group, in (0, 0.5].</param>
    /// <returns>In [-1, 1]; above 0.4 is very good, below 0.2 poor (Ebel). Not a number without people.</returns>
    /// <remarks>People who tie at the border count in part, so that their order does not matter.</remarks>
    /// <exception cref="ArgumentException">Scores and totals differ in number.</exception>
    public static double Of(ReadOnlySpan<double> scores, ReadOnlySpan<double> totals, double share = UsualShare)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 0.5);
        if (scores.Length != totals.Length)
        {
            throw new ArgumentException($"{scores.Length} scores have {totals.Length} totals.", nameof(totals));
        }

        double[] keys = totals.ToArray();
        double[] sorted = scores.ToArray();
        Array.Sort(keys, sorted);
        double group = share * keys.Length;
        double low = MeanOfFirst(keys, sorted, group);
        Array.Reverse(keys);
        Array.Reverse(sorted);
        return MeanOfFirst(keys, sorted, group) - low;
    }

    private static double MeanOfFirst(double[] keys, double[] scores, double group)
    {
        double sum = 0;
        double left = group;
        for (int start = 0; start < keys.Length && left > 0;)
        {
            int end = start;
            double tied = 0;
            while (end < keys.Length && keys[end] == keys[start])
            {
                tied += scores[end++];
            }

            double taken = Math.Min(left, end - start);
            sum += tied * taken / (end - start);
            left -= taken;
            start = end;
        }

        return sum / group;
    }
}
