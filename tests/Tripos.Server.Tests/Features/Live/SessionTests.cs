using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Live;

/// <summary>The life of a session: scheduled, waiting for students, in progress, completed; or cancelled before the start.</summary>
public sealed class SessionTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task Starting_makes_the_attempts_of_all_connected_learners_at_once_under_one_clock()
    {
        var session = await app.HasSession(await app.HasTest(questions: 4, timeLimitMs: 600_000));
        var bea = await app.HasLearnerIn(session, "Bea");
        var away = await app.HasLearnerIn(session, "Cleo");
        await using var ada = await app.Attends(Ada, session);
        await using var second = await app.Attends(bea, session);
        (await app.Joins(away, session)).EnsureSuccessStatusCode(); // in the room, but no page of hers is open

        var started = await app.Steps(session, "start");

        started.EnsureSuccessStatusCode();
        var mine = await ada.NextAsync("mine", message => message.GetProperty("attemptId").ValueKind == JsonValueKind.String);
        Assert.Equal(await app.AttemptIn(session, Ada), mine.GetProperty("attemptId").GetGuid());
        Assert.Equal("in_progress", (await second.NextAsync("session")).GetProperty("status").GetString());
        Assert.Equal("2 attempts, 1 deadline", await app.Value<string>("SELECT count(*) || ' attempts, ' || count(DISTINCT deadline_at) || ' deadline' FROM attempts WHERE session_id = $1", session));
        Assert.Equal(8L, await app.Value<long>("SELECT count(*) FROM answers WHERE attempt_id IN (SELECT id FROM attempts WHERE session_id = $1)", session));
    }

    [Fact]
    public async Task Nobody_connected_nothing_starts()
    {
        var session = await app.HasSession();
        (await app.Joins(Ada, session)).EnsureSuccessStatusCode();

        var refused = await app.Steps(session, "start");

        Assert.Equal((HttpStatusCode.Conflict, "/problems/session-nobody-connected"), (refused.StatusCode, await TypeOf(refused)));
    }

    [Fact]
    public async Task Two_who_press_start_at_once_start_it_once()
    {
        var session = await app.HasSession();
        await using var ada = await app.Attends(Ada, session);

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => app.Steps(session, "start", i % 2 == 0 ? Tess : Root)));

        Assert.All(replies, reply => Assert.Equal(HttpStatusCode.OK, reply.StatusCode));
        Assert.Equal(1L, await app.Value<long>("SELECT count(*) FROM attempts WHERE session_id = $1", session));
        Assert.Equal(1L, await app.Value<long>("SELECT count(*) FROM live_actions WHERE session_id = $1 AND kind = 'started'", session));
    }

    [Fact]
    public async Task Who_comes_late_gets_what_is_left_of_the_time()
    {
        var (session, attempt, ada) = await app.HasStarted(limitMs: 600_000);
        await using var here = ada;
        await app.Run("UPDATE live_sessions SET started_at = started_at - interval '4 minutes', deadline_at = deadline_at - interval '4 minutes' WHERE id = $1", session);
        var late = await app.HasLearnerIn(session, "Dora");

        var joined = await (await app.Joins(late, session)).Content.ReadFromJsonAsync<JsonElement>(Ct);

        Assert.Equal("in_progress", joined.GetProperty("status").GetString());
        double minutes = await app.Value<double>("SELECT EXTRACT(EPOCH FROM deadline_at - started_at)::double precision / 60 FROM attempts WHERE id = $1", joined.GetProperty("attemptId").GetGuid());
        Assert.InRange(minutes, 5.9, 6.0);
        Assert.NotEqual(attempt, joined.GetProperty("attemptId").GetGuid());
    }

    [Fact]
    public async Task When_the_time_is_over_nobody_comes_in()
    {
        var (session, _, ada) = await app.HasStarted();
        await using var here = ada;
        await app.Run("UPDATE live_sessions SET deadline_at = now() - interval '1 second' WHERE id = $1", session);

        var refused = await app.Joins(await app.HasLearnerIn(session, "Late"), session);

        Assert.Equal("/problems/session-over", await TypeOf(refused));
    }

    [Fact]
    public async Task Joining_twice_is_joining_once()
    {
        var (session, attempt, ada) = await app.HasStarted();
        await using var here = ada;

        var again = await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ => await (await app.Joins(Ada, session)).Content.ReadFromJsonAsync<JsonElement>(Ct)));

        Assert.All(again, reply => Assert.Equal(attempt, reply.GetProperty("attemptId").GetGuid()));
    }

    [Theory]
    [InlineData("scheduled", "/problems/session-not-open")]
    [InlineData("cancelled", "/problems/session-not-open")]
    public async Task Joining_needs_an_open_room(string status, string problem)
    {
        var session = await app.HasSession(status: "scheduled");
        if (status == "cancelled")
        {
            (await app.Steps(session, "cancellation")).EnsureSuccessStatusCode();
        }

        Assert.Equal(problem, await TypeOf(await app.Joins(Ada, session)));
    }

    [Fact]
    public async Task Completing_submits_what_is_open_as_forced()
    {
        var (session, attempt, ada) = await app.HasStarted();
        await using var here = ada;
        (await app.Saves(Ada, attempt, 1, "a")).EnsureSuccessStatusCode();

        (await app.Steps(session, "completion")).EnsureSuccessStatusCode();

        Assert.Equal("graded forced", await app.Value<string>("SELECT status || ' ' || submit_type FROM attempts WHERE id = $1", attempt));
        Assert.Equal("submitted", (await ada.NextAsync("mine", message => message.GetProperty("status").GetString() == "submitted")).GetProperty("status").GetString());
        Assert.Equal("completed", (await ada.NextAsync("session", message => message.GetProperty("status").GetString() == "completed")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task An_ending_is_carried_through_although_the_page_that_asked_for_it_goes_away()
    {
        var (session, attempt, ada) = await app.HasStarted();
        await using var here = ada;
        using CancellationTokenSource leaving = new();

        var asked = app.As(Tess).PostAsync($"/api/live/sessions/{session}/completion", null, leaving.Token);
        await ada.NextAsync("session", message => message.GetProperty("status").GetString() == "completed");
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);

        await ada.NextAsync("mine", message => message.GetProperty("status").GetString() == "submitted");
        Assert.Equal("forced", await app.Value<string>("SELECT submit_type FROM attempts WHERE id = $1", attempt));
    }

    [Fact]
    public async Task Who_hands_in_early_sees_no_answers_while_the_others_work()
    {
        var (session, attempt, ada) = await app.HasStarted();
        await using var here = ada;
        (await app.Saves(Ada, attempt, 1, "b")).EnsureSuccessStatusCode();
        await app.Submits(Ada, attempt);

        var early = await app.As(Ada).GetFromJsonAsync<JsonElement>($"/api/attempts/{attempt}/result", Ct);
        var toTeacher = await app.As(Tess).GetFromJsonAsync<JsonElement>($"/api/attempts/{attempt}/result", Ct);
        (await app.Steps(session, "completion")).EnsureSuccessStatusCode();
        var late = await app.As(Ada).GetFromJsonAsync<JsonElement>($"/api/attempts/{attempt}/result", Ct);

        Assert.Contains("when the session is over", early.GetProperty("reviewWithheld").GetString(), StringComparison.Ordinal);
        Assert.Equal([0, 3, 3], new[] { early, toTeacher, late }.Select(result => result.GetProperty("review").GetArrayLength()));
    }

    [Fact]
    public async Task A_session_uses_up_none_of_the_attempts_a_test_allows()
    {
        var test = await app.HasTest(policy: new TestPolicy { AllowedAttempts = 1 });
        var (session, _, ada) = await app.HasStarted(test);
        await using var here = ada;
        (await app.Steps(session, "completion")).EnsureSuccessStatusCode();

        var own = await app.As(Ada).PostAsync($"/api/tests/{test.Id}/attempts", null, Ct);

        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
    }

    [Theory]
    [InlineData("scheduled", "start", "/problems/session-transition")]
    [InlineData("scheduled", "completion", "/problems/session-transition")]
    [InlineData("waiting_for_students", "completion", "/problems/session-transition")]
    [InlineData("in_progress", "opening", "/problems/session-transition")]
    [InlineData("in_progress", "cancellation", "/problems/session-transition")]
    [InlineData("completed", "start", "/problems/session-transition")]
    [InlineData("completed", "cancellation", "/problems/session-transition")]
    [InlineData("cancelled", "opening", "/problems/session-transition")]
    [InlineData("cancelled", "start", "/problems/session-transition")]
    public async Task A_step_that_is_not_next_is_refused_with_the_remedy(string from, string step, string problem)
    {
        var session = await app.HasSession(status: "scheduled");
        await app.Run("""
            UPDATE live_sessions SET status = $2, started_at = CASE WHEN $2 IN ('in_progress', 'completed') THEN now() END, completed_at = CASE WHEN $2 = 'completed' THEN now() END,
                cancelled_at = CASE WHEN $2 = 'cancelled' THEN now() END WHERE id = $1
            """, session, from);

        var refused = await app.Steps(session, step);

        var body = await refused.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal((HttpStatusCode.Conflict, problem), (refused.StatusCode, body.GetProperty("type").GetString()));
        Assert.Equal(from, body.GetProperty("from").GetString());
    }

    [Fact]
    public async Task A_scheduled_session_opens_its_room_by_itself_and_ends_by_itself()
    {
        var now = DateTimeOffset.UtcNow;
        var soon = await app.HasSession(status: "scheduled", scheduledAt: now.AddMinutes(9), opensBeforeMs: 600_000);
        var later = await app.HasSession(status: "scheduled", scheduledAt: now.AddMinutes(11), opensBeforeMs: 600_000);
        var byHand = await app.HasSession(status: "scheduled", scheduledAt: now.AddMinutes(-1));
        var (over, attempt, ada) = await app.HasStarted();
        await using var here = ada;
        await app.Submits(Ada, attempt);
        await app.Run("UPDATE live_sessions SET deadline_at = now() - interval '1 second' WHERE id = $1", over);

        await app.SweepsSessions();

        string[] states = [await StatusOf(soon), await StatusOf(later), await StatusOf(byHand), await StatusOf(over)];
        Assert.Equal(["waiting_for_students", "scheduled", "scheduled", "completed"], states);
        Assert.Equal(1L, await app.Value<long>("SELECT count(*) FROM live_actions WHERE session_id = $1 AND kind = 'opened' AND actor_id IS NULL", soon));
    }

    [Fact]
    public async Task An_ending_that_was_cut_short_is_finished()
    {
        var (session, attempt, ada) = await app.HasStarted();
        await using var here = ada;
        await app.Run("UPDATE live_sessions SET status = 'completed', completed_at = now() - interval '10 seconds' WHERE id = $1", session); // and then the server died

        await app.SweepsSessions();

        Assert.Equal("forced", await app.Value<string>("SELECT submit_type FROM attempts WHERE id = $1", attempt));
    }

    [Fact]
    public async Task Programs_read_the_participants_by_their_old_names()
    {
        var (session, attempt, ada) = await app.HasStarted();
        await using var here = ada;

        var read = await app.As(Tess).GetFromJsonAsync<JsonElement>($"/api/live/sessions/{session}", Ct);
        var asLearner = await app.As(Ada).GetFromJsonAsync<JsonElement>($"/api/live/sessions/{session}", Ct);

        var participant = Assert.Single(read.GetProperty("participants").EnumerateArray());
        Assert.Equal((Ada.Id, attempt, "CONNECTED"),
            (participant.GetProperty("student_id").GetGuid(), participant.GetProperty("attempt_id").GetGuid(), participant.GetProperty("connection_status").GetString()));
        Assert.Equal(JsonValueKind.Null, asLearner.GetProperty("participants").ValueKind);
    }

    [Fact]
    public async Task Strangers_are_told_nothing()
    {
        var (session, _, ada) = await app.HasStarted();
        await using var here = ada;
        Person teacher = new(await app.HasAccountAsync($"other-{Guid.NewGuid():n}@example.org", "teacher"), "Theo", "learner", "teacher");
        await using var otto = await app.Connects(Otto);
        await using var theo = await app.Connects(teacher);

        foreach (var stranger in new[] { Otto, teacher })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await app.As(stranger).GetAsync($"/api/live/sessions/{session}", Ct)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await app.Joins(stranger, session)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await app.Steps(session, "completion", stranger)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await app.Acts(session, new { kind = "pause" }, stranger)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await app.As(stranger).PostAsJsonAsync($"/api/live/sessions/{session}/events", new[] { new { id = Guid.NewGuid(), kind = "paste", at = DateTimeOffset.UtcNow } }, Ct)).StatusCode);
        }

        Assert.Equal("session-not-found", (await Assert.ThrowsAsync<HubRefusedException>(() => otto.CallAsync("Attend", session))).Message);
        Assert.Equal("session-not-found", (await Assert.ThrowsAsync<HubRefusedException>(() => otto.CallAsync("Watch", session))).Message);
        Assert.Equal("session-not-found", (await Assert.ThrowsAsync<HubRefusedException>(() => theo.CallAsync("WatchQuestions", session, true))).Message);
        Assert.Equal("session-not-found", (await Assert.ThrowsAsync<HubRefusedException>(() => ada.CallAsync("Watch", session))).Message);
    }

    [Fact]
    public async Task A_page_of_another_site_cannot_open_the_hub_in_somebodys_name()
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => app.Connects(Ada, origin: "https://elsewhere.example"));
        await using var own = await app.Connects(Ada, origin: app.Server.BaseAddress.GetLeftPart(UriPartial.Authority));

        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
    }

    private Task<string> StatusOf(Guid session) => app.Value<string>("SELECT status FROM live_sessions WHERE id = $1", session);

    private static async Task<string> TypeOf(HttpResponseMessage reply) => (await reply.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("type").GetString()!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
}
