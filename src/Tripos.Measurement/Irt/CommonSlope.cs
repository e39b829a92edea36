namespace Tripos.Measurement.Irt;

/// <summary>The maximisation step of the one-parameter model: Newton's method for the common slope and all intercepts at once.</summary>
internal static class CommonSlope
{
    private const double MostStep = 0.7;

    /// <summary>One step.</summary>
    /// <returns>The largest change of slope or intercept.</returns>
    public static double Improve(Curve[] items, ExpectedCounts counts)
    {
        // The second derivatives form an arrow: intercepts touch only themselves and the slope.
        double gradientSlope = 0, curvatureSlope = 0;
        var intercepts = new (double Gradient, double Curvature, double WithSlope)[items.Length];
        for (int item = 0; item < items.Length; item++)
        {
            var slopes = Slopes.Of(items[item], counts, item);
            intercepts[item] = (slopes.D, slopes.DD, slopes.AD);
            gradientSlope += slopes.A - (slopes.DD > 0 ? slopes.AD * slopes.D / slopes.DD : 0);
            curvatureSlope += slopes.AA - (slopes.DD > 0 ? slopes.AD * slopes.AD / slopes.DD : 0);
        }

        double slopeStep = curvatureSlope > 0 ? Math.Clamp(gradientSlope / curvatureSlope, -MostStep, MostStep) : 0;
        double a = Math.Clamp(items[0].A + slopeStep, Slopes.Least, Slopes.Most);
        double change = Math.Abs(a - items[0].A);
        slopeStep = a - items[0].A;
        for (int item = 0; item < items.Length; item++)
        {
            var (gradient, curvature, withSlope) = intercepts[item];
            double step = curvature > 0 ? Math.Clamp((gradient - (withSlope * slopeStep)) / curvature, -MostStep, MostStep) : 0;
            double d = Math.Clamp(items[item].D + step, -Slopes.Furthest, Slopes.Furthest);
            change = Math.Max(change, Math.Abs(d - items[item].D));
            items[item] = new(a, d, 0);
        }

        return change;
    }
}
