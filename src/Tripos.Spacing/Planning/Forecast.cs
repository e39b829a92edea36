using System.Collections.Immutable;

namespace Tripos.Spacing;

/// <summary>What a learner does in a simulation of the days ahead.</summary>
public sealed record ForecastSettings
{
    /// <summary>The study day of today.</summary>
    public required int Today { get; init; }

    /// <summary>Days to look ahead; &gt;= 1.</summary>
    public int Days { get; init; } = 90;

    /// <summary>New cards begun per day, as long as there are some; &gt;= 0.</summary>
    public int NewCardsPerDay { get; init; } = 10;

    /// <summary>Reviews per day at most; the rest waits for the next day.</summary>
    public int ReviewsPerDay { get; init; } = int.MaxValue;

    /// <summary>The chance of recall at which a card comes back; in (0, 1).</summary>
    public double DesiredRetention { get; init; } = 0.9;

    /// <summary>The longest wait, in days; &gt;= 1.</summary>
    public int MaximumIntervalDays { get; init; } = 36_500;

    /// <summary>Seconds a remembered review takes.</summary>
    public double SecondsPerReview { get; init; } = 20;

    /// <summary>Seconds a forgotten review takes, with learning it again.</summary>
    public double SecondsPerLapse { get; init; } = 40;

    /// <summary>Seconds it takes to learn a new card.</summary>
    public double SecondsPerNewCard { get; init; } = 60;

    /// <summary>Of remembered reviews, the shares answered Hard and Easy; each &gt;= 0, together at most 1.</summary>
    public (double Hard, double Easy) Shares { get; init; } = (0.2, 0.15);

    /// <summary>How often a new card is first answered Again, Hard, Good, Easy; any positive numbers.</summary>
    public ImmutableArray<double> FirstAnswers { get; init; } = [0.24, 0.1, 0.49, 0.17];

    /// <summary>Where chance comes from.</summary>
    public ulong Seed { get; init; } = 1;
}

/// <summary>The work of the days ahead.</summary>
/// <param name="Reviews">Reviews per day, today at index 0.</param>
/// <param name="NewCards">New cards begun per day.</param>
/// <param name="Minutes">Minutes per day.</param>
/// <param name="Remembered">Cards expected to be remembered at the end of the last day: the sum of their chances of recall.</param>
public sealed record Forecast(ImmutableArray<int> Reviews, ImmutableArray<int> NewCards, ImmutableArray<double> Minutes, double Remembered)
{
    /// <summary>Cards due per day as things stand, without the reviews that will follow from these.</summary>
    /// <param name="dueDays">Study days on which cards are due.</param>
    /// <param name="today">The study day of today.</param>
    /// <param name="counts">Filled with the counts, today and everything overdue at index 0; later days than it has room for are left out.</param>
    public static void CountDue(ReadOnlySpan<int> dueDays, int today, Span<int> counts)
    {
        counts.Clear();
        foreach (int due in dueDays)
        {
            int index = Math.Max(due - today, 0);
            if (index < counts.Length)
            {
                counts[index]++;
            }
        }
    }

    /// <summary>Plays the days ahead with chance: every due card is reviewed, remembered as often as the model says, and comes back accordingly.</summary>
    /// <param name="model">The memory model.</param>
    /// <param name="cards">The cards, new ones included.</param>
    /// <param name="settings">What the learner does.</param>
    /// <returns>The same forecast for the same input and seed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The days are fewer than 1, or retention is outside (0, 1).</exception>
    public static Forecast Simulate(Fsrs model, IReadOnlyList<PlannedCard> cards, ForecastSettings settings)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Days, 1);
        return new ForecastRun(model, cards, settings).Run();
    }

    /// <summary>What each wished level of recall would cost and bring: the curve from which to choose one.</summary>
    /// <param name="model">The memory model.</param>
    /// <param name="cards">The cards, new ones included.</param>
    /// <param name="retentions">Levels to try, each in (0, 1).</param>
    /// <param name="settings">What the learner does; its own level is not used.</param>
    /// <returns>One point per level, in the order given.</returns>
    public static ImmutableArray<WorkloadPoint> Workload(Fsrs model, IReadOnlyList<PlannedCard> cards, IReadOnlyList<double> retentions, ForecastSettings settings) =>
        [.. retentions.Select(retention => WorkloadPoint.Of(retention, Simulate(model, cards, settings with { DesiredRetention = retention })))];
}

/// <summary>The cost and yield of one level of desired retention.</summary>
/// <param name="DesiredRetention">The level, in (0, 1).</param>
/// <param name="MinutesPerDay">Mean minutes per day.</param>
/// <param name="ReviewsPerDay">Mean reviews per day.</param>
/// <param name="Remembered">Cards expected to be remembered at the end.</param>
/// <param name="MinutesPerRemembered">Minutes spent per card remembered at the end; infinite when none is.</param>
public sealed record WorkloadPoint(double DesiredRetention, double MinutesPerDay, double ReviewsPerDay, double Remembered, double MinutesPerRemembered)
{
    internal static WorkloadPoint Of(double retention, Forecast forecast) => new(
        retention, forecast.Minutes.Average(), forecast.Reviews.Average(), forecast.Remembered, forecast.Minutes.Sum() / forecast.Remembered);
}
