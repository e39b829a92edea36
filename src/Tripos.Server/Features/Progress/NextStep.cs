using Tripos.Server.Features.Attempts;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Progress;

/// <summary>The one thing that helps most now, and why.</summary>
public sealed record NextStep(string Title, string Why, string Verb, string Href)
{
    private const int ManyDue = 5;
    private const int AnswersForPlacement = 12;
    private const int DaysBetweenMocks = 7;
    private const int ExamIsNearDays = 28;

    /// <summary>What was begun goes first, then what would be forgotten, then what is not known at all, then a rehearsal, then what is weak.</summary>
    public static NextStep Of(ReadDashboard.Dashboard dashboard)
    {
        if (dashboard.Open is { } open)
        {
            return new("Go on where you stopped", $"You are in the middle of “{open.Title}”.", "Continue", $"/attempts/{open.AttemptId}");
        }

        if (dashboard.DueNow >= ManyDue)
        {
            return new($"Review {Words.Count(dashboard.DueNow, "card")}", "They are due: each day they wait, a few more of them are forgotten.", "Review now", "/review");
        }

        if (dashboard.Standings.Sum(topic => topic.Attempts) < AnswersForPlacement)
        {
            return new("Find out where you stand", "Twelve questions that adapt to you, so that practice starts at your level.", "Start the placement", "/practice");
        }

        int? daysLeft = dashboard.ExamDate?.DayNumber - dashboard.Today.DayNumber;
        var lastMock = dashboard.Results.Where(result => result.Mode == AttemptMode.Mock).Select(result => (DateTimeOffset?)result.SubmittedAt).FirstOrDefault();
        if (daysLeft is >= 2 and <= ExamIsNearDays && !(lastMock > new DateTimeOffset(dashboard.Today.AddDays(-DaysBetweenMocks), TimeOnly.MinValue, TimeSpan.Zero)))
        {
            return new("Sit a mock test", $"Your exam is in {Words.Count(daysLeft.Value, "day")}, and your last rehearsal is more than a week ago.", "Choose a mock", "/mocks");
        }

        if (dashboard.Standings.Where(topic => topic.IsWeak).OrderByDescending(topic => topic.Severity).FirstOrDefault() is { } weak)
        {
            return new($"Practise {weak.Topic}", $"You can expect {Words.Percent(Math.Round(weak.Expected * 100))} there and want {Words.Percent(Math.Round(weak.Target * 100))}; it costs you most.", "Practise", "/practice#weak-title");
        }

        return dashboard.DueNow > 0
            ? new($"Review {Words.Count(dashboard.DueNow, "card")}", "Then you are done with what is due today.", "Review now", "/review")
            : new("Keep it up", "Nothing is due and nothing is weak. A few questions at the edge of what you can keep you moving.", "Practise", "/practice");
    }
}
