using Tripos.Server.Features.Catalog;
using Tripos.Server.Features.Folds;
using Tripos.Server.Features.Progress;
using Tripos.Server.Features.Review;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Progress;

/// <summary>The dashboard: every number follows from answers.</summary>
public sealed class DashboardTests(TriposApp app) : IClassFixture<TriposApp>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static DateOnly Today => DateOnly.FromDateTime(DateTime.UtcNow);

    [Fact]
    public async Task A_new_learner_is_told_how_to_begin()
    {
        string page = await app.As(Otto).GetStringAsync("/progress", Stop);

        Assert.Contains("Find out where you stand", page);
        Assert.Contains("Nothing to draw yet", page);
    }

    [Fact]
    public async Task What_was_answered_is_what_is_shown()
    {
        int topic = await app.HasTopic($"Closures {Guid.NewGuid():n}", $"Module {Guid.NewGuid():n}");
        var test = await app.HasTest(questions: 16, title: "Closures quiz");
        await app.Run("UPDATE questions SET topic_id = $2 WHERE id = ANY ($1)", test.QuestionIds, topic);
        await app.Sits(Ada, test, [.. Enumerable.Range(0, 16).Select(i => i < 2 ? "a" : "b")]);
        await app.RunFoldsAsync();

        var view = await Read(Ada);
        string page = await app.As(Ada).GetStringAsync("/progress", Stop);

        var standing = Assert.Single(view.Standings, standing => standing.TopicId == topic);
        Assert.Equal((16, 2), (standing.Attempts, standing.Correct));
        Assert.True(standing.IsWeak);
        Assert.InRange(standing.Expected, standing.Low, standing.High);
        Assert.Equal(1, view.Streak.Current);
        Assert.Equal(12.5, Assert.Single(view.Results, result => result.Title == "Closures quiz").Percent, 3);
        Assert.Contains(view.Calendar, day => day.TopicId == topic);
        Assert.Equal("Review 14 cards", NextStep.Of(view).Title);
        Assert.StartsWith("Practise Closures", NextStep.Of(view with { DueNow = 0 }).Title);
        Assert.Contains("Closures quiz", page);
    }

    [Fact]
    public async Task A_team_sees_its_own_week_and_nobody_elses()
    {
        var team = Guid.CreateVersion7();
        await app.Run("INSERT INTO teams (id, name) VALUES ($1, 'The evening class')", team);
        await app.Run("INSERT INTO team_members (team_id, user_id, role) VALUES ($1, $2, 'member'), ($1, $3, 'admin')", team, Ada.Id, Tess.Id);
        await app.Sits(Ada, await app.HasTest(questions: 1), "a");
        await app.RunFoldsAsync();

        Assert.Contains("This week in The evening class", await app.As(Tess).GetStringAsync("/progress", Stop));
        Assert.DoesNotContain("The evening class", await app.As(Otto).GetStringAsync("/progress", Stop));
    }

    [Fact]
    public void The_calendar_leads_to_the_exam_and_never_overfills_a_day()
    {
        var today = new DateOnly(2026, 3, 2);
        var weak = new TopicStanding(1, "Closures", 1, "Python", 0.5, 20, 5, 0.25, null, null, 1400, 40, 0.4, 0.35, 0.45, 0.7);
        var strong = weak with { TopicId = 2, Topic = "Lists", Expected = 0.9, Low = 0.8, High = 0.95, Recent = 0.9 };

        var plan = RevisionCalendar.Plan(today, today.AddDays(10), 30, new Dictionary<DateOnly, int> { [today] = 500, [today.AddDays(1)] = 10 }, [weak, strong]);

        Assert.Equal(11, plan.Count);
        Assert.Equal(DayKind.Exam, plan[^1].Kind);
        Assert.Equal(DayKind.Rest, plan[^2].Kind);
        Assert.All(plan, day => Assert.InRange(day.ReviewMinutes + day.TopicMinutes, 0, 30));
        Assert.Null(plan[0].Topic);
        Assert.Equal(DayKind.Mock, plan[1].Kind);
        Assert.Equal("Closures", plan[2].Topic);
        Assert.DoesNotContain(plan, day => day.Topic == "Lists");
    }

    [Fact]
    public void A_streak_bridges_a_repaired_day_and_waits_for_today()
    {
        var today = new DateOnly(2026, 3, 10);
        DateOnly[] days = [today.AddDays(-1), today.AddDays(-2), today.AddDays(-4), today.AddDays(-5), today.AddDays(-6), today.AddDays(-7)];

        Assert.Equal(new Streak(2, 4, ActiveToday: false), Streak.Of(days, today));
        Assert.Equal(new Streak(7, 7, ActiveToday: false), Streak.Of(days.Append(today.AddDays(-3)), today));
        Assert.Equal(new Streak(3, 4, ActiveToday: true), Streak.Of(days.Append(today), today));
        Assert.Equal(new Streak(0, 0, ActiveToday: false), Streak.Of([], today));
    }

    private Task<ReadDashboard.Dashboard> Read(Person learner) =>
        ReadDashboard.RunAsync(learner.Id, Today, TimeZoneInfo.Utc, new TopicSizes(app.Sql, TimeProvider.System), app.Services.GetRequiredService<Schemes>(), app.Sql, TimeProvider.System, Stop);
}
