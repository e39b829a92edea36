namespace Tripos.Evaluation.Writing;

/// <summary>Turns something counted into a share of the points.</summary>
internal static class Ramp
{
    /// <summary>Straight lines between corners; level before the first and after the last.</summary>
    /// <param name="x">What was counted.</param>
    /// <param name="corners">At least one, by rising x.</param>
    public static double At(double x, params ReadOnlySpan<(double X, double Y)> corners)
    {
        for (int i = 0; i < corners.Length; i++)
        {
            if (x <= corners[i].X)
            {
                return i == 0 ? corners[0].Y : corners[i - 1].Y + ((corners[i].Y - corners[i - 1].Y) * (x - corners[i - 1].X) / (corners[i].X - corners[i - 1].X));
            }
        }

        return corners[^1].Y;
    }

    /// <summary>A share of the most points, on the steps a person would use: whole points, or quarters of a maximum below 2.</summary>
    /// <param name="share">Any number; outside [0, 1] it is cut off.</param>
    /// <param name="max">More than 0.</param>
    /// <returns>In [0, <paramref name="max"/>].</returns>
    public static double Points(double share, double max)
    {
        double steps = max >= 2 ? max : 4;
        double points = Math.Round((share > 0 ? Math.Min(share, 1) : 0) * steps, MidpointRounding.AwayFromZero) * max / steps;
        return Math.Min(points, max);
    }
}
