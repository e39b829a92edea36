namespace Tripos.Bench.Simulations;

/// <summary>Random numbers of the shapes simulations need.</summary>
internal static class Draws
{
    public static double Normal(this Random random, double mean = 0, double deviation = 1) =>
        mean + (deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
