using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Live.Player;

public sealed class PausedPageTests(TriposApp app) : IClassFixture<TriposApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_paused_attempt_shows_no_question_and_how_much_time_is_left()
    {
        var (session, attempt, ada) = await app.HasStarted();
        await using var _ = ada;
        await app.Acts(session, new { kind = "pause" });

        string html = await PageAsync(attempt);

        Assert.Contains("Paused by your teacher", html, StringComparison.Ordinal);
        Assert.Contains("Left for the test:", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Question 1?", html, StringComparison.Ordinal);
        Assert.Contains("http-equiv=\"refresh\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_form_sends_during_a_pause_is_kept_on_the_page_and_saved_after_it()
    {
        var (session, attempt, ada) = await app.HasStarted();
        await using var _ = ada;
        using var visit = new Visit(app.As(Ada));
        string asked = await (await visit.GetAsync($"/attempts/{attempt}")).Content.ReadAsStringAsync(Ct);
        await app.Acts(session, new { kind = "pause" });

        var sent = await visit.SendAsync(new(HttpMethod.Post, $"/attempts/{attempt}") { Content = Visit.Form(asked, "player", ("q1", "b"), ("s1", "0"), ("then", "stay")) });
        string kept = await sent.Content.ReadAsStringAsync(Ct);
        Assert.Contains("name=\"q1\" value=\"b\"", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("http-equiv=\"refresh\"", kept, StringComparison.Ordinal); // it would throw the answers away
        Assert.Null(await app.ChosenAt(attempt, 1));
        await app.Acts(session, new { kind = "resume" });
        await visit.SendAsync(new(HttpMethod.Post, $"/attempts/{attempt}") { Content = Visit.Form(kept, "player", ("q1", "b"), ("s1", "0"), ("then", "stay")) });

        Assert.Equal("b", await app.ChosenAt(attempt, 1));
    }

    [Fact]
    public async Task The_player_knows_its_session_and_how_long_it_was_paused()
    {
        var (session, attempt, ada) = await app.HasStarted();
        await using var _ = ada;
        await app.Run("UPDATE attempts SET paused_ms = 61000 WHERE id = $1", attempt);

        string html = await PageAsync(attempt);

        Assert.Contains($"data-session=\"{session}\"", html, StringComparison.Ordinal);
        Assert.Contains("data-paused-ms=\"61000\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("data-session=", await PageAsync(await app.Starts(Ada, await app.HasTest())), StringComparison.Ordinal);
    }

    private async Task<string> PageAsync(Guid attempt) => await (await app.As(Ada).GetAsync($"/attempts/{attempt}", Ct)).Content.ReadAsStringAsync(Ct);
}
