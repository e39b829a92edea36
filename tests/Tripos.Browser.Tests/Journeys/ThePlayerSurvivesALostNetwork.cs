using Microsoft.Playwright;
using Tripos.Browser.Tests.Support;
using Tripos.Server.Platform.Data;
using Tripos.Server.Tests.Support;
using static Microsoft.Playwright.Assertions;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Browser.Tests.Journeys;

/// <summary>A learner loses the network in the middle of a test, goes on, reloads, comes back, and finds every answer in the result.</summary>
public sealed class ThePlayerSurvivesALostNetwork(TriposSite site, Chromium chromium) : IClassFixture<TriposSite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_given_offline_survive_a_reload_and_reach_the_result()
    {
        await using var context = await site.OpensBrowser(chromium, Ada);
        var (player, page, attempt) = await StartsAsync(context);
        await player.Choose(1, 1);
        await player.IsSaved();
        await player.IsKeptForOffline();

        await context.SetOfflineAsync(true);
        await player.Next();
        await player.Choose(2, 2);
        await player.Next();
        await player.Choose(3, 3);
        await player.IsWaiting(2);
        page.Dialog += (_, dialog) => dialog.AcceptAsync(); // the browser asks before it leaves answers behind
        await page.ReloadAsync();
        await player.IsReady();
        await player.IsChosen(1, 1);
        await player.IsChosen(2, 2);
        await player.IsChosen(3, 3);
        await player.IsWaiting(2);

        await context.SetOfflineAsync(false);
        await player.IsSaved();
        Assert.Equal(3, await AnsweredAsync(attempt));

        await player.Submit();
        await Expect(page.GetByText("Your answer", new() { Exact = true })).ToHaveCountAsync(3);
        await Expect(page.Locator(".stats")).ToContainTextAsync("3 of 4");
    }

    [Fact]
    public async Task Submitting_offline_waits_for_the_answers_and_then_goes_through()
    {
        await using var context = await site.OpensBrowser(chromium, Ada);
        var (player, page, attempt) = await StartsAsync(context);

        await context.SetOfflineAsync(true);
        await player.Choose(1, 2);
        await player.IsWaiting(1);
        await page.Keyboard.PressAsync("s");
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit now" }).ClickAsync();
        await Expect(page.Locator("[data-submit-status]")).ToContainTextAsync("No connection: 1 answer is waiting");

        await context.SetOfflineAsync(false);
        await page.WaitForURLAsync($"**/attempts/{attempt}/result");
        Assert.Equal(1, await AnsweredAsync(attempt));
    }

    [Fact]
    public async Task Two_tabs_of_one_browser_show_the_same_answers()
    {
        await using var context = await site.OpensBrowser(chromium, Ada);
        var (player, _, attempt) = await StartsAsync(context);
        var other = await context.NewPageAsync();
        await other.GotoAsync($"/attempts/{attempt}");
        var second = new PlayerPage(other);
        await second.IsReady();

        await player.Choose(1, 2);
        await second.IsChosen(1, 2);
        await second.Choose(1, 3);
        await player.IsChosen(1, 3);
        await player.IsSaved();

        Assert.Equal(1, await AnsweredAsync(attempt));
        await Expect(player.Refusal(1)).ToHaveCountAsync(0);
        await Expect(second.Refusal(1)).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Signed_out_in_the_middle_the_answers_wait_for_the_next_sign_in()
    {
        await using var context = await site.OpensBrowser(chromium, Ada);
        var (player, page, attempt) = await StartsAsync(context);
        var cookies = await context.CookiesAsync();

        await context.ClearCookiesAsync();
        await player.Choose(1, 2);
        await Expect(player.SaveState).ToContainTextAsync("You are signed out: sign in again in another tab. 1 answer waiting");
        await context.AddCookiesAsync(cookies.Select(c => new Cookie { Name = c.Name, Value = c.Value, Url = site.Address.ToString() }));
        await page.EvaluateAsync("window.dispatchEvent(new Event('online'))");

        await player.IsSaved();
        Assert.Equal(1, await AnsweredAsync(attempt));
    }

    private async Task<(PlayerPage Player, IPage Page, Guid Attempt)> StartsAsync(IBrowserContext context)
    {
        var quiz = await SampleTest.InsertAsync(site.Sql, questions: 4);
        var page = await context.NewPageAsync();
        return (await new PlayerPage(page).Start(quiz), page, PlayerPage.AttemptOf(page));
    }

    private async Task<int> AnsweredAsync(Guid attempt) =>
        (await site.Sql.QueryAsync("SELECT count(*)::integer FROM answers WHERE attempt_id = $1 AND sequence > 0", row => row.GetInt32(0), Ct, attempt))[0];
}
