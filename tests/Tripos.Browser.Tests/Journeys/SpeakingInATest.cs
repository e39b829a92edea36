using Microsoft.Playwright;
using Tripos.Browser.Tests.Support;
using Tripos.Questions;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Tests.Support;
using static Microsoft.Playwright.Assertions;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Browser.Tests.Journeys;

/// <summary>Spoken questions in the player: freely in practice, by the clock in an exam, through a reload, and without a microphone.</summary>
public sealed class SpeakingInATest(TriposSite site, Chromium chromium) : IClassFixture<TriposSite>
{
    private static readonly (string Kind, QuestionBody Body)[] Questions =
        [EveryKind.All.First(question => question.Kind == "pte-read-aloud"), ("short-text", new ShortText { Prompt = "And then?", Accepted = ["nothing"] })];

    private static readonly TestPolicy OneWay = new() { ShuffleQuestions = false, Linear = true };

    [Fact]
    public async Task Practice_records_plays_back_and_records_again()
    {
        var (page, player) = await StartsAsync(TestType.Practice, allowed: true);
        var look = new Look(page, "light");
        await look.Now("player-spoken-idle");

        await page.GetByRole(AriaRole.Button, new() { Name = "Start recording" }).ClickAsync();
        await SomethingIsHeard(page);
        await look.Now("player-spoken-recording");
        await page.GetByRole(AriaRole.Button, new() { Name = "I am done" }).ClickAsync();
        await Expect(page.Locator("[data-recorder-state]")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"Recorded \d:\d\d, saved"));
        await Expect(page.Locator("[data-playback]")).ToBeVisibleAsync();
        await player.IsSaved();
        string? first = await RecordingAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Record again" }).ClickAsync();
        await SomethingIsHeard(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "I am done" }).ClickAsync();
        await Expect(page.Locator("[data-recorder-state]")).ToContainTextAsync("saved");
        await player.IsSaved();
        await look.Now("player-spoken-saved");

        Assert.NotEqual(first, await RecordingAsync(page));
        await player.Submit();
        await Expect(page.GetByText("Your recording,")).ToBeVisibleAsync();
        await look.Now("spoken-result");
    }

    [Fact]
    public async Task A_take_without_a_sound_says_so_and_leaves_the_one_before()
    {
        var (page, player) = await StartsAsync(TestType.Practice, allowed: true);
        await page.GetByRole(AriaRole.Button, new() { Name = "Start recording" }).ClickAsync();
        await SomethingIsHeard(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "I am done" }).ClickAsync();
        await Expect(page.Locator("[data-recorder-state]")).ToContainTextAsync("saved");
        await player.IsSaved();
        string? first = await RecordingAsync(page);

        await page.EvaluateAsync("() => { Blob.prototype.arrayBuffer = async () => new ArrayBuffer(0); }"); // stopped in the moment it began
        await page.GetByRole(AriaRole.Button, new() { Name = "Record again" }).ClickAsync();
        await SomethingIsHeard(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "I am done" }).ClickAsync();

        await Expect(page.Locator("[data-trouble-message]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-recorder-state]")).ToContainTextAsync("Recorded");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Record again" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "I am done" })).ToBeHiddenAsync();
        await player.IsSaved();
        Assert.Equal(first, await RecordingAsync(page));
    }

    [Fact]
    public async Task An_exam_prepares_records_and_moves_on_by_itself()
    {
        var (page, player) = await StartsAsync(TestType.Exam, allowed: true, clock: true);
        await Expect(page.Locator("[data-recorder-state]")).ToContainTextAsync("Get ready");

        await page.Clock.FastForwardAsync(36_000);
        await SomethingIsHeard(page);
        await page.Clock.FastForwardAsync(41_000);

        await Expect(player.Question(2)).ToBeVisibleAsync();
        await player.IsSaved();
        Assert.NotNull(await RecordingAsync(page));
        await player.Submit();
        await Expect(page.GetByText("Your recording,")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_reload_in_the_middle_of_an_exam_recording_keeps_what_was_said()
    {
        var (page, player) = await StartsAsync(TestType.Exam, allowed: true, clock: true);
        await Expect(page.Locator("[data-recorder-state]")).ToContainTextAsync("Get ready");
        await page.Clock.FastForwardAsync(36_000);
        await SomethingIsHeard(page);
        await SomethingIsKept(page);

        page.Dialog += (_, dialog) => dialog.AcceptAsync();
        await page.ReloadAsync();
        await player.IsReady();

        await Expect(page.Locator("[data-recorder-state]")).ToContainTextAsync("Recorded");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Record again" })).ToBeHiddenAsync();
        await player.IsSaved();
        Assert.NotNull(await RecordingAsync(page));
    }

    [Fact]
    public async Task Without_a_microphone_the_test_goes_on()
    {
        var (page, player) = await StartsAsync(TestType.Exam, allowed: false);

        await Expect(page.Locator("[data-trouble-message]")).ToHaveTextAsync("This page may not use the microphone.");
        await player.IsSaved();
        Assert.Equal("denied", (await site.StoredAt(PlayerPage.AttemptOf(page), 1)).GetProperty("trouble").GetString());
        await new Look(page, "light").Now("player-spoken-denied");
        await page.Locator("[data-move=next]").ClickAsync();
        await player.Question(2).Locator("[data-text]").FillAsync("nothing");
        await page.Locator(".player-moves [data-submit]").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit now" }).ClickAsync();

        await page.WaitForURLAsync("**/result");
        await Expect(page.GetByText("There is no recording: the browser was not allowed")).ToBeVisibleAsync();
    }

    private async Task<(IPage Page, PlayerPage Player)> StartsAsync(TestType type, bool allowed, bool clock = false)
    {
        var test = await site.HasTestOf(Questions, "Spoken", type, type == TestType.Exam ? OneWay : null);
        var context = await site.OpensBrowser(chromium, Ada);
        if (allowed)
        {
            await context.GrantPermissionsAsync(["microphone"]);
        }

        var page = await context.NewPageAsync();
        if (clock)
        {
            await page.Clock.InstallAsync();
        }

        return (page, await new PlayerPage(page).Start(test));
    }

    private static Task SomethingIsHeard(IPage page) => Expect(page.Locator("[data-spoken][data-recording] [data-level]:not([value='0'])")).ToBeVisibleAsync();

    /// <summary>The first second of sound is in this browser's storage.</summary>
    private static async Task SomethingIsKept(IPage page) => await page.EvaluateAsync("""
        async () => {
            const count = () => new Promise((resolve) => { indexedDB.open('tripos-recordings', 1).onsuccess = ({ target }) => {
                target.result.transaction('chunks').objectStore('chunks').count().onsuccess = (counted) => { target.result.close(); resolve(counted.target.result); }; }; });
            while ((await count()) === 0) { await new Promise(requestAnimationFrame); }
        }
        """);

    private async Task<string?> RecordingAsync(IPage page) => (await site.StoredAt(PlayerPage.AttemptOf(page), 1)).GetProperty("recording").GetString();
}
