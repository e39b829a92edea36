namespace Tripos.Measurement.Irt;

/// <summary>First derivatives of an item's expected log-likelihood by slope and intercept, and the negative second ones.</summary>
internal readonly record struct Slopes(double A, double D, double AA, double AD, double DD)
{
    public const double Least = 0.05;
    public const double Most = 20;
    public const double Furthest = 12;

    public static Slopes Of(Curve item, ExpectedCounts counts, int index)
    {
        var people = counts.People(index);
        var right = counts.Right(index);
        double[] theta = counts.Grid.Theta;
        double a = 0, d = 0, aa = 0, ad = 0, dd = 0;
        for (int point = 0; point < theta.Length; point++)
        {
            double chance = item.Known(theta[point]);
            double off = right[point] - (people[point] * chance);
            double weight = people[point] * chance * (1 - chance);
            a += off * theta[point];
            d += off;
            aa += weight * theta[point] * theta[point];
            ad += weight * theta[point];
            dd += weight;
        }

        return new(a, d, aa, ad, dd);
    }
}
