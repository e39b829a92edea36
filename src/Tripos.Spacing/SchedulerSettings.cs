using System.Collections.Immutable;

namespace Tripos.Spacing;

/// <summary>How one learner's cards are scheduled.</summary>
public sealed record SchedulerSettings
{
    /// <summary>The usual settings: 90 %, steps of 1 and 10 minutes, relearning after 10.</summary>
    public static SchedulerSettings Default { get; } = new();

    /// <summary>The chance of recall at which a card comes back; in (0, 1), sensible from 0.7 to 0.97. Higher means more reviews.</summary>
    public double DesiredRetention { get; init; } = 0.9;

    /// <summary>Waits before a new card counts as learnt; each &gt; 0. None means it is learnt with the first review.</summary>
    public ImmutableArray<TimeSpan> LearningSteps { get; init; } = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10)];

    /// <summary>Waits after a card was forgotten; each &gt; 0. None means it goes on with days.</summary>
    public ImmutableArray<TimeSpan> RelearningSteps { get; init; } = [TimeSpan.FromMinutes(10)];

    /// <summary>The longest wait, in days; &gt;= 1. (Good and Easy may lie one and two days beyond it, to remain different answers.)</summary>
    public int MaximumIntervalDays { get; init; } = 36_500;

    /// <summary>Whether intervals vary a little, so that cards learnt together do not stay together (<see cref="FuzzRange"/>).</summary>
    public bool Fuzz { get; init; }

    /// <summary>Whether there are steps within a day and a formula for reviews on the same day.</summary>
    public bool ShortTerm { get; init; } = true;

    /// <summary>When a study day starts, as UTC: the learner's local start less their zone's offset (04:00 at UTC+2 is 02:00); within ±2 days.</summary>
    public TimeSpan DayStartsAt { get; init; }

    /// <summary>How much of a normal load each weekday may carry, Sunday first: 7 factors in [0, 1], 0 for a day off. Cards move within their fuzz range only.</summary>
    public ImmutableArray<double> EasyDays { get; init; } = [1, 1, 1, 1, 1, 1, 1];

    internal bool HasEasyDays => EasyDays.AsSpan().ContainsAnyExcept(1.0);

    internal void Check()
    {
        Require(DesiredRetention is > 0 and < 1, nameof(DesiredRetention), "is above 0 and below 1");
        Require(!LearningSteps.IsDefault && LearningSteps.All(step => step > TimeSpan.Zero), nameof(LearningSteps), "are longer than nothing");
        Require(!RelearningSteps.IsDefault && RelearningSteps.All(step => step > TimeSpan.Zero), nameof(RelearningSteps), "are longer than nothing");
        Require(MaximumIntervalDays >= 1, nameof(MaximumIntervalDays), "is at least 1");
        Require(DayStartsAt.Duration() <= TimeSpan.FromDays(2), nameof(DayStartsAt), "is within two days");
        Require(!EasyDays.IsDefault && EasyDays.Length == 7 && EasyDays.All(load => load is >= 0 and <= 1), nameof(EasyDays), "has seven factors from 0 to 1");
    }

    private static void Require(bool holds, string name, string rule)
    {
        if (!holds)
        {
            throw new ArgumentException($"{name} {rule}.", name);
        }
    }
}
