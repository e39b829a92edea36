using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Tripos.Browser.Tests.Support;
using Tripos.Questions;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Tests.Support;
using static Microsoft.Playwright.Assertions;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Browser.Tests.Journeys;

/// <summary>A learner sits a test with their class while the teacher acts on them from elsewhere.</summary>
public sealed partial class InALiveSession(TriposSite site, Chromium chromium) : IClassFixture<TriposSite>
{
    private const string Words = "Write one sentence.";

    [Fact]
    public async Task The_waiting_room_goes_to_the_test_and_a_lost_network_loses_nothing()
    {
        var session = await HasSessionAsync();
        await using var context = await site.OpensBrowser(chromium, Ada);
        var page = await context.NewPageAsync();

        await page.GotoAsync($"/live/{session}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What your teacher can see" })).ToBeVisibleAsync();
        await Expect(page.GetByText("never an automatic verdict")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Enter the waiting room" }).ClickAsync();
        await Expect(page.Locator("[data-presence-words]")).ToHaveTextAsync("You are connected.");
        await Expect(page.Locator("[data-presence-time]")).ToContainTextAsync("connection");
        await site.Steps(session, "start");
        await page.WaitForURLAsync("**/attempts/*");
        var player = new PlayerPage(page);
        await player.IsReady();
        await player.Choose(1, 1);
        await player.IsSaved();
        await player.IsKeptForOffline();
        var attempt = PlayerPage.AttemptOf(page);

        await context.SetOfflineAsync(true);
        await player.Choose(1, 2);
        await player.IsWaiting(1);
        page.Dialog += (_, dialog) => dialog.AcceptAsync(); // the browser asks before it leaves answers behind
        await page.ReloadAsync();
        await player.IsReady();
        await player.IsChosen(1, 2);
        await player.IsWaiting(1);
        await site.Acts(session, new { kind = "message", text = "Said while Ada was away" });
        await context.SetOfflineAsync(false);
        await player.IsSaved();

        await Expect(Notice(page)).ToContainTextAsync("Said while Ada was away");
        await Acknowledged(session, "message");
        Assert.Equal("b", await site.ChosenAt(attempt, 1));
        await site.Eventually("SELECT string_agg(kind, ' ' ORDER BY at) FROM live_events WHERE session_id = $1 AND kind LIKE 'network%'", "network_lost network_back", session);
    }

    [Fact]
    public async Task What_was_typed_just_before_a_pause_counts_and_the_clock_stands_still()
    {
        var (session, context, page) = await SitsAsync();
        await using var _ = context;
        await page.Locator("[data-timer]").WaitForAsync();
        await OnWordsAsync(page);
        await page.Keyboard.TypeAsync("Typed before the pause");
        await page.EvaluateAsync("async () => { for (let i = 0; i < 10; i++) { await new Promise(requestAnimationFrame); } }"); // two clocks are compared, to a hundredth of a second or so

        await site.Acts(session, new { kind = "pause" });
        await Expect(page.Locator("#paused")).ToBeVisibleAsync();
        await Acknowledged(session, "paused");
        await site.Eventually("SELECT response->>'text' FROM answers WHERE attempt_id = $1 AND position = 2", "Typed before the pause", PlayerPage.AttemptOf(page));
        string left = await page.Locator("[data-time-left]").InnerTextAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#paused")).ToBeVisibleAsync();
        await site.Acts(session, new { kind = "message", text = "A minute, please" });
        await Expect(Notice(page)).ToContainTextAsync("A minute, please");
        await page.GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).ClickAsync();
        Assert.Equal(left, await page.Locator("[data-time-left]").InnerTextAsync());

        await site.Acts(session, new { kind = "resume" });
        await Expect(page.Locator("#paused")).ToBeHiddenAsync();
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Your answer" })).ToHaveValueAsync("Typed before the pause");
        await page.Keyboard.PressAsync("p");
        await new PlayerPage(page).Choose(1, 2);
        await new PlayerPage(page).IsSaved();
    }

    [Fact]
    public async Task The_clock_of_a_question_stands_still_in_a_pause()
    {
        var test = await site.HasTestOf([("essay", new Written { Prompt = Words, Timing = new() { AnswerMs = 59_000 } })], "A timed quiz", TestType.Quiz);
        var (session, context, page) = await SitsAsync(new MadeTest(test, [], []));
        await using var _ = context;
        var clock = page.Locator("[data-item-clock] b");
        await Expect(clock).ToContainTextAsync("0:5");

        await site.Acts(session, new { kind = "pause" });
        await Expect(page.Locator("#paused")).ToBeVisibleAsync();
        int before = Seconds(await clock.InnerTextAsync());
        await site.Eventually("SELECT (now() > paused_at + interval '4 seconds')::text FROM attempts WHERE session_id = $1", "true", session);
        await site.Acts(session, new { kind = "resume" });
        await Expect(page.Locator("#paused")).ToBeHiddenAsync();

        Assert.InRange(Seconds(await clock.InnerTextAsync()), before - 2, before + 1);
    }

    [Fact]
    public async Task Who_was_away_at_the_start_gets_their_attempt_when_they_come_back()
    {
        var (session, context, page) = await SitsAsync();
        await using var _ = context;
        var late = await site.HasLearnerIn(session, "Lena");
        (await site.Joins(late, session)).EnsureSuccessStatusCode();
        await site.Run("UPDATE live_participants SET attempt_id = NULL WHERE session_id = $1 AND learner_id = $2", session, late.Id); // in the room, and asleep when it started
        await site.Run("DELETE FROM attempts WHERE session_id = $1 AND learner_id = $2", session, late.Id);
        await using var theirs = await site.OpensBrowser(chromium, late);
        var other = await theirs.NewPageAsync();

        await other.GotoAsync($"/live/{session}");

        await other.WaitForURLAsync("**/attempts/*");
        await new PlayerPage(other).IsReady();
    }

    [Fact]
    public async Task Between_two_parts_the_learner_is_in_the_session_too()
    {
        var session = await site.HasSession(await site.HasTestInParts(("Reading", 1, 60_000), ("Writing", 1, 60_000)));
        await using var context = await site.OpensBrowser(chromium, Ada);
        var page = await EntersAsync(context, session);
        (await site.Steps(session, "start")).EnsureSuccessStatusCode();
        await Expect(page.Locator("[data-resting=in_progress][data-ready]")).ToBeVisibleAsync();

        await site.Acts(session, new { kind = "message", text = "Take your time" });
        await Expect(Notice(page)).ToContainTextAsync("Take your time");
        await site.Acts(session, new { kind = "pause" });
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Paused by your teacher" })).ToBeVisibleAsync();
        await Expect(page.Locator("[data-resting=paused][data-ready]")).ToBeVisibleAsync();
        await site.Acts(session, new { kind = "resume" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Start part 1" }).ClickAsync();

        await new PlayerPage(page).IsReady();
        await Expect(page.Locator("#player[data-attending]")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_answer_given_during_a_pause_the_page_has_not_heard_of_is_sent_after_it()
    {
        var (session, context, page) = await SitsAsync();
        await using var _ = context;
        var player = new PlayerPage(page);
        await site.Run("UPDATE attempts SET status = 'paused', paused_at = now() WHERE session_id = $1", session); // nobody has told the page

        await player.Choose(1, 3);

        await Expect(page.Locator("#paused")).ToBeVisibleAsync();
        await Expect(player.Refusal(1)).ToHaveCountAsync(0);
        await site.Acts(session, new { kind = "resume" });
        await Expect(page.Locator("#paused")).ToBeHiddenAsync();
        await player.IsSaved();
        Assert.Equal("c", await site.ChosenAt(PlayerPage.AttemptOf(page), 1));
    }

    [Fact]
    public async Task Opened_while_paused_no_question_is_shown_until_it_goes_on()
    {
        var (session, context, page) = await SitsAsync();
        await using var _ = context;
        await site.Acts(session, new { kind = "pause" });
        await Expect(page.Locator("#paused")).ToBeVisibleAsync();

        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Paused by your teacher" })).ToBeVisibleAsync();
        await Expect(page.Locator("[data-question]")).ToHaveCountAsync(0);
        await site.Acts(session, new { kind = "resume" });

        await new PlayerPage(page).IsReady();
        await Expect(page.Locator("[data-question]")).ToHaveCountAsync(2);
        await Acknowledged(session, "resumed");
    }

    [Fact]
    public async Task A_message_stays_until_it_is_dismissed_and_extra_time_moves_the_clock()
    {
        var (session, context, page) = await SitsAsync();
        await using var _ = context;

        await site.Acts(session, new { kind = "message", text = "Question 2 has a typo: read “two”." });
        await Expect(Notice(page)).ToContainTextAsync("Question 2 has a typo");
        await Acknowledged(session, "message");
        await page.GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).ClickAsync();
        await Expect(Notice(page)).ToHaveCountAsync(0);
        await page.Locator("[data-messages] summary").ClickAsync();
        await Expect(page.Locator("[data-messages] li")).ToContainTextAsync("Question 2 has a typo");

        await Expect(page.Locator("[data-time-left]")).ToHaveTextAsync(NineMinutes());
        await site.Acts(session, new { kind = "extra_time", ms = 300_000 });
        await Expect(Notice(page)).ToContainTextAsync("5 minutes more");
        await Expect(page.Locator("[data-time-left]")).ToHaveTextAsync(FourteenMinutes());
        await Acknowledged(session, "extra_time");
    }

    [Fact]
    public async Task A_forced_end_takes_what_was_typed_and_goes_to_the_result()
    {
        var (session, context, page) = await SitsAsync();
        await using var _ = context;
        await OnWordsAsync(page);
        await page.Keyboard.TypeAsync("The last words");
        await new PlayerPage(page).IsSaved();
        var attempt = PlayerPage.AttemptOf(page);

        await site.Acts(session, new { kind = "submit", learnerIds = new[] { Ada.Id } });

        await page.WaitForURLAsync("**/result*");
        await Expect(page.GetByText("handed in by a teacher")).ToBeVisibleAsync();
        await Acknowledged(session, "submitted");
        Assert.Equal("The last words", await site.Value<string>("SELECT response->>'text' FROM answers WHERE attempt_id = $1 AND position = 2", attempt));
    }

    [Fact]
    public async Task The_end_of_the_session_goes_to_the_result()
    {
        var (session, context, page) = await SitsAsync();
        await using var _ = context;

        await site.Steps(session, "completion");

        await page.WaitForURLAsync("**/result*");
        await page.GotoAsync($"/live/{session}");
        await page.WaitForURLAsync("**/result*");
    }

    [Fact]
    public async Task Who_is_taken_out_is_told_so()
    {
        var (session, context, page) = await SitsAsync();
        await using var _ = context;

        await site.Acts(session, new { kind = "remove", learnerIds = new[] { Ada.Id } });

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Your teacher has taken you out of this session" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "See your result" }).ClickAsync();
        await page.WaitForURLAsync("**/result*");
        await Acknowledged(session, "removed");
        await page.GotoAsync($"/live/{session}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "You were taken out of this session" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_was_told_beforehand_is_noted_with_its_context()
    {
        var (session, context, page) = await SitsAsync();
        await using var _ = context;
        await OnWordsAsync(page);
        await page.Keyboard.TypeAsync("copied");
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.PressAsync("Control+C");
        await page.Keyboard.PressAsync("End");
        await page.Keyboard.PressAsync("Control+V");
        await page.Locator("[data-current] [data-heading]").ClickAsync(new() { Button = MouseButton.Right });
        await page.EvaluateAsync("window.dispatchEvent(new Event('blur'))");
        await page.EvaluateAsync("window.dispatchEvent(new Event('focus'))");
        await page.EvaluateAsync("for (let i = 0; i < 30; i++) { document.dispatchEvent(new Event('contextmenu')); }");
        string player = page.Url;
        await page.GotoAsync("/");
        await page.GotoAsync(player); // sends what was not sent in leaving

        await site.Eventually("SELECT string_agg(DISTINCT kind, ' ' ORDER BY kind) FROM live_events WHERE session_id = $1 AND kind NOT IN ('joined', 'connected', 'disconnected', 'page_opened', 'tab_hidden')",
            "context_menu copy many page_closed paste window_blur window_focus", session);
        Assert.Equal("copied 6 true 2", await site.Value<string>(
            "SELECT concat_ws(' ', details->>'text', details->>'length', details->>'inAnswer', position) FROM live_events WHERE session_id = $1 AND kind = 'paste'", session));
        Assert.Equal("10 21", await site.Value<string>(
            "SELECT concat_ws(' ', count(*) FILTER (WHERE kind = 'context_menu'), max(details->>'more')) FROM live_events WHERE session_id = $1", session));
    }

    [Fact]
    public async Task An_attempt_of_ones_own_is_not_watched()
    {
        var quiz = await SampleTest.InsertAsync(site.Sql, questions: 2);
        await using var context = await site.OpensBrowser(chromium, Ada);
        var page = await context.NewPageAsync();
        List<string> asked = [];
        page.Request += (_, request) => asked.Add(new Uri(request.Url).AbsolutePath);

        var player = await new PlayerPage(page).Start(quiz);
        await player.Choose(1, 1);
        await player.IsSaved();

        Assert.DoesNotContain(asked, path => path.Contains("/live/", StringComparison.Ordinal) || path.Contains("signalr", StringComparison.Ordinal));
    }

    private async Task<Guid> HasSessionAsync()
    {
        var test = await site.HasTestOf([("single-choice", Exams.Choice("Question 1?", "a")), ("short-text", new ShortText { Prompt = Words, Accepted = ["Yes"] })], "A quiz", TestType.Quiz);
        return await site.HasSession(new MadeTest(test, [], []), limitMs: 600_000);
    }

    /// <summary>Ada in the player of a session that has just started.</summary>
    private async Task<(Guid Session, IBrowserContext Context, IPage Page)> SitsAsync(MadeTest? test = null)
    {
        var session = test is null ? await HasSessionAsync() : await site.HasSession(test);
        var context = await site.OpensBrowser(chromium, Ada);
        var page = await EntersAsync(context, session);
        (await site.Steps(session, "start")).EnsureSuccessStatusCode();
        await page.WaitForURLAsync("**/attempts/*");
        await new PlayerPage(page).IsReady();
        await Expect(page.Locator("#player[data-attending]")).ToBeVisibleAsync();
        return (session, context, page);
    }

    /// <summary>In the waiting room, and connected.</summary>
    private static async Task<IPage> EntersAsync(IBrowserContext context, Guid session)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync($"/live/{session}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Enter the waiting room" }).ClickAsync();
        await Expect(page.Locator("[data-presence-words]")).ToHaveTextAsync("You are connected.");
        return page;
    }

    /// <summary>0:58 is 58.</summary>
    private static int Seconds(string digits) => int.Parse(digits.Trim().Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);

    private static async Task OnWordsAsync(IPage page)
    {
        await page.Keyboard.PressAsync("n");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Your answer" }).FocusAsync();
    }

    private static ILocator Notice(IPage page) => page.Locator("[data-notices] .notice");

    /// <summary>Ada's page has said that it showed the action.</summary>
    private Task Acknowledged(Guid session, string kind) => site.Eventually(
        "SELECT bool_and(acknowledged_at IS NOT NULL)::text FROM live_receipts r JOIN live_actions a ON a.id = r.action_id WHERE a.session_id = $1 AND a.kind = $2", "true", session, kind);

    [GeneratedRegex(@"^\s*9:\d\d$")]
    private static partial Regex NineMinutes();

    [GeneratedRegex(@"^\s*14:\d\d$")]
    private static partial Regex FourteenMinutes();
}
