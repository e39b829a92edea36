using System.Collections.Immutable;

namespace Tripos.Spacing;

/// <summary>What already lies on the days ahead, to spread cards over the days that can take them.</summary>
/// <param name="today">The study day of the review.</param>
/// <param name="dueCounts">Cards due so many days from today, at index 0 today; days beyond its end count as free.</param>
/// <param name="easyDays">Seven factors in [0, 1], Sunday first.</param>
public readonly ref struct DayLoad(int today, ReadOnlySpan<int> dueCounts, ImmutableArray<double> easyDays)
{
    private readonly ReadOnlySpan<int> _dueCounts = dueCounts;

    /// <summary>How welcome a card is on a day: the weekday's factor over the square of (1 + cards due).</summary>
    /// <param name="days">Days from today; &gt;= 0.</param>
    /// <returns>0 on a day off, at most 1.</returns>
    public double Weight(int days)
    {
        double cards = days < _dueCounts.Length ? _dueCounts[days] + 1.0 : 1;
        return easyDays[(int)StudyDay.WeekdayOf(today + days)] / (cards * cards);
    }
}
