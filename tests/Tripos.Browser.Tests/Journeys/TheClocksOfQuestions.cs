using Microsoft.Playwright;
using Tripos.Browser.Tests.Support;
using Tripos.Questions;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Tests.Support;
using static Microsoft.Playwright.Assertions;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Browser.Tests.Journeys;

/// <summary>Time of a question, plays of a sound and parts of a test in an exam. The browser's clock is moved, so that nobody waits.</summary>
public sealed class TheClocksOfQuestions(TriposSite site, Chromium chromium) : IClassFixture<TriposSite>
{
    private static readonly TestPolicy OneWay = new() { ShuffleQuestions = false, Linear = true };

    private static (string Kind, QuestionBody Body) Essay(string prompt, long? answerMs) =>
        ("essay", new Written { Prompt = prompt, Timing = new() { AnswerMs = answerMs } });

    private static (string Kind, QuestionBody Body) Dictation => EveryKind.All.First(question => question.Kind == "pte-write-from-dictation");

    [Fact]
    public async Task When_the_time_of_a_question_is_up_it_is_kept_as_it_is_and_the_next_one_follows()
    {
        var test = await site.HasTestOf([Essay("First?", 60_000), Essay("Second?", null)], "Timed", TestType.Exam, OneWay);
        await using var context = await site.OpensBrowser(chromium, Ada);
        var page = await context.NewPageAsync();
        await page.Clock.InstallAsync();
        var player = await new PlayerPage(page).Start(test);
        await Expect(player.Question(1).GetByRole(AriaRole.Timer)).ToContainTextAsync("Time for this question");

        await player.Question(1).Locator("[data-text]").FillAsync("Half a thought");
        await page.Clock.FastForwardAsync(31_000);
        await Expect(page.Locator("#announcer")).ToContainTextAsync("Half of the time is over");
        await page.Clock.FastForwardAsync(20_000);
        await Expect(page.Locator("#alarm")).ToHaveTextAsync("10 seconds left.");
        await page.Clock.FastForwardAsync(10_000);

        await Expect(player.Question(2)).ToBeVisibleAsync();
        await Expect(player.Question(1).Locator("[data-text]")).ToBeDisabledAsync();
        await player.IsSaved();
        Assert.Equal("Half a thought", (await site.StoredAt(PlayerPage.AttemptOf(page), 1)).GetProperty("text").GetString());
        await page.ReloadAsync();
        await player.IsReady();
        await Expect(player.Question(2)).ToBeVisibleAsync(); // no way back
    }

    [Fact]
    public async Task Practice_runs_the_clock_of_a_question_only_when_asked()
    {
        var test = await site.HasTestOf([Essay("First?", 60_000)], "Free");
        await using var context = await site.OpensBrowser(chromium, Ada);
        var page = await context.NewPageAsync();
        await page.Clock.InstallAsync();
        var player = await new PlayerPage(page).Start(test);
        await Expect(player.Question(1).GetByRole(AriaRole.Timer)).ToHaveCountAsync(0);

        await page.GetByLabel("Practise with the exam's clock").CheckAsync();
        await page.Clock.FastForwardAsync(61_000);
        await Expect(player.Question(1).Locator("[data-text]")).ToBeDisabledAsync();
        await page.GetByLabel("Practise with the exam's clock").UncheckAsync();

        await Expect(player.Question(1).Locator("[data-text]")).ToBeEnabledAsync();
    }

    [Fact]
    public async Task In_an_exam_a_sound_starts_by_itself_once_and_a_reload_gives_no_other_play()
    {
        var test = await site.HasTestOf([Dictation], "Heard", TestType.Exam);
        await using var context = await site.OpensBrowser(chromium, Ada);
        await MadeMedia.ServeAsync(context);
        var page = await context.NewPageAsync();
        await page.Clock.InstallAsync();
        var player = await new PlayerPage(page).Start(test);
        var state = page.Locator("[data-listen-state]");
        await Expect(state).ToContainTextAsync("Starts in 0:0");

        await page.Clock.FastForwardAsync(8_000);
        await PressPlayWhereTheBrowserWantsIt(page);
        await Expect(state).ToHaveTextAsync("Playing");
        await Expect(page.GetByRole(AriaRole.Slider, new() { Name = "Place in the recording" })).ToBeHiddenAsync();
        await page.ReloadAsync();
        await player.IsReady();
        await PressPlayWhereTheBrowserWantsIt(page); // cut off early: it goes on where it was
        await Expect(state).ToHaveTextAsync("You have heard the recording");
        await Expect(page.Locator("[data-plays-left]")).ToHaveTextAsync("Plays left: 0");
        await page.ReloadAsync();
        await player.IsReady();

        await Expect(state).ToHaveTextAsync("You have heard the recording");
        await Expect(page.Locator("[data-play]")).ToBeDisabledAsync();
    }

    [Fact]
    public async Task In_practice_a_sound_plays_as_often_as_one_likes()
    {
        var test = await site.HasTestOf([Dictation], "Heard freely");
        await using var context = await site.OpensBrowser(chromium, Ada);
        await MadeMedia.ServeAsync(context);
        var page = await context.NewPageAsync();
        await new PlayerPage(page).Start(test);
        var play = page.GetByRole(AriaRole.Button, new() { Name = "Play", Exact = true });

        for (int time = 0; time < 2; time++)
        {
            await play.ClickAsync();
            await Expect(page.Locator("[data-listen-state]")).ToHaveTextAsync("Playing");
            await page.GetByRole(AriaRole.Button, new() { Name = "Pause", Exact = true }).ClickAsync();
            await Expect(play).ToBeEnabledAsync();
        }

        await Expect(page.GetByRole(AriaRole.Slider, new() { Name = "Place in the recording" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_sound_that_cannot_be_loaded_blocks_no_answer()
    {
        var test = await site.HasTestOf([Dictation], "Unheard", TestType.Exam);
        await using var context = await site.OpensBrowser(chromium, Ada);
        bool isThere = false;
        await context.RouteAsync("**/media/*", route => isThere ? route.FulfillAsync(new() { ContentType = "audio/wav", BodyBytes = MadeMedia.Tone(1) }) : route.FulfillAsync(new() { Status = 404 }));
        var page = await context.NewPageAsync();
        var player = await new PlayerPage(page).Start(test);
        await Expect(page.Locator("[data-listen-state]")).ToContainTextAsync("could not be loaded");

        await player.Question(1).Locator("[data-text]").FillAsync("As I guess");
        await player.IsSaved();
        isThere = true;
        await page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();

        await Expect(page.Locator("[data-listen-state]")).ToContainTextAsync("Starts in");
    }

    [Fact]
    public async Task Parts_follow_each_other_by_hand_and_by_the_clock()
    {
        var test = await site.HasTestInParts(("Reading", 2, 60_000), ("Listening", 1, 60_000), ("Writing", 1, null));
        await using var context = await site.OpensBrowser(chromium, Ada);
        var page = await context.NewPageAsync();
        await page.Clock.InstallAsync();
        await page.GotoAsync($"/tests/{test.Id}");
        await page.Locator("form button.large").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 2 })).ToHaveTextAsync("Reading");
        await new Look(page, "light").Now("part-gate");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start part 1" }).ClickAsync();
        var player = new PlayerPage(page);
        await player.IsReady();
        await Expect(page.Locator("[data-move=back]")).ToBeHiddenAsync();
        await player.Choose(1, 1);
        await page.Locator("[data-move=next]").ClickAsync();
        await player.Choose(2, 1);

        await page.GetByRole(AriaRole.Button, new() { Name = "Finish this part…" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Finish this part", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Start part 2" }).ClickAsync();
        await player.IsReady();
        await player.Choose(3, 2);
        await page.Clock.FastForwardAsync(61_000);
        await page.GetByRole(AriaRole.Button, new() { Name = "Start part 3" }).ClickAsync();
        await player.IsReady();
        await player.Choose(4, 1);
        await player.Submit();

        await Expect(page.Locator(".stats").First).ToContainTextAsync("4 of 4");
    }

    [Fact]
    public async Task Time_in_a_tab_nobody_sees_is_not_counted()
    {
        var test = await site.HasTestOf([Essay("First?", null)], "Hidden");
        await using var context = await site.OpensBrowser(chromium, Ada);
        var page = await context.NewPageAsync();
        await page.Clock.InstallAsync();
        var player = await new PlayerPage(page).Start(test);

        await SetVisibilityAsync(page, "hidden");
        await page.Clock.FastForwardAsync(600_000);
        await SetVisibilityAsync(page, "visible");
        await page.Clock.FastForwardAsync(30_000);
        await player.Question(1).Locator("[data-text]").FillAsync("Seen");
        await player.IsSaved();

        Assert.InRange(await site.Value<long>("SELECT elapsed_ms::bigint FROM answers WHERE attempt_id = $1", PlayerPage.AttemptOf(page)), 30_000, 300_000);
    }

    private static async Task SetVisibilityAsync(IPage page, string state) => await page.EvaluateAsync("""
        state => { Object.defineProperty(document, 'visibilityState', { value: state, configurable: true }); document.dispatchEvent(new Event('visibilitychange')); }
        """, state);

    private static async Task PressPlayWhereTheBrowserWantsIt(IPage page)
    {
        var state = page.Locator("[data-listen-state]");
        await Expect(state).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("Playing|Press play|You have heard"));
        if ((await state.TextContentAsync())!.Contains("Press play", StringComparison.Ordinal))
        {
            await page.Locator("[data-play]").ClickAsync();
        }
    }
}
