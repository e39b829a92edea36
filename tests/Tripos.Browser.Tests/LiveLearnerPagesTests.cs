using Microsoft.Playwright;
using Tripos.Browser.Tests.Support;
using Tripos.Server.Tests.Support;
using static Microsoft.Playwright.Assertions;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Browser.Tests;

/// <summary>What a learner sees of a live session, in both themes, on a phone and at 200 % zoom.</summary>
public sealed class LiveLearnerPagesTests(TriposSite site, Chromium chromium) : IClassFixture<TriposSite>
{
    [Theory]
    [InlineData("light", ColorScheme.Light, 1200, 800)]
    [InlineData("dark", ColorScheme.Dark, 1200, 800)]
    [InlineData("phone", ColorScheme.Light, 360, 740)]
    [InlineData("zoomed", ColorScheme.Light, 600, 400)] // 1200 x 800 at 200 %
    public async Task Every_page_is_accessible_and_fits(string name, ColorScheme scheme, int width, int height)
    {
        var test = new MadeTest(await site.HasTestOf(EveryKind.All, $"Every kind, {name}"), [], []);
        var session = await site.HasSession(test, status: "scheduled", limitMs: 1_200_000, scheduledAt: DateTimeOffset.UtcNow.AddHours(1), opensBeforeMs: 600_000);
        await site.Run("UPDATE live_sessions SET full_screen = true WHERE id = $1", session);
        await using var context = await site.OpensBrowser(chromium, Ada, scheme, width, height);
        await MadeMedia.ServeAsync(context);
        var page = await context.NewPageAsync();
        var look = new Look(page, name);

        await look.At($"/live/{session}", "live-not-open");
        await site.Steps(session, "opening");
        await look.At($"/live/{session}", "live-open");
        await page.GetByRole(AriaRole.Button, new() { Name = "Enter the waiting room" }).ClickAsync();
        await Expect(page.Locator("[data-presence-time]")).ToContainTextAsync("connection");
        await site.Acts(session, new { kind = "message", text = "Good morning. We start in two minutes." });
        await Expect(page.Locator("[data-notices] .notice")).ToHaveCountAsync(1);
        await look.Now("live-waiting");
        await site.Steps(session, "start");
        await page.WaitForURLAsync("**/attempts/*");
        await new PlayerPage(page).IsReady();
        await Expect(page.Locator("[data-full-screen]")).ToBeVisibleAsync();
        await site.Acts(session, new { kind = "message", text = "In question 2, “capital” means the seat of government. A longer message has room as well, and it wraps: https://example.org/a-very-long-address-without-any-place-to-break-it" });
        await site.Acts(session, new { kind = "extra_time", ms = 120_000 });
        await Expect(page.Locator("[data-notices] .notice")).ToHaveCountAsync(2);
        await look.Now("player-live-notices");
        await site.Acts(session, new { kind = "pause" });
        await Expect(page.Locator("#paused")).ToBeVisibleAsync();
        await look.Now("player-live-paused");
        await look.At(page.Url, "player-live-paused-reloaded");
        await site.Acts(session, new { kind = "resume" });
        await new PlayerPage(page).IsReady();
        await page.Locator("[data-messages] summary").ClickAsync();
        await look.Now("player-live-messages");
        await site.Acts(session, new { kind = "remove", learnerIds = new[] { Ada.Id } });
        await Expect(page.Locator("#removed")).ToBeVisibleAsync();
        await look.Now("player-live-removed");
        await look.At($"/live/{session}", "live-removed");

        var another = await site.HasSession(test);
        await site.Steps(another, "cancellation");
        await look.At($"/live/{another}", "live-cancelled");
    }

    [Fact]
    public async Task Without_script_the_room_is_entered_and_a_pause_loses_no_answer()
    {
        var test = await site.HasTest(2);
        var session = await site.HasSession(test);
        await using var context = await site.OpensBrowser(chromium, Ada, script: false);
        var page = await context.NewPageAsync();

        await page.GotoAsync($"/live/{session}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Enter the waiting room" }).ClickAsync();
        await Expect(page.Locator("noscript a.button")).ToBeVisibleAsync();
        await using var other = await site.OpensBrowser(chromium, await site.HasLearnerIn(session, "Lena")); // a session starts with somebody connected
        var theirs = await other.NewPageAsync();
        await theirs.GotoAsync($"/live/{session}");
        await theirs.GetByRole(AriaRole.Button, new() { Name = "Enter the waiting room" }).ClickAsync();
        await Expect(theirs.Locator("[data-presence-words]")).ToHaveTextAsync("You are connected.");
        (await site.Steps(session, "start")).EnsureSuccessStatusCode();
        await page.Locator("noscript a.button").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Start now" }).ClickAsync();
        await page.WaitForURLAsync("**/attempts/*");
        await page.Locator("#q-1 input[value=b]").CheckAsync();
        await site.Acts(session, new { kind = "pause" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Save my answers" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Paused by your teacher" })).ToBeVisibleAsync();
        await Expect(page.Locator("[data-question]")).ToHaveCountAsync(0);
        await site.Acts(session, new { kind = "resume" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Save my answers and go on" }).ClickAsync();

        await Expect(page.GetByText("1 answer saved.")).ToBeVisibleAsync();
        Assert.Equal("b", await site.ChosenAt(await site.AttemptIn(session, Ada), 1));
    }
}
