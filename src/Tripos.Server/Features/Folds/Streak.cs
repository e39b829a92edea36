namespace Tripos.Server.Features.Folds;

/// <summary>Days in a row on which a learner answered something.</summary>
/// <param name="Current">Up to today; a day that is not over yet does not break it.</param>
/// <param name="Longest">Ever.</param>
/// <param name="ActiveToday">Whether today is in it already.</param>
public sealed record Streak(int Current, int Longest, bool ActiveToday)
{
    /// <param name="days">Days with answers, and missed days that were made up for; any order, repeats do no harm.</param>
    public static Streak Of(IEnumerable<DateOnly> days, DateOnly today)
    {
        var active = days.Where(day => day <= today).ToHashSet();
        int longest = 0;
        foreach (var first in active.Where(day => !active.Contains(day.AddDays(-1))))
        {
            longest = Math.Max(longest, Run(active, first, step: 1));
        }

        bool activeToday = active.Contains(today);
        return new Streak(Run(active, activeToday ? today : today.AddDays(-1), step: -1), longest, activeToday);
    }

    private static int Run(HashSet<DateOnly> active, DateOnly day, int step)
    {
        int length = 0;
        for (; active.Contains(day); day = day.AddDays(step))
        {
            length++;
        }

        return length;
    }
}
