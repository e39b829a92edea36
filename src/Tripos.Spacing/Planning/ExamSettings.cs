using System.Collections.Immutable;

namespace Tripos.Spacing;

/// <summary>The time left before an exam and what reviews cost.</summary>
public sealed record ExamSettings
{
    /// <summary>The study day of today.</summary>
    public required int Today { get; init; }

    /// <summary>The study day of the exam; nothing is planned for it. At or before today there is nothing to plan.</summary>
    public required int ExamDay { get; init; }

    /// <summary>Minutes of study per day; &gt;= 0.</summary>
    public double MinutesPerDay { get; init; } = 30;

    /// <summary>Minutes for single days, by days from today, where they differ (days off, weekends); others have <see cref="MinutesPerDay"/>.</summary>
    public ImmutableDictionary<int, double> MinutesOn { get; init; } = ImmutableDictionary<int, double>.Empty;

    /// <summary>Seconds one review takes; &gt; 0.</summary>
    public double SecondsPerReview { get; init; } = 20;

    /// <summary>Seconds it takes to learn a new card; &gt; 0.</summary>
    public double SecondsPerNewCard { get; init; } = 60;

    /// <summary>New cards per day at most; &gt;= 0.</summary>
    public int NewCardsPerDay { get; init; } = int.MaxValue;

    /// <summary>How well new cards are known on the day they are learnt, as first rating.</summary>
    public Recall FirstRecall { get; init; } = Recall.Good;

    /// <summary>The least a review must add to the chance of remembering its card on the exam day, in [0, 1]; what adds less is left out, also when there is time for it.</summary>
    public double LeastGain { get; init; } = 0.01;

    internal double Minutes(int day) => Math.Max(MinutesOn.TryGetValue(day, out double minutes) ? minutes : MinutesPerDay, 0);

    internal double Cost(bool isNew) => (isNew ? SecondsPerNewCard : SecondsPerReview) / 60;

    internal void Check()
    {
        if (!(SecondsPerReview > 0) || !(SecondsPerNewCard > 0) || double.IsNaN(MinutesPerDay))
        {
            throw new ArgumentException("Reviews and new cards take more than no time, and the minutes of a day are a number.");
        }
    }
}
