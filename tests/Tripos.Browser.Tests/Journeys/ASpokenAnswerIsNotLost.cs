using Microsoft.Playwright;
using Tripos.Browser.Tests.Support;
using Tripos.Server.Features.Recordings;
using Tripos.Server.Tests.Support;
using static Microsoft.Playwright.Assertions;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Browser.Tests.Journeys;

/// <summary>In the player of an exam: a learner speaks, loses the network, reloads in the middle, hands in, and hears what was said in the result.</summary>
public sealed class ASpokenAnswerIsNotLost(TriposSite site, Chromium chromium) : IClassFixture<TriposSite>
{
    [Fact]
    public async Task A_lost_network_and_a_reload_in_the_middle_leave_the_answer_as_far_as_it_was_spoken()
    {
        await using var context = await site.OpensBrowser(chromium, Ada);
        await context.GrantPermissionsAsync(["microphone"]);
        var (page, attempt) = await StartsAsync(context);
        page.Dialog += (_, dialog) => dialog.AcceptAsync(); // the browser asks before it leaves what was not sent

        await page.WaitForResponseAsync("**/chunks/1");
        await context.SetOfflineAsync(true);
        await page.EvaluateAsync(RecorderPage.WaitForPieces, 4);
        await context.SetOfflineAsync(false);
        await page.ReloadAsync();
        await new PlayerPage(page).IsReady();
        await Expect(page.Locator("[data-recorder-state]").First).ToContainTextAsync("Recorded 0:0", new() { Timeout = 20_000 });
        await new PlayerPage(page).Submit();

        var take = Assert.Single(await ReadTakes.OfAttemptAsync(attempt, site.Sql, TestContext.Current.CancellationToken));
        Assert.Equal(RecordingState.Complete, take.State);
        Assert.InRange(take.DurationMs!.Value, 3500, 40_000);
        Assert.Equal(take.RecordingId.ToString(), await site.Value<string>("SELECT response->>'recording' FROM answers WHERE attempt_id = $1 AND position = 1", attempt));
        await Expect(page.Locator($"audio[src$='{take.RecordingId}/audio']")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_microphone_that_is_not_allowed_is_told_to_the_learner_and_in_the_result()
    {
        await using var context = await site.OpensBrowser(chromium, Ada);
        var (page, attempt) = await StartsAsync(context);

        await Expect(page.Locator("[data-recorder-trouble]").First).ToContainTextAsync("may not use the microphone");
        await new PlayerPage(page).Submit();

        await Expect(page.Locator(".notice", new() { HasText = "The microphone failed" })).ToContainTextAsync("Question 1: the browser was not allowed to use the microphone");
        await using var teachers = await site.OpensBrowser(chromium, Tess);
        var hers = await teachers.NewPageAsync();
        await hers.GotoAsync($"/attempts/{attempt}/result");
        await Expect(hers.GetByText("The microphone failed")).ToBeVisibleAsync();
    }

    private async Task<(IPage Page, Guid Attempt)> StartsAsync(IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        page.PageError += (_, fault) => Assert.Fail(fault);
        await new PlayerPage(page).Start(await site.HasSpeakingTest());
        return (page, PlayerPage.AttemptOf(page));
    }
}
