using System.Net;
using System.Net.Http.Json;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Live.Monitor;

/// <summary>The wall as it is read without script.</summary>
public sealed class WallPageTests(TriposApp app) : IClassFixture<TriposApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shows_everybody_as_of_now()
    {
        var (session, attempt, ada) = await app.HasStarted(await app.HasTest(questions: 4));
        await using var connected = ada;
        await app.HasLearnerIn(session, "Berta");
        (await app.Saves(Ada, attempt, 1, "a")).EnsureSuccessStatusCode();
        await ada.CallAsync("Beat", new { position = 2, visible = true, rttMs = 12 });

        string page = await Read(session);

        Assert.Contains("question 2 of 4", page, StringComparison.Ordinal);
        Assert.Contains("connected", page, StringComparison.Ordinal);
        Assert.Contains("not yet here", page, StringComparison.Ordinal);
        Assert.Contains("1 learner is still working", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_how_each_question_is_answered()
    {
        var (session, attempt, ada) = await app.HasStarted(await app.HasTest(questions: 2));
        await using var connected = ada;
        (await app.Saves(Ada, attempt, 1, "b")).EnsureSuccessStatusCode();

        string page = await Read(session, "?tab=questions");

        Assert.Contains("1 of 1 answered", page, StringComparison.Ordinal);
        Assert.Contains("0 % right so far", page, StringComparison.Ordinal);
        Assert.Contains("Nothing decided yet", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_the_code_of_the_class_while_it_waits_and_starts_only_with_somebody_there()
    {
        var session = await app.HasSession();
        await app.Run("UPDATE classes SET join_code = 'ABCDEFGH' WHERE id = (SELECT class_id FROM live_sessions WHERE id = $1)", session);

        string empty = await Read(session);
        await using var ada = await app.Attends(Ada, session);
        string ready = await Read(session);

        Assert.Contains("ABCD EFGH", empty, StringComparison.Ordinal);
        Assert.Contains("Somebody must be in the waiting room first.", empty, StringComparison.Ordinal);
        Assert.Matches("<button[^>]*disabled[^>]*aria-describedby=\"wall-start-why\"", empty);
        Assert.DoesNotMatch("<button[^>]*disabled[^>]*aria-describedby=\"wall-start-why\"", ready);
    }

    [Fact]
    public async Task Its_plain_forms_open_start_and_end_a_session()
    {
        var session = await app.HasSession(status: "scheduled");

        Assert.Equal(HttpStatusCode.Found, (await Post(session, "opening")).StatusCode);
        await using var ada = await app.Attends(Ada, session);
        Assert.Equal(HttpStatusCode.Found, (await Post(session, "start")).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await Post(session, "completion")).StatusCode);

        Assert.Equal("completed", await app.Value<string>("SELECT status FROM live_sessions WHERE id = $1", session));
        Assert.Contains($"/live/{session}/results", await Read(session), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_why_a_step_is_refused()
    {
        var session = await app.HasSession();

        string start = await (await Post(session, "start")).Content.ReadAsStringAsync(Ct);
        string end = await (await Post(session, "completion")).Content.ReadAsStringAsync(Ct);

        Assert.Contains("Nobody is here yet", start, StringComparison.Ordinal);
        Assert.Contains("cannot be completed now", end, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_learner_is_shown_closely_with_what_happened_lately()
    {
        var (session, _, ada) = await app.HasStarted();
        await using var connected = ada;
        (await app.As(Ada).PostAsJsonAsync($"/api/live/sessions/{session}/events", new[] { new { id = Guid.CreateVersion7(), kind = "paste", at = DateTimeOffset.UtcNow, position = 2 } }, Ct)).EnsureSuccessStatusCode();
        (await app.Acts(session, new { kind = "message", learnerIds = new[] { Ada.Id }, text = "All well?" })).EnsureSuccessStatusCode();

        string panel = await app.As(Tess).GetStringAsync($"/live/{session}/wall/learners/{Ada.Id}", Ct);

        Assert.Contains("pasted text at question 2", panel, StringComparison.Ordinal);
        Assert.Contains("Tess wrote to Ada: “All well?”", WebUtility.HtmlDecode(panel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await app.As(Tess).GetAsync($"/live/{session}/wall/learners/{Otto.Id}", Ct)).StatusCode);
    }

    [Fact]
    public async Task Only_who_runs_the_session_sees_it()
    {
        var session = await app.HasSession();

        Assert.Equal(HttpStatusCode.NotFound, (await app.As(Ada).GetAsync($"/live/{session}/wall", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.As(Otto).GetAsync($"/live/{session}/wall", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.As(Root).GetAsync($"/live/{session}/wall", Ct)).StatusCode);
    }

    private async Task<string> Read(Guid session, string query = "") => WebUtility.HtmlDecode(await app.As(Tess).GetStringAsync($"/live/{session}/wall{query}", Ct));

    private async Task<HttpResponseMessage> Post(Guid session, string form)
    {
        using var visit = new Visit(app.As(Tess));
        return await visit.PostAsync($"/live/{session}/wall", form);
    }
}
