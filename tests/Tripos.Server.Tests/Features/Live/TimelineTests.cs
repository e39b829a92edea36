using System.Net;
using System.Text.Json;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Live;

/// <summary>What happened in a session, in order, for those who run it.</summary>
public sealed class TimelineTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task It_tells_everything_in_order()
    {
        var (session, attempt, ada) = await app.HasStarted();
        await using var _ = ada;
        await app.Saves(Ada, attempt, 1, "b");
        await app.Saves(Ada, attempt, 1, "", sequence: 2, basedOn: 1);
        await app.HasMarked(Ada, attempt, comment: "Why?");
        await app.Acts(session, new { kind = "extra_time", learnerIds = new[] { Ada.Id }, ms = 60_000 });
        var action = await app.Value<Guid>("SELECT id FROM live_actions WHERE session_id = $1 AND kind = 'extra_time'", session);
        (await app.As(Ada).PutAsync($"/api/live/sessions/{session}/actions/{action}/receipt", null, Cancel)).EnsureSuccessStatusCode();
        await app.Submits(Ada, attempt);

        string[] told = [.. Entries(await app.TimelineOf(session, Ada.Id)).Where(entry => entry.GetProperty("group").GetString() != "presence").Select(entry => entry.GetProperty("kind").GetString()!)];

        Assert.Equal(["attempt_started", "started", "answer", "answer", "highlighted", "extra_time", "acknowledged", "attempt_submitted"], told.Where(kind => kind != "opened"));
    }

    [Fact]
    public async Task An_answer_says_where_it_stands_and_whether_anything_is_left_of_it()
    {
        var (session, attempt, ada) = await app.HasStarted();
        await using var _ = ada;
        await app.Saves(Ada, attempt, 2, "b");
        await app.Saves(Ada, attempt, 2, "", sequence: 2, basedOn: 1);

        var answers = Entries(await app.TimelineOf(session)).Where(entry => entry.GetProperty("kind").GetString() == "answer").ToList();

        Assert.Equal([(2, "accepted", true), (2, "accepted", false)], answers.Select(entry =>
            (entry.GetProperty("position").GetInt32(), entry.GetProperty("details").GetProperty("outcome").GetString()!, entry.GetProperty("details").GetProperty("answered").GetBoolean())));
    }

    [Theory]
    [InlineData("""{"value": 0}""", true)]
    [InlineData("""{"seen": true}""", true)]
    [InlineData("""{"gaps": {"1": ""}}""", false)]
    [InlineData("""{"gaps": {"1": "", "2": "x"}}""", true)]
    [InlineData("""{"marked": [0]}""", true)]
    [InlineData("""{"text": null, "done": false}""", false)]
    public async Task Whatever_its_form_an_answer_is_empty_when_nothing_in_it_says_anything(string response, bool answered)
    {
        var (session, attempt, ada) = await app.HasStarted();
        await using var _ = ada;
        await app.Run("INSERT INTO answer_events (attempt_id, position, sequence, outcome, response) VALUES ($1, 1, 1, 'accepted', $2::jsonb)", attempt, response);

        var answer = Entries(await app.TimelineOf(session)).Single(entry => entry.GetProperty("kind").GetString() == "answer");

        Assert.Equal(answered, answer.GetProperty("details").GetProperty("answered").GetBoolean());
    }

    [Fact]
    public async Task What_the_page_reports_keeps_its_own_time()
    {
        var (session, _, ada) = await app.HasStarted();
        await using var hub = ada;
        await app.Reports(Ada, session, ("tab_hidden", 2, 30), ("tab_visible", 2, 20));

        var reported = Entries(await app.TimelineOf(session, Ada.Id)).Where(entry => entry.GetProperty("group").GetString() == "integrity").ToList();

        Assert.Equal(["tab_hidden", "tab_visible"], reported.Select(entry => entry.GetProperty("kind").GetString()!));
        Assert.InRange((reported[1].GetProperty("at").GetDateTimeOffset() - reported[0].GetProperty("at").GetDateTimeOffset()).TotalSeconds, 9.9, 10.1);
        Assert.True(reported[0].GetProperty("details").TryGetProperty("receivedAt", out _));
    }

    [Fact]
    public async Task Only_those_who_run_the_session_are_told()
    {
        var (session, _, ada) = await app.HasStarted();
        await using var hub = ada;
        Person other = new(Otto.Id, "Another teacher", "learner", "teacher");

        Assert.Equal(HttpStatusCode.NotFound, await StatusFor(Ada, session));
        Assert.Equal(HttpStatusCode.NotFound, await StatusFor(other, session));
        Assert.Equal(HttpStatusCode.OK, await StatusFor(Root, session));
        Assert.Equal(HttpStatusCode.NotFound, (await app.As(Tess).GetAsync($"/api/live/sessions/{session}/timeline?learnerId={Otto.Id}", Cancel)).StatusCode);
    }

    [Fact]
    public async Task The_page_of_a_learner_says_what_stands_around_an_event()
    {
        var (session, attempt, ada) = await app.HasStarted();
        await using var _ = ada;
        await app.Reports(Ada, session, ("tab_hidden", 2, 30), ("tab_visible", 2, 18));
        await app.Saves(Ada, attempt, 2, "b");

        string page = WebUtility.HtmlDecode(await app.As(Tess).GetStringAsync($"/live/{session}/learners/{Ada.Id}?show=integrity", Cancel));

        Assert.Contains("hidden for 12 s", page, StringComparison.Ordinal);
        Assert.Contains("question 2 was answered 18 s after", page, StringComparison.Ordinal);
        Assert.Contains("evidence, not a verdict", page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-group=\"answers\"", page, StringComparison.Ordinal);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<HttpStatusCode> StatusFor(Person person, Guid session) => (await app.As(person).GetAsync($"/api/live/sessions/{session}/timeline", Cancel)).StatusCode;

    private static List<JsonElement> Entries(JsonElement timeline) => [.. timeline.GetProperty("entries").EnumerateArray()];
}
