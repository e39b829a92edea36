using System.Net.Http.Json;
using System.Text.Json;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Live;

/// <summary>What walls are shown: by push, from memory, and the same at every server.</summary>
public sealed class BoardTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task A_wall_hears_of_heartbeats_answers_and_submissions()
    {
        var (session, attempt, ada) = await app.HasStarted(await app.HasTest(questions: 3));
        await using var here = ada;
        var (wall, first) = await app.Watches(session);
        await using var there = wall;
        Assert.Equal(("in_progress", "working"), (first.GetProperty("session").GetProperty("status").GetString(), Ada_(first).GetProperty("status").GetString()));

        await ada.CallAsync("Beat", new { position = 2, visible = false, rttMs = 41 });
        await wall.NextAsync("delta", delta => Ada_(delta).GetProperty("position").GetInt32() == 2 && Ada_(delta).GetProperty("rttMs").GetInt32() == 41 && !Ada_(delta).GetProperty("visible").GetBoolean());
        (await app.Saves(Ada, attempt, 1, "a")).EnsureSuccessStatusCode();
        (await app.Saves(Ada, attempt, 3, "b")).EnsureSuccessStatusCode();
        await wall.NextAsync("delta", delta => Ada_(delta).GetProperty("answered").GetInt32() == 2);
        (await app.Saves(Ada, attempt, 3, "", sequence: 2)).EnsureSuccessStatusCode(); // taken back
        await wall.NextAsync("delta", delta => Ada_(delta).GetProperty("answered").GetInt32() == 1);
        await app.Submits(Ada, attempt);

        var submitted = await wall.NextAsync("delta", delta => Ada_(delta).GetProperty("status").GetString() == "submitted");
        Assert.True(Ada_(submitted).GetProperty("connected").GetBoolean());
        Assert.False((await wall.NextAsync("tick")).GetProperty("deaf").GetBoolean());
    }

    [Fact]
    public async Task A_wall_hears_of_highlights()
    {
        var (session, attempt, ada) = await app.HasStarted();
        await using var here = ada;
        var (wall, _) = await app.Watches(session);
        await using var there = wall;

        var mark = await app.HasMarked(Ada, attempt);
        await wall.NextAsync("delta", delta => Ada_(delta).GetProperty("highlights").GetInt32() == 1);
        (await app.Unmarks(Ada, attempt, mark)).EnsureSuccessStatusCode();

        await wall.NextAsync("delta", delta => Ada_(delta).GetProperty("highlights").GetInt32() == 0);
    }

    [Fact]
    public async Task What_a_board_has_missed_is_what_the_database_says()
    {
        var (session, attempt, ada) = await app.HasStarted();
        await using var here = ada;
        (await app.Saves(Ada, attempt, 1, "a")).EnsureSuccessStatusCode();
        (await app.Saves(Ada, attempt, 2, "a")).EnsureSuccessStatusCode();
        await app.Run("UPDATE answers SET response = NULL WHERE attempt_id = $1 AND position = 2", attempt); // taken back at a server that this one did not hear

        var read = await app.As(Tess).GetFromJsonAsync<JsonElement>($"/api/live/sessions/{session}", Ct);

        Assert.Equal(1, read.GetProperty("participants")[0].GetProperty("answered").GetInt32());
    }

    [Fact]
    public async Task Who_loses_the_connection_is_shown_as_gone_and_as_back_again_and_both_are_kept()
    {
        var (session, _, ada) = await app.HasStarted();
        var (wall, _) = await app.Watches(session);
        await using var there = wall;

        ada.Break();
        await wall.NextAsync("delta", delta => !Ada_(delta).GetProperty("connected").GetBoolean());
        await using var again = await app.Attends(Ada, session);
        await wall.NextAsync("delta", delta => Ada_(delta).GetProperty("connected").GetBoolean());

        var back = DateTimeOffset.UtcNow;
        await wall.NextAsync("tick", tick => tick.GetProperty("serverNow").GetDateTimeOffset() > back.AddSeconds(1.5)); // what memory knows is written once a second
        Assert.Equal(["connected", "connected", "disconnected", "joined"],
            (await app.Value<string>("SELECT string_agg(kind, ' ' ORDER BY kind) FROM live_events WHERE session_id = $1", session)).Split(' '));
        Assert.Equal((short)1, await app.Value<short>("SELECT state FROM live_participants WHERE session_id = $1", session));
        await ada.DisposeAsync();
    }

    [Fact]
    public async Task Two_tabs_of_one_learner_are_one_presence()
    {
        var (session, _, first) = await app.HasStarted();
        await using var second = await app.Attends(Ada, session);
        var (wall, _) = await app.Watches(session);
        await using var there = wall;

        await first.DisposeAsync();
        await second.CallAsync("Beat", new { position = 3 });

        var delta = await wall.NextAsync("delta", delta => Ada_(delta).GetProperty("position").GetInt32() == 3);
        Assert.True(Ada_(delta).GetProperty("connected").GetBoolean());
        Assert.Equal(0L, await app.Value<long>("SELECT count(*) FROM live_events WHERE session_id = $1 AND kind = 'disconnected'", session));
    }

    [Fact]
    public async Task What_a_page_reports_is_kept_once_and_shown()
    {
        var (session, _, ada) = await app.HasStarted();
        await using var here = ada;
        var (wall, _) = await app.Watches(session);
        await using var there = wall;
        var report = new[] { new { id = Guid.CreateVersion7(), kind = "tab_hidden", at = DateTimeOffset.UtcNow.AddSeconds(-3), position = 2, details = new { seconds = 4 } } };

        var first = await ReportAsync(report);
        var again = await ReportAsync(report);

        Assert.Equal((1, 0, 1), (first.GetProperty("stored").GetInt32(), again.GetProperty("stored").GetInt32(), again.GetProperty("notable").GetInt32()));
        var delta = await wall.NextAsync("delta", delta => Ada_(delta).GetProperty("events").GetInt32() > 0);
        Assert.Equal("tab_hidden", Ada_(delta).GetProperty("lastEvent").GetProperty("kind").GetString());

        async Task<JsonElement> ReportAsync(object events)
        {
            var reply = await app.As(Ada).PostAsJsonAsync($"/api/live/sessions/{session}/events", events, Ct);
            reply.EnsureSuccessStatusCode();
            return await reply.Content.ReadFromJsonAsync<JsonElement>(Ct);
        }
    }

    [Theory]
    [InlineData("""[{"id":"0190c0de-0000-7000-8000-0000000000aa","kind":"cheated","at":"2026-01-01T00:00:00Z"}]""", "Event 1: \"cheated\" is none of")]
    [InlineData("""[{"id":"0190c0de-0000-7000-8000-0000000000aa","kind":"paste","at":"2026-01-01T00:00:00Z","position":0}]""", "position is the number of a question")]
    [InlineData("""[{"id":"0190c0de-0000-7000-8000-0000000000aa","kind":"paste","at":"2026-01-01T00:00:00Z","details":[1]}]""", "details is an object")]
    [InlineData("""[{"id":"0190c0de-0000-7000-8000-0000000000aa","kind":"paste","at":"2026-01-01T00:00:00Z","details":{"text":"\ud83d"}}]""", "half of a surrogate pair")]
    [InlineData("""[{"id":"0190c0de-0000-7000-8000-0000000000aa","kind":"paste","at":"2026-01-01T00:00:00Z","details":{"text":"\u0000"}}]""", "without NUL")]
    [InlineData("[]", "Send 1 to 50 events")]
    public async Task An_event_that_makes_no_sense_is_refused_with_its_fault(string events, string detail)
    {
        var session = await app.HasSession();
        (await app.Joins(Ada, session)).EnsureSuccessStatusCode();

        var refused = await app.As(Ada).PostAsync($"/api/live/sessions/{session}/events", new StringContent(events, null, "application/json"), Ct);

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(detail, (await refused.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_servers_on_one_database_show_one_wall()
    {
        var session = await app.HasSession(await app.HasTest(questions: 3), limitMs: 600_000);
        await using var other = app.AnotherServer();
        var bea = await app.HasLearnerIn(session, "Bea");
        await using var ada = await app.Attends(Ada, session);
        await using var second = await other.Attends(bea, session);
        var (wall, _) = await app.Watches(session);
        var (farWall, _) = await other.Watches(session);
        await using var here = wall;
        await using var there = farWall;

        await wall.NextAsync("tick", tick => tick.GetProperty("nodes").GetInt32() >= 2);
        (await other.Steps(session, "start")).EnsureSuccessStatusCode();
        var mine = await ada.NextAsync("mine", message => message.GetProperty("attemptId").ValueKind == JsonValueKind.String);
        (await other.Saves(Ada, mine.GetProperty("attemptId").GetGuid(), 1, "a")).EnsureSuccessStatusCode(); // her page is connected to the first server; the answer lands at the second
        await second.CallAsync("Beat", new { position = 3 });

        await Task.WhenAll(
            wall.NextAsync("delta", delta => Has(delta, Ada.Id, "answered", 1)),
            farWall.NextAsync("delta", delta => Has(delta, Ada.Id, "answered", 1)));
        await SeesAsync(app, session, bea.Id, "position", 3);
        await SeesAsync(other, session, bea.Id, "position", 3);
    }

    /// <summary>The wall as it is shown to somebody who comes now, as soon as it says so.</summary>
    private static async Task SeesAsync(TriposApp server, Guid session, Guid learner, string field, int value)
    {
        var (wall, first) = await server.Watches(session);
        await using var here = wall;
        if (!first.GetProperty("participants").EnumerateArray().Any(one => one.GetProperty("learnerId").GetGuid() == learner && one.GetProperty(field).GetInt32() == value))
        {
            await wall.NextAsync("delta", delta => Has(delta, learner, field, value));
        }
    }

    private static bool Has(JsonElement delta, Guid learner, string field, int value) =>
        delta.GetProperty("participants").EnumerateArray().Any(one => one.GetProperty("learnerId").GetGuid() == learner && one.GetProperty(field).GetInt32() == value);

    private static JsonElement Ada_(JsonElement message) => message.GetProperty("participants").EnumerateArray().Single(one => one.GetProperty("learnerId").GetGuid() == Ada.Id);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
}
