using Tripos.Measurement.Adaptive;

namespace Tripos.Measurement.Tests.Adaptive;

/// <summary>Banks and learners for adaptive tests, drawn from a seed.</summary>
internal static class Banks
{
    public static CatItem[] Bank(int count, int seed, double c = 0)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(item => new CatItem(item, item % 4, Math.Exp(Normal(random, 0.15, 0.3)), Normal(random, 0, 1.2), c))];
    }

    public static double[] Learners(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Normal(random, 0, 1))];
    }

    public static double Normal(Random random, double mean, double deviation) =>
        mean + (deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
