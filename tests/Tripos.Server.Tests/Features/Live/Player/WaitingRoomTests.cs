using System.Net;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Live.Player;

public sealed class WaitingRoomTests(TriposApp app) : IClassFixture<TriposApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Before_it_opens_the_room_says_when()
    {
        var session = await app.HasSession(status: "scheduled", scheduledAt: new(2031, 3, 14, 9, 0, 0, TimeSpan.Zero), opensBeforeMs: 600_000);

        string html = await PageAsync(Ada, session);

        Assert.Contains("The waiting room is not open yet", html, StringComparison.Ordinal);
        Assert.Contains("2031-03-14T08:50:00Z", html, StringComparison.Ordinal);
        Assert.DoesNotContain("data-enter", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_will_be_noted_is_told_before_anybody_enters()
    {
        var session = await app.HasSession();

        string html = await PageAsync(Ada, session);

        Assert.Contains("Enter the waiting room", html, StringComparison.Ordinal);
        Assert.Contains("when you go to another tab or window", html, StringComparison.Ordinal);
        Assert.Contains("never an automatic verdict", html, StringComparison.Ordinal);
        Assert.Equal(0, await app.Value<int>("SELECT count(*)::integer FROM live_participants WHERE session_id = $1", session));
    }

    [Fact]
    public async Task Entering_by_the_form_joins_and_the_room_waits()
    {
        var session = await app.HasSession();

        var entered = await EnterAsync(Ada, session);

        Assert.Equal(HttpStatusCode.Found, entered.StatusCode);
        Assert.Equal($"/live/{session}", entered.Headers.Location?.AbsolutePath);
        Assert.Contains("You are in. Wait for Tess to start.", await PageAsync(Ada, session), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_it_has_started_the_room_leads_to_the_attempt_and_after_it_to_the_result()
    {
        var (session, attempt, ada) = await app.HasStarted();
        await using var _ = ada;

        Assert.Equal($"/attempts/{attempt}", await LeadsToAsync(Ada, session));
        await app.Steps(session, "completion");

        Assert.Equal($"/attempts/{attempt}/result", await LeadsToAsync(Ada, session));
    }

    [Fact]
    public async Task Who_comes_late_starts_from_the_room_with_what_is_left()
    {
        var (session, _, ada) = await app.HasStarted();
        await using var __ = ada;
        var late = await app.HasLearnerIn(session, "Lena");

        Assert.Contains("in the time that is left", await PageAsync(late, session), StringComparison.Ordinal);
        var entered = await EnterAsync(late, session);

        Assert.Equal($"/attempts/{await app.AttemptIn(session, late)}", entered.Headers.Location?.AbsolutePath);
    }

    [Fact]
    public async Task Who_was_taken_out_is_told_so_and_cannot_enter()
    {
        var (session, attempt, ada) = await app.HasStarted();
        await using var _ = ada;
        await app.Acts(session, new { kind = "remove", learnerIds = new[] { Ada.Id } });

        string html = await PageAsync(Ada, session);

        Assert.Contains("You were taken out of this session", html, StringComparison.Ordinal);
        Assert.Contains($"/attempts/{attempt}/result", html, StringComparison.Ordinal);
        Assert.DoesNotContain("data-enter", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cancelled", "This session was cancelled")]
    [InlineData("completed", "This session is over")]
    public async Task A_session_that_nobody_can_join_any_more_says_so(string status, string said)
    {
        var session = await app.HasSession();
        await app.Run("UPDATE live_sessions SET status = $2, started_at = CASE WHEN $2 = 'completed' THEN now() END, completed_at = CASE WHEN $2 = 'completed' THEN now() END, cancelled_at = CASE WHEN $2 = 'cancelled' THEN now() END WHERE id = $1",
            session, status);

        Assert.Contains(said, await PageAsync(Ada, session), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_teacher_is_sent_to_the_wall_and_a_stranger_finds_nothing()
    {
        var session = await app.HasSession();

        Assert.Equal($"/live/{session}/wall", await LeadsToAsync(Tess, session));
        Assert.Equal($"/live/{session}/wall", await LeadsToAsync(Root, session));
        Assert.Equal(HttpStatusCode.NotFound, (await app.As(Otto).GetAsync($"/live/{session}", Ct)).StatusCode);
    }

    [Fact]
    public async Task Who_is_only_listed_finds_the_room_too()
    {
        var session = await app.HasSession();
        await app.Run("INSERT INTO class_roster (class_id, normalized_email) SELECT class_id, 'OTTO@EXAMPLE.ORG' FROM live_sessions WHERE id = $1", session);

        Assert.Contains("Enter the waiting room", await PageAsync(Otto, session), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_with_spoken_answers_lets_the_microphone_be_tried()
    {
        var spoken = await app.HasSession(await app.HasTestOf(["pte-read-aloud"]));
        var written = await app.HasSession();

        Assert.Contains("data-microphone-check", await PageAsync(Ada, spoken), StringComparison.Ordinal);
        Assert.DoesNotContain("data-microphone-check", await PageAsync(Ada, written), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_script_the_room_looks_again_by_itself()
    {
        var session = await app.HasSession();
        await EnterAsync(Ada, session);

        string html = await PageAsync(Ada, session);

        Assert.Contains("<noscript><meta http-equiv=\"refresh\" content=\"20\"", html, StringComparison.Ordinal);
        Assert.Contains("Look whether it has started", html, StringComparison.Ordinal);
    }

    private async Task<string> PageAsync(Person reader, Guid session) => await (await app.As(reader).GetAsync($"/live/{session}", Ct)).Content.ReadAsStringAsync(Ct);

    private async Task<string?> LeadsToAsync(Person reader, Guid session) => (await app.As(reader).GetAsync($"/live/{session}", Ct)).Headers.Location?.AbsolutePath;

    private async Task<HttpResponseMessage> EnterAsync(Person learner, Guid session)
    {
        using var visit = new Visit(app.As(learner));
        return await visit.PostAsync($"/live/{session}", "enter");
    }
}
