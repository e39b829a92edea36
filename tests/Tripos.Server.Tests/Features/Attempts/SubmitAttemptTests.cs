using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Attempts;

public sealed class SubmitAttemptTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task Submitting_grades_in_the_same_transaction()
    {
        var test = await app.HasTest(questions: 4, passMark: 50);

        var attempt = await app.Sits(Ada, test, "a", "b", "a", "");

        Assert.Equal("graded 2 4 50 true 3 1", await app.Value<string>(
            "SELECT concat_ws(' ', status, points, points_max, percent, passed::text, answered_count, grade_revision) FROM attempts WHERE id = $1", attempt));
        Assert.Equal("true false true false", await app.Value<string>("SELECT string_agg(correct::text, ' ' ORDER BY position) FROM answers WHERE attempt_id = $1", attempt));
        Assert.Equal(1, await app.Value<long>("SELECT count(*) FROM grades WHERE attempt_id = $1 AND cause = 'submission' AND percent = 50", attempt));
    }

    [Fact]
    public async Task Submitting_twice_changes_nothing()
    {
        var attempt = await app.Sits(Ada, await app.HasTest(), "a");
        var before = await app.Value<DateTime>("SELECT submitted_at FROM attempts WHERE id = $1", attempt);

        var again = await app.As(Ada).PostAsJsonAsync($"/api/attempts/{attempt}/submission", new { type = "manual" }, Ct);

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(before, await app.Value<DateTime>("SELECT submitted_at FROM attempts WHERE id = $1", attempt));
        Assert.Equal(1, await app.Value<long>("SELECT count(*) FROM grades WHERE attempt_id = $1", attempt));
    }

    [Fact]
    public async Task Submissions_racing_each_other_grade_once()
    {
        var attempt = await app.Starts(Ada, await app.HasTest());

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => app.Submits(Ada, attempt)));

        Assert.Equal(1, await app.Value<long>("SELECT count(*) FROM grades WHERE attempt_id = $1", attempt));
    }

    [Fact]
    public async Task Answers_acknowledged_while_submitting_are_graded_and_refused_ones_are_not()
    {
        var attempt = await app.Starts(Ada, await app.HasTest(questions: 20));

        var saves = Enumerable.Range(1, 20).Select(position => app.Saves(Ada, attempt, position, "a")).ToList();
        await app.Submits(Ada, attempt);
        var replies = await Task.WhenAll(saves);

        int acknowledged = replies.Count(reply => reply.StatusCode == HttpStatusCode.OK);
        Assert.Equal(acknowledged, await app.Value<float>("SELECT points FROM attempts WHERE id = $1", attempt));
        Assert.Equal(20 - acknowledged, await app.Value<long>("SELECT count(*) FROM answer_events WHERE attempt_id = $1 AND outcome = 'closed'", attempt));
    }

    [Fact]
    public async Task The_sweep_submits_what_expired_after_its_grace_and_nothing_else()
    {
        var test = await app.HasTest(timeLimitMs: 60_000);
        var expired = await app.Starts(Ada, test);
        var inGrace = await app.Starts(Otto, test);
        await app.Saves(Ada, expired, 1, "a");
        await app.HasDeadline(expired, TimeSpan.FromMinutes(-5));
        await app.HasDeadline(inGrace, TimeSpan.FromMinutes(-1));

        await SweepExpired.RunAsync(app.Sql, app.Services.GetRequiredService<QuestionVersions>(), TimeProvider.System, Ct);

        Assert.Equal("graded time_expired 1", await app.Value<string>("SELECT concat_ws(' ', status, submit_type, points) FROM attempts WHERE id = $1", expired));
        Assert.Equal("in_progress", await app.Value<string>("SELECT status FROM attempts WHERE id = $1", inGrace));
    }

    [Fact]
    public async Task A_teacher_can_submit_for_the_learner_and_a_learner_cannot()
    {
        var attempt = await app.Starts(Ada, await app.HasTest());

        var byOtto = await app.As(Otto).PostAsync($"/api/attempts/{attempt}/forced-submission", null, Ct);
        var byAda = await app.As(Ada).PostAsJsonAsync($"/api/attempts/{attempt}/submission", new { type = "forced" }, Ct);
        var byTess = await app.As(Tess).PostAsync($"/api/attempts/{attempt}/forced-submission", null, Ct);

        Assert.Equal(HttpStatusCode.Forbidden, byOtto.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, byAda.StatusCode);
        Assert.Equal(HttpStatusCode.OK, byTess.StatusCode);
        Assert.Equal("forced", await app.Value<string>("SELECT submit_type FROM attempts WHERE id = $1", attempt));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
}
