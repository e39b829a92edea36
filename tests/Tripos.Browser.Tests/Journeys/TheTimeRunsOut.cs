using Tripos.Browser.Tests.Support;
using Tripos.Server.Platform.Data;
using Tripos.Server.Tests.Support;
using static Microsoft.Playwright.Assertions;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Browser.Tests.Journeys;

/// <summary>The clock is the server's; at zero the player hands in by itself.</summary>
public sealed class TheTimeRunsOut(TriposSite site, Chromium chromium) : IClassFixture<TriposSite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_player_warns_and_then_hands_in_what_was_answered()
    {
        var quiz = await SampleTest.InsertAsync(site.Sql, questions: 3);
        await using var context = await site.OpensBrowser(chromium, Ada);
        var page = await context.NewPageAsync();
        var player = await new PlayerPage(page).Start(quiz);
        var attempt = PlayerPage.AttemptOf(page);
        await player.Choose(1, 1);
        await player.IsSaved();

        await site.Sql.ExecuteAsync("UPDATE attempts SET deadline_at = now() + interval '8 seconds', late_until = now() + interval '60 seconds' WHERE id = $1", Ct, attempt);
        await page.ReloadAsync();
        await Expect(page.Locator("#alarm")).ToHaveTextAsync("One minute left.");
        await page.WaitForURLAsync("**/result");

        await Expect(page.GetByText("handed in when the time was up")).ToBeVisibleAsync();
        await Expect(page.Locator(".stats")).ToContainTextAsync("1 of 3");
    }

    [Fact]
    public async Task An_answer_that_came_too_late_is_named_on_the_result()
    {
        var quiz = await SampleTest.InsertAsync(site.Sql, questions: 3);
        await using var context = await site.OpensBrowser(chromium, Ada);
        var page = await context.NewPageAsync();
        var player = await new PlayerPage(page).Start(quiz);
        var attempt = PlayerPage.AttemptOf(page);

        await context.SetOfflineAsync(true);
        await player.Choose(1, 1);
        await player.IsWaiting(1);
        await site.Sql.ExecuteAsync("UPDATE attempts SET deadline_at = now() - interval '3 minutes', late_until = now() - interval '1 minute' WHERE id = $1", Ct, attempt);
        await context.SetOfflineAsync(false);

        await page.WaitForURLAsync("**/result?late=1");
        await Expect(page.GetByText("Your answer to question 1 came after the time was up")).ToBeVisibleAsync();
    }
}
