using Tripos.Browser.Tests.Support;
using Tripos.Server.Platform.Data;
using Tripos.Server.Tests.Support;
using static Microsoft.Playwright.Assertions;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Browser.Tests.Journeys;

/// <summary>Two devices sit the same attempt: the stale one is told, shows the newer answer, and loses nothing.</summary>
public sealed class TheNewerAnswerWins(TriposSite site, Chromium chromium) : IClassFixture<TriposSite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stale_device_shows_the_newer_answer_and_can_insist_on_its_own()
    {
        var quiz = await SampleTest.InsertAsync(site.Sql, questions: 3);
        await using var laptop = await site.OpensBrowser(chromium, Ada);
        var page = await laptop.NewPageAsync();
        var atLaptop = await new PlayerPage(page).Start(quiz);
        var attempt = PlayerPage.AttemptOf(page);
        await using var phone = await site.OpensBrowser(chromium, Ada, width: 360);
        var other = await phone.NewPageAsync();
        await other.GotoAsync($"/attempts/{attempt}");
        var atPhone = new PlayerPage(other);
        await atPhone.IsReady();

        await laptop.SetOfflineAsync(true);
        await atLaptop.Choose(1, 1);
        await atLaptop.IsWaiting(1);
        await atPhone.Choose(1, 2);
        await atPhone.IsSaved();
        await laptop.SetOfflineAsync(false);

        await Expect(atLaptop.Refusal(1)).ToContainTextAsync("changed on another device");
        await atLaptop.IsChosen(1, 2);
        await atLaptop.Refusal(1).GetByText("Use mine instead").ClickAsync();
        await atLaptop.IsChosen(1, 1);
        await atLaptop.IsSaved();
        await Expect(atLaptop.Refusal(1)).ToBeHiddenAsync();
        Assert.Equal(["accepted", "stale", "accepted"], await OutcomesAsync(attempt));
    }

    private Task<List<string>> OutcomesAsync(Guid attempt) =>
        site.Sql.QueryAsync("SELECT outcome FROM answer_events WHERE attempt_id = $1 AND position = 1 ORDER BY id", row => row.GetString(0), Ct, attempt);
}
