namespace Tripos.Spacing;

/// <summary>Counts days as a learner does: a day begins when they get up, not at midnight in Greenwich.</summary>
/// <remarks>With a start of 00:00 these are UTC calendar days, as in ts-fsrs; Anki's usual start is 04:00 local time.</remarks>
public static class StudyDay
{
    /// <summary>The number of the study day an instant belongs to.</summary>
    /// <param name="atUtc">The instant (UTC).</param>
    /// <param name="dayStartsAt">When a day starts, as UTC: the learner's local start less the offset of their zone.</param>
    /// <returns>Days since 0001-01-01 by the learner's calendar.</returns>
    public static int Of(DateTime atUtc, TimeSpan dayStartsAt)
    {
        long ticks = atUtc.Ticks - dayStartsAt.Ticks;
        return (int)Math.DivRem(ticks < 0 ? ticks - TimeSpan.TicksPerDay + 1 : ticks, TimeSpan.TicksPerDay).Quotient;
    }

    /// <summary>When a study day begins.</summary>
    /// <param name="day">The number of the day.</param>
    /// <param name="dayStartsAt">As in <see cref="Of"/>.</param>
    /// <returns>Its first instant (UTC).</returns>
    public static DateTime StartOf(int day, TimeSpan dayStartsAt) =>
        new DateTime(day * TimeSpan.TicksPerDay, DateTimeKind.Utc) + dayStartsAt;

    /// <summary>The weekday of a study day.</summary>
    /// <param name="day">The number of the day.</param>
    /// <returns>The weekday on the learner's calendar.</returns>
    public static DayOfWeek WeekdayOf(int day) => (DayOfWeek)((day + 1) % 7);
}
