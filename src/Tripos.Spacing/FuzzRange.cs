namespace Tripos.Spacing;

/// <summary>How far an interval may be moved, and the choice of a day within that range.</summary>
/// <remarks>
/// The range is that of Anki and ts-fsrs: 1 day, and 15 % of what lies between 2.5 and 7 days, 10 % of what lies between 7 and 20, 5 % of
/// the rest, either way; intervals below 2.5 days stay. Choices are made by SplitMix64 from a seed, not by ts-fsrs's generator: the same seed
/// gives the same day on every machine.
/// </remarks>
/// <param name="Least">The shortest interval, in days.</param>
/// <param name="Most">The longest interval, in days.</param>
public readonly record struct FuzzRange(int Least, int Most)
{
    private const double LeastFuzzedDays = 2.5;

    /// <summary>The range of an interval.</summary>
    /// <param name="intervalDays">The interval before fuzz, in whole days; &gt;= 1.</param>
    /// <param name="maximumDays">The longest interval allowed.</param>
    /// <returns>From <c>Least</c> &gt;= 2 to <c>Most</c>, or just the interval when it is too short to move.</returns>
    public static FuzzRange Of(int intervalDays, int maximumDays)
    {
        if (intervalDays < LeastFuzzedDays)
        {
            return new(intervalDays, intervalDays);
        }

        double delta = 1 + 0.15 * (Math.Min(intervalDays, 7) - LeastFuzzedDays)
            + 0.10 * Math.Max(Math.Min(intervalDays, 20) - 7, 0) + 0.05 * Math.Max(intervalDays - 20, 0);
        int most = Math.Min((int)Math.Floor(intervalDays + delta + 0.5), maximumDays);
        int least = Math.Max(2, (int)Math.Floor(intervalDays - delta + 0.5));
        return new(Math.Min(least, most), most);
    }

    /// <summary>A day of the range, each as likely as the others.</summary>
    /// <param name="seed">Where chance comes from.</param>
    /// <returns>An interval in days, within the range.</returns>
    public int Draw(ulong seed) => Least + (int)(new SplitMix(seed).Unit() * (Most - Least + 1));

    /// <summary>A day of the range, likelier where fewer cards are due and where the weekday is not an easy one.</summary>
    /// <param name="load">What lies on the days ahead.</param>
    /// <param name="intervalDays">The interval before fuzz, in days.</param>
    /// <param name="seed">Where chance comes from; null takes the best day, and of equal ones the nearest to the interval.</param>
    /// <returns>An interval in days, within the range.</returns>
    public int Draw(in DayLoad load, int intervalDays, ulong? seed)
    {
        double total = 0;
        int best = Math.Clamp(intervalDays, Least, Most);
        for (int days = Least; days <= Most; days++)
        {
            total += load.Weight(days);
            double gain = load.Weight(days) - load.Weight(best);
            best = gain > 0 || (gain == 0 && Math.Abs(days - intervalDays) < Math.Abs(best - intervalDays)) ? days : best;
        }

        return total == 0 || seed is null ? best : Draw(load, new SplitMix(seed.Value).Unit() * total);
    }

    private int Draw(in DayLoad load, double at)
    {
        int days = Least;
        for (double passed = load.Weight(days); passed <= at && days < Most; passed += load.Weight(days))
        {
            days++;
        }

        return days;
    }
}
