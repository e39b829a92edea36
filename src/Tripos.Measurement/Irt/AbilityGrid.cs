namespace Tripos.Measurement.Irt;

/// <summary>Abilities from -6 to 6 with the chances of a standard normal.</summary>
internal sealed class AbilityGrid
{
    private const double Reach = 6;

    public AbilityGrid(int points)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 11);
        Theta = [.. Enumerable.Range(0, points).Select(point => -Reach + (2 * Reach * point / (points - 1)))];
        double[] density = [.. Theta.Select(theta => Math.Exp(-0.5 * theta * theta))];
        Weight = [.. density.Select(value => value / density.Sum())];
    }

    public double[] Theta { get; }

    public double[] Weight { get; }

    public int Points => Theta.Length;
}
