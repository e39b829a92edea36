using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Live;

/// <summary>What a teacher does during a session: it takes effect, the learner's page shows and acknowledges it, and it is in the audit trail.</summary>
public sealed class ActionTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task A_message_is_shown_acknowledged_and_seen_to_be_acknowledged()
    {
        var (session, _, ada) = await app.HasStarted();
        await using var here = ada;
        var (wall, _) = await app.Watches(session);
        await using var there = wall;

        (await app.Acts(session, new { kind = "message", text = "Ten minutes left" })).EnsureSuccessStatusCode();

        var shown = await ada.NextAsync("action");
        Assert.Equal(("message", "Ten minutes left"), (shown.GetProperty("kind").GetString(), shown.GetProperty("text").GetString()));
        await wall.NextAsync("acted", action => action.GetProperty("acknowledged").GetInt32() == 0 && action.GetProperty("kind").GetString() == "message");
        await AcknowledgesAsync(session, shown);
        var seen = await wall.NextAsync("acted", action => action.GetProperty("acknowledged").GetInt32() == 1);
        Assert.Equal("Tess", seen.GetProperty("by").GetString());
        await AcknowledgesAsync(session, shown); // once more changes nothing
        Assert.Equal(1L, await app.Value<long>("SELECT count(*) FROM live_receipts WHERE acknowledged_at IS NOT NULL AND action_id = $1", shown.GetProperty("id").GetGuid()));
    }

    [Fact]
    public async Task What_happens_while_a_learner_is_away_is_shown_when_they_are_back()
    {
        var (session, _, ada) = await app.HasStarted();
        await ada.DisposeAsync();
        (await app.Acts(session, new { kind = "message", text = "Look at question 3 again" })).EnsureSuccessStatusCode();

        await using var back = await app.Connects(Ada);
        var attended = await back.CallAsync("Attend", session);

        Assert.Equal("Look at question 3 again", Assert.Single(attended.GetProperty("actions").EnumerateArray()).GetProperty("text").GetString());
    }

    [Fact]
    public async Task While_paused_nothing_is_taken_but_what_was_answered_before_and_the_deadline_moves()
    {
        var (session, attempt, ada) = await app.HasStarted();
        await using var here = ada;
        var deadline = await app.Value<DateTime>("SELECT deadline_at FROM attempts WHERE id = $1", attempt);
        var before = DateTimeOffset.UtcNow;

        (await app.Acts(session, new { kind = "pause" })).EnsureSuccessStatusCode();
        var early = await app.Saves(Ada, attempt, 1, "a", answeredAt: before);
        var during = await app.Saves(Ada, attempt, 2, "b");
        await app.Run("UPDATE attempts SET paused_at = paused_at - interval '90 seconds' WHERE id = $1", attempt); // a minute and a half goes by
        await app.Run("UPDATE live_sessions SET paused_at = paused_at - interval '90 seconds' WHERE id = $1", session);
        (await app.Acts(session, new { kind = "resume" })).EnsureSuccessStatusCode();
        var after = await app.Saves(Ada, attempt, 2, "b");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.OK), (early.StatusCode, during.StatusCode, after.StatusCode));
        Assert.Equal("/problems/attempt-paused", (await during.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("type").GetString());
        Assert.InRange((await app.Value<DateTime>("SELECT deadline_at FROM attempts WHERE id = $1", attempt) - deadline).TotalSeconds, 90, 100);
        Assert.True(await app.Value<bool>("SELECT s.deadline_at = a.deadline_at FROM attempts a JOIN live_sessions s ON s.id = a.session_id WHERE a.id = $1", attempt));
        Assert.Equal(2L, await app.Value<long>("SELECT count(*) FROM answer_events WHERE attempt_id = $1", attempt));
        await app.Submits(Ada, attempt);
        Assert.InRange(await app.Value<long>("SELECT duration_ms FROM attempts WHERE id = $1", attempt), 0, 20_000);
    }

    [Fact]
    public async Task One_can_be_paused_alone_but_not_resumed_alone_when_everybody_is_paused()
    {
        var (session, attempt, ada) = await app.HasStarted();
        await using var here = ada;

        (await app.Acts(session, new { kind = "pause", learnerIds = new[] { Ada.Id } })).EnsureSuccessStatusCode();
        Assert.Equal("paused", await StatusOf(attempt));
        (await app.Acts(session, new { kind = "resume", learnerIds = new[] { Ada.Id } })).EnsureSuccessStatusCode();
        Assert.Equal("in_progress", await StatusOf(attempt));
        (await app.Acts(session, new { kind = "pause" })).EnsureSuccessStatusCode();

        var refused = await app.Acts(session, new { kind = "resume", learnerIds = new[] { Ada.Id } });

        Assert.Equal("/problems/session-paused", (await refused.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("type").GetString());
    }

    [Fact]
    public async Task Who_joins_while_everybody_is_paused_waits_with_them()
    {
        var (session, _, ada) = await app.HasStarted();
        await using var here = ada;
        (await app.Acts(session, new { kind = "pause" })).EnsureSuccessStatusCode();
        var late = await app.HasLearnerIn(session, "Late");

        var joined = await (await app.Joins(late, session)).Content.ReadFromJsonAsync<JsonElement>(Ct);
        var attempt = joined.GetProperty("attemptId").GetGuid();
        Assert.Equal("paused", await StatusOf(attempt));
        (await app.Acts(session, new { kind = "resume" })).EnsureSuccessStatusCode();

        Assert.Equal("in_progress", await StatusOf(attempt));
        Assert.True(await app.Value<bool>("SELECT count(DISTINCT deadline_at) = 1 FROM attempts WHERE session_id = $1", session));
    }

    [Fact]
    public async Task A_paused_attempt_is_not_swept_away_when_its_deadline_passes()
    {
        var (session, attempt, ada) = await app.HasStarted();
        await using var here = ada;
        (await app.Acts(session, new { kind = "pause" })).EnsureSuccessStatusCode();
        await app.HasDeadline(attempt, TimeSpan.FromHours(-1));

        await Tripos.Server.Features.Attempts.SweepExpired.RunAsync(app.Sql, Service<QuestionVersions>(), TimeProvider.System, Ct);

        Assert.Equal("paused", await StatusOf(attempt));
    }

    [Fact]
    public async Task Extra_time_reaches_one_or_all_and_those_who_come_later()
    {
        var (session, attempt, ada) = await app.HasStarted(limitMs: 600_000);
        await using var here = ada;
        var bea = await app.HasLearnerIn(session, "Bea");
        await using var second = await app.Attends(bea, session);

        (await app.Acts(session, new { kind = "extra_time", ms = 120_000, learnerIds = new[] { Ada.Id } })).EnsureSuccessStatusCode();
        (await app.Acts(session, new { kind = "extra_time", ms = 60_000 })).EnsureSuccessStatusCode();
        var late = await app.HasLearnerIn(session, "Late");
        (await app.Joins(late, session)).EnsureSuccessStatusCode();

        Assert.Equal("780 660 660", await SecondsOf(session, Ada, bea, late));
        var shown = await ada.NextAsync("action", action => action.GetProperty("kind").GetString() == "extra_time");
        Assert.Equal(JsonValueKind.String, shown.GetProperty("deadlineAt").ValueKind);
        Assert.Equal("in_progress", await StatusOf(attempt));
    }

    [Fact]
    public async Task An_accommodation_is_applied_by_itself_in_sessions_and_in_every_other_timed_attempt()
    {
        var (session, _, ada) = await app.HasStarted(await app.HasTest(timeLimitMs: 1_200_000), limitMs: 600_000);
        await using var here = ada;
        var slow = await app.HasLearnerIn(session, "Sol");
        await app.Run("INSERT INTO accommodations (learner_id, factor, extra_ms, set_by) VALUES ($1, 1.5, 60000, $2)", slow.Id, Tess.Id);

        (await app.Joins(slow, session)).EnsureSuccessStatusCode();
        var alone = await app.Starts(slow, await app.HasTest(timeLimitMs: 1_200_000));
        var inParts = await app.Starts(slow, await app.HasTestInParts(("One", 1, 600_000), ("Two", 1, 300_000)));
        (await app.OpensPart(slow, inParts, 1)).EnsureSuccessStatusCode();

        Assert.Equal("960", await SecondsOf(session, slow)); // 600 s x 1.5 + 60 s
        Assert.Equal(1860.0, await app.Value<double>("SELECT EXTRACT(EPOCH FROM deadline_at - started_at)::double precision FROM attempts WHERE id = $1", alone));
        Assert.Equal(940.0, await app.Value<double>("SELECT EXTRACT(EPOCH FROM part_deadline_at - part_started_at)::double precision FROM attempts WHERE id = $1", inParts)); // (900 s x 1.5 + 60 s) x 600/900
        Assert.Equal("1.5 60000", await app.Value<string>("SELECT (allowance->>'factor') || ' ' || (allowance->>'extraMs') FROM attempts WHERE id = $1", alone));
    }

    [Fact]
    public async Task A_forced_submission_and_a_removal_end_the_attempt_and_only_the_removed_stay_out()
    {
        var (session, attempt, ada) = await app.HasStarted();
        await using var here = ada;
        var bea = await app.HasLearnerIn(session, "Bea");
        await using var second = await app.Attends(bea, session);

        (await app.Acts(session, new { kind = "submit", learnerIds = new[] { Ada.Id } })).EnsureSuccessStatusCode();
        (await app.Acts(session, new { kind = "remove", learnerIds = new[] { bea.Id } })).EnsureSuccessStatusCode();

        Assert.Equal(("forced", "forced"), (await TypeOf(attempt), await TypeOf(await app.AttemptIn(session, bea))));
        Assert.Equal(HttpStatusCode.OK, (await app.Joins(Ada, session)).StatusCode);
        Assert.Equal("/problems/session-removed", (await (await app.Joins(bea, session)).Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("type").GetString());
        await second.NextAsync("action", action => action.GetProperty("kind").GetString() == "removed");
        (await app.Acts(session, new { kind = "readmit", learnerIds = new[] { bea.Id } })).EnsureSuccessStatusCode();
        Assert.Equal(HttpStatusCode.OK, (await app.Joins(bea, session)).StatusCode);

        async Task<string> TypeOf(Guid id) => await app.Value<string>("SELECT submit_type FROM attempts WHERE id = $1", id);
    }

    [Fact]
    public async Task What_is_typed_in_the_moment_a_teacher_hands_in_still_counts()
    {
        var (session, attempt, ada) = await app.HasStarted();
        await using var here = ada;

        var handingIn = app.Acts(session, new { kind = "submit", learnerIds = new[] { Ada.Id } });
        await ada.NextAsync("action", action => action.GetProperty("kind").GetString() == "submitted");
        var last = await app.Saves(Ada, attempt, 2, "a");
        (await handingIn).EnsureSuccessStatusCode();

        Assert.Equal(HttpStatusCode.OK, last.StatusCode);
        Assert.Equal((short)1, await app.Value<short>("SELECT answered_count FROM attempts WHERE id = $1", attempt));
    }

    [Fact]
    public async Task A_hand_in_that_was_cut_short_is_finished()
    {
        var (session, attempt, ada) = await app.HasStarted();
        await using var here = ada;
        await app.Run("UPDATE attempts SET started_at = now() - interval '1 minute' WHERE id = $1", attempt);
        await app.Run("""
            WITH action AS (INSERT INTO live_actions (id, session_id, kind, to_all, at) VALUES (gen_random_uuid(), $1, 'submitted', false, now() - interval '10 seconds') RETURNING id)
            INSERT INTO live_receipts (action_id, learner_id) SELECT id, $2 FROM action
            """, session, Ada.Id); // and then the server died

        await app.SweepsSessions();

        Assert.Equal("forced", await app.Value<string>("SELECT submit_type FROM attempts WHERE id = $1", attempt));
    }

    [Theory]
    [InlineData("""{"kind":"message"}""", 400, "bad-action")]
    [InlineData("""{"kind":"extra_time","ms":5}""", 400, "bad-action")]
    [InlineData("""{"kind":"submit"}""", 400, "bad-action")]
    [InlineData("""{"kind":"pause","learnerIds":[]}""", 400, "bad-action")]
    [InlineData("""{"kind":"pause","learnerIds":["0190c0de-0000-7000-8000-00000000000c"]}""", 404, "participant-not-found")]
    public async Task An_action_that_is_incomplete_is_refused(string action, int status, string code)
    {
        var (session, _, ada) = await app.HasStarted();
        await using var here = ada;

        var refused = await app.As(Tess).PostAsync($"/api/live/sessions/{session}/actions", new StringContent(action, null, "application/json"), Ct);

        Assert.Equal((status, $"/problems/{code}"), ((int)refused.StatusCode, (await refused.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("type").GetString()));
    }

    [Fact]
    public async Task Time_cannot_be_given_before_the_start_or_where_there_is_none()
    {
        var waiting = await app.HasSession();
        (await app.Joins(Ada, waiting)).EnsureSuccessStatusCode();
        var (untimed, _, ada) = await app.HasStarted(limitMs: null);
        await using var here = ada;

        string[] problems = [await ProblemOf(waiting), await ProblemOf(untimed)];

        Assert.Equal(["/problems/session-not-running", "/problems/no-time-limit"], problems);

        async Task<string> ProblemOf(Guid session) =>
            (await (await app.Acts(session, new { kind = "extra_time", ms = 60_000 })).Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("type").GetString()!;
    }

    private async Task AcknowledgesAsync(Guid session, JsonElement action) =>
        (await app.As(Ada).PutAsync($"/api/live/sessions/{session}/actions/{action.GetProperty("id").GetGuid()}/receipt", null, Ct)).EnsureSuccessStatusCode();

    private Task<string> StatusOf(Guid attempt) => app.Value<string>("SELECT status FROM attempts WHERE id = $1", attempt);

    /// <summary>From the start of the session to the deadline of each.</summary>
    private async Task<string> SecondsOf(Guid session, params Person[] learners)
    {
        List<double> seconds = [];
        foreach (var learner in learners)
        {
            seconds.Add(await app.Value<double>("SELECT EXTRACT(EPOCH FROM a.deadline_at - s.started_at)::double precision FROM attempts a JOIN live_sessions s ON s.id = a.session_id WHERE s.id = $1 AND a.learner_id = $2", session, learner.Id));
        }

        return string.Join(' ', seconds);
    }

    private T Service<T>() where T : notnull => (T)app.Services.GetService(typeof(T))!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
}
