using Tripos.Measurement.Selection;

namespace Tripos.Measurement.Tests.Selection;

/// <summary>Banks of candidates with everything varied.</summary>
internal static class Candidates
{
    public static Candidate[] Bank(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(item => One(item, random))];
    }

    /// <summary>The first ones are due, and nothing rules any out.</summary>
    public static Candidate[] WithDue(this Candidate[] bank, int due)
    {
        for (int i = 0; i < bank.Length; i++)
        {
            bank[i] = bank[i] with { IsDue = i < due, Retrievability = i < due ? 0.8 : 1, Group = 0, ExposureShare = 0 };
        }

        return bank;
    }

    private static Candidate One(int item, Random random) => new()
    {
        Item = item, Topic = random.Next(8), Group = random.Next(4) == 0 ? random.Next(1, 6) : 0, Success = random.NextDouble(),
        DifficultyPoints = 1500 + random.Next(-300, 300), DifficultyDeviation = random.Next(20, 350), AbilityPoints = 1500 + random.Next(-200, 200), AbilityDeviation = random.Next(40, 200),
        Guess = random.Next(2) * 0.25, Retrievability = 0.9 + (0.1 * random.NextDouble()), Weakness = random.NextDouble(), TopicShare = 0.125, ServedShare = 0.25 * random.NextDouble(),
        MatchesPreference = random.Next(2) == 0, ExposureShare = 1.1 * random.NextDouble(), HoursSinceSeen = random.Next(2) == 0 ? double.PositiveInfinity : random.Next(500),
        ExpectedMs = random.Next(20_000, 120_000), IsProbe = random.Next(3) == 0,
    };
}
