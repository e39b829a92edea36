namespace Tripos.Spacing;

/// <summary>Brings cards over from SM-2 (Anki before FSRS, SuperMemo 2, most card programs).</summary>
public static class Sm2
{
    /// <summary>The memory state under which FSRS would have given a card the interval and growth it has.</summary>
    /// <param name="model">The memory model.</param>
    /// <param name="easeFactor">How much the interval grows per success; &gt;= 1, 2.5 to begin with (Anki stores 2500).</param>
    /// <param name="intervalDays">The present interval in days; &gt;= 0.</param>
    /// <param name="retention">The recall at which the old schedule is taken to have asked; in (0, 1).</param>
    /// <returns>S with R(interval) = retention, D with S' / S = ease after a success at that recall; within the bounds.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range or not finite.</exception>
    /// <remarks>As <c>memory_state_from_sm2</c> of fsrs-rs.</remarks>
    public static MemoryState ToMemory(Fsrs model, double easeFactor, double intervalDays, double retention = 0.9)
    {
        Require(easeFactor is >= 1 and < double.PositiveInfinity, nameof(easeFactor), easeFactor, "The ease factor is at least 1, usually 1.3 to 3.");
        Require(intervalDays is >= 0 and < double.PositiveInfinity, nameof(intervalDays), intervalDays, "The interval is not negative.");
        Require(retention is > 0 and < 1, nameof(retention), retention, "Retention is above 0 and below 1.");

        var w = model.Weights;
        double stability = Math.Max(intervalDays, FsrsWeights.LeastStabilityDays) / model.IntervalFactor(retention);
        stability = Math.Clamp(stability, FsrsWeights.LeastStabilityDays, FsrsWeights.GreatestStabilityDays);
        double growth = Math.Exp(w[8]) * Math.Pow(stability, -w[9]) * (Math.Exp((1 - retention) * w[10]) - 1);
        return new(Fsrs.Round(stability), Fsrs.Round(Math.Clamp(11 - (easeFactor - 1) / growth, 1, 10)));
    }

    /// <summary>A card that goes on where the old schedule left it: due when it was due.</summary>
    /// <param name="model">The memory model.</param>
    /// <param name="easeFactor">As in <see cref="ToMemory"/>.</param>
    /// <param name="intervalDays">The present interval in whole days; &gt;= 1.</param>
    /// <param name="dueAt">When it is due (UTC).</param>
    /// <param name="reps">Reviews so far; &gt;= 1.</param>
    /// <param name="lapses">Times forgotten; &gt;= 0.</param>
    /// <param name="retention">As in <see cref="ToMemory"/>.</param>
    /// <returns>A card in review, last seen one interval before it is due.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static Card ToCard(Fsrs model, double easeFactor, int intervalDays, DateTime dueAt, int reps, int lapses, double retention = 0.9)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(intervalDays, 1);
        var memory = ToMemory(model, easeFactor, intervalDays, retention);
        return new()
        {
            State = CardState.Review,
            StabilityDays = memory.StabilityDays,
            Difficulty = memory.Difficulty,
            DueAt = dueAt,
            LastReviewAt = dueAt.AddDays(-intervalDays),
            Reps = reps,
            Lapses = lapses,
            ScheduledDays = intervalDays,
        };
    }

    private static void Require(bool holds, string name, double value, string rule)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, value, rule);
        }
    }
}
