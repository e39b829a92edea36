namespace Tripos.Evaluation.Agreement;

/// <summary>How far two raters agree on the same answers.</summary>
/// <param name="Count">How many answers both have rated.</param>
/// <param name="Exact">Share of answers with the same points, in [0, 1].</param>
/// <param name="Adjacent">Share of answers whose points differ by at most one step, in [0, 1]; never less than <paramref name="Exact"/>.</param>
/// <param name="Kappa">Quadratic weighted kappa in [-1, 1]: 1 for the same points throughout, 0 for what chance gives two raters with these habits. Null where it does not exist.</param>
/// <param name="MeanError">Mean difference of the points without its sign, in points.</param>
/// <param name="Bias">Mean of the second rater's points less the first's, in points: above 0 the second is the milder one.</param>
public sealed record RaterAgreement(int Count, double Exact, double Adjacent, double? Kappa, double MeanError, double Bias)
{
    private const double SameWithin = 1e-9;
    private const double Normal95 = 1.959964;

    /// <summary>Half the width of the 95 % interval of <see cref="Kappa"/> by the jackknife; null below three answers and where kappa does not exist.</summary>
    /// <remarks>Leaves out one answer at a time: no chance, no seed. It is rough for fewer than about 20 answers. Efron and Tibshirani (1993), An Introduction to the Bootstrap, ch. 11.</remarks>
    public double? KappaMargin { get; init; }

    /// <summary>Compares two raters.</summary>
    /// <param name="ratings">The points both gave to each answer, on one scale.</param>
    /// <param name="step">The distance of neighbouring points on the scale, more than 0: what still counts as adjacent.</param>
    /// <exception cref="ArgumentException">There is no rating, or the step is not more than 0.</exception>
    /// <remarks>
    /// <para>Cohen, J. (1968): Weighted kappa: nominal scale agreement with provision for scaled disagreement or partial credit. Psychological Bulletin 70(4), 213–220.
    /// With weights (a − b)², kappa is 1 less the observed mean of (a − b)² divided by its mean over all pairs of one rater's points with the other's; the latter is
    /// var(a) + var(b) + (mean(a) − mean(b))² with the variances of the n ratings, so no table of categories is needed and categories nobody used change nothing.</para>
    /// <para>Edges: both raters always give the same single value → kappa does not exist (0/0); both are constant but differ, or one is constant → 0.</para>
    /// </remarks>
    public static RaterAgreement Of(IReadOnlyList<(double One, double Other)> ratings, double step = 1)
    {
        if (ratings.Count == 0 || !(step > 0))
        {
            throw new ArgumentException("Agreement needs at least one rating of both, and a step of more than 0.", nameof(ratings));
        }

        var sums = ratings.Aggregate(default(Sums), (sum, pair) => sum.Plus(pair, 1));
        double count = ratings.Count;
        double Share(double within) => ratings.Count(pair => Math.Abs(pair.One - pair.Other) <= within + SameWithin) / count;
        return new(ratings.Count, Share(0), Share(step), sums.Kappa, ratings.Average(pair => Math.Abs(pair.One - pair.Other)), ratings.Average(pair => pair.Other - pair.One))
        {
            KappaMargin = Margin(ratings, sums),
        };
    }

    private static double? Margin(IReadOnlyList<(double One, double Other)> ratings, Sums all)
    {
        List<double?> without = [.. ratings.Select(pair => all.Plus(pair, -1).Kappa)];
        if (ratings.Count < 3 || all.Kappa is null || without.Contains(null))
        {
            return null;
        }

        double mean = without.Average()!.Value, count = ratings.Count;
        return Normal95 * Math.Sqrt((count - 1) / count * without.Sum(kappa => (kappa!.Value - mean) * (kappa.Value - mean)));
    }

    private readonly record struct Sums(double N, double A, double B, double Aa, double Bb, double Ab)
    {
        public Sums Plus((double One, double Other) pair, int times) =>
            new(N + times, A + (times * pair.One), B + (times * pair.Other), Aa + (times * pair.One * pair.One), Bb + (times * pair.Other * pair.Other), Ab + (times * pair.One * pair.Other));

        public double? Kappa
        {
            get
            {
                double meanA = A / N, meanB = B / N;
                double expected = (Aa / N) - (meanA * meanA) + (Bb / N) - (meanB * meanB) + ((meanA - meanB) * (meanA - meanB));
                double observed = (Aa + Bb - (2 * Ab)) / N;
                return expected <= SameWithin ? null : Math.Clamp(1 - (observed / expected), -1, 1);
            }
        }
    }
}
