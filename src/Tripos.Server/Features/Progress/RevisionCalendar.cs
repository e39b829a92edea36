using Tripos.Server.Features.Folds;

namespace Tripos.Server.Features.Progress;

/// <summary>What to do on one day.</summary>
/// <param name="Reviews">Cards that fall due on it, as far as can be told today.</param>
/// <param name="Topic">What the rest of the time goes into; null when the reviews fill it.</param>
public sealed record RevisionDay(DateOnly Date, int Reviews, int ReviewMinutes, string? Topic, int? TopicId, int TopicMinutes, DayKind Kind);

public enum DayKind { Ordinary, Mock, Rest, Exam }

/// <summary>
/// A calendar of revision, derived each time it is looked at: reviews come first because they cannot be moved without forgetting, weak topics take what is left
/// of the day by what they cost, a mock test stands in every week, and the day before the exam is light.
/// </summary>
public static class RevisionCalendar
{
    public const int LongestDays = 42;
    private const int DaysWithoutExam = 14;
    private const int DaysBetweenMocks = 7;
    private const int ShortestTopicMinutes = 5;
    private const double MinutesPerReview = 0.4;

    /// <param name="examDate">Null for none; a date that is over counts as none.</param>
    /// <param name="dueByDay">Cards due by day from today on; what is overdue belongs to today.</param>
    public static IReadOnlyList<RevisionDay> Plan(DateOnly today, DateOnly? examDate, int minutesPerDay, IReadOnlyDictionary<DateOnly, int> dueByDay, IReadOnlyList<TopicStanding> standings)
    {
        var exam = examDate >= today ? examDate : null;
        int days = Math.Min(LongestDays, exam is null ? DaysWithoutExam : exam.Value.DayNumber - today.DayNumber + 1);
        var shares = Shares(standings);
        List<RevisionDay> plan = [];
        for (int i = 0; i < days; i++)
        {
            var date = today.AddDays(i);
            var kind = KindOf(date, i, exam);
            int reviews = dueByDay.GetValueOrDefault(date);
            int reviewMinutes = kind == DayKind.Exam ? 0 : Math.Min(minutesPerDay, (int)Math.Ceiling(reviews * MinutesPerReview));
            int left = kind == DayKind.Ordinary ? minutesPerDay - reviewMinutes : 0;
            var topic = left >= ShortestTopicMinutes ? Next(shares, left) : null;
            plan.Add(new RevisionDay(date, reviews, reviewMinutes, topic?.Topic, topic?.TopicId, topic is null ? 0 : left, kind));
        }

        return plan;
    }

    private static DayKind KindOf(DateOnly date, int index, DateOnly? exam)
    {
        if (exam is not { } day)
        {
            return DayKind.Ordinary;
        }

        int before = day.DayNumber - date.DayNumber;
        return before switch
        {
            0 => DayKind.Exam,
            1 => DayKind.Rest,
            _ when index > 0 && (before - 2) % DaysBetweenMocks == 0 => DayKind.Mock,
            _ => DayKind.Ordinary,
        };
    }

    private sealed class Share(TopicStanding standing, double size)
    {
        public string Topic => standing.Topic;
        public int TopicId => standing.TopicId;
        public double Size => size;
        public double Minutes { get; set; }
    }

    /// <summary>Weak topics by what they cost; without any, the topics that are not yet sure.</summary>
    private static List<Share> Shares(IReadOnlyList<TopicStanding> standings)
    {
        var begun = standings.Where(standing => standing.Attempts > 0).Select(standing => standing.ModuleId).ToHashSet();
        standings = begun.Count == 0 ? standings : [.. standings.Where(standing => begun.Contains(standing.ModuleId))]; // nobody prepares for everything there is
        var weak = standings.Where(standing => standing.IsWeak && standing.Severity > 0).ToList();
        var chosen = weak.Count > 0 ? weak : [.. standings.Where(standing => !standing.IsStrong)];
        return [.. chosen.OrderByDescending(standing => standing.Severity).ThenBy(standing => standing.TopicId).Take(6).Select(standing => new Share(standing, Math.Max(standing.Severity, 0.001)))];
    }

    /// <summary>The topic that is furthest behind its share of the time.</summary>
    private static Share? Next(List<Share> shares, int minutes)
    {
        var next = shares.MinBy(share => (share.Minutes + minutes) / share.Size);
        if (next is not null)
        {
            next.Minutes += minutes;
        }

        return next;
    }
}
