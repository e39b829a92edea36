using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Tripos.Browser.Tests.Support;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Browser.Tests.Journeys;

/// <summary>The wall of a class of 25, looked at as a teacher does.</summary>
public sealed partial class TheWall(TriposSite site, Chromium chromium) : IClassFixture<TriposSite>
{
    [Theory]
    [InlineData("light", ColorScheme.Light, 1440, 900)]
    [InlineData("dark", ColorScheme.Dark, 1440, 900)]
    [InlineData("phone", ColorScheme.Light, 360, 740)]
    [InlineData("zoomed", ColorScheme.Light, 600, 400)] // 1200 x 800 at 200 %
    public async Task Is_read_at_a_glance(string how, ColorScheme scheme, int width, int height)
    {
        await using var room = await Classroom.OpensAsync(site, present: 22);
        await using var context = await site.OpensBrowser(chromium, Tess, scheme, width, height);
        var page = await context.NewPageAsync();
        var look = new Look(page, how);

        await page.GotoAsync($"/live/{room.Session}/wall");
        await IsLive(page);
        await room.Beats();
        await look.Now("wall-waiting");

        await page.GetByRole(AriaRole.Button, new() { Name = "Start the session" }).ClickAsync();
        var asked = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(asked).ToContainTextAsync("3 learners are not here yet");
        await asked.GetByRole(AriaRole.Button, new() { Name = "Start the session" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-state-words]")).ToHaveTextAsync("In progress");
        await HaveWorked(room);
        await IsLive(page);
        await room.Beats();
        await Assertions.Expect(Tile(page, "Grace Hopper")).ToContainTextAsync("pasted text at question 4");
        await look.Now("wall");

        await page.GetByRole(AriaRole.Link, new() { Name = "Table", Exact = true }).ClickAsync();
        await room.Beats();
        await look.Now("wall-table");
        await page.GetByRole(AriaRole.Link, new() { Name = "Tiles", Exact = true }).ClickAsync();

        await Tile(page, "Grace Hopper").GetByRole(AriaRole.Link).PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Grace Hopper" })).ToBeFocusedAsync();
        await room.Beats();
        await look.Now("wall-learner");
        await page.Keyboard.PressAsync("Escape");

        await page.Locator(".wall-tabs").GetByRole(AriaRole.Link, new() { Name = "Questions" }).ClickAsync();
        await Assertions.Expect(page.Locator(".question-card").First).ToContainTextAsync("answered");
        await look.Now("wall-questions");
        await page.GetByRole(AriaRole.Link, new() { Name = "What was done" }).ClickAsync();
        await look.Now("wall-log");
        await page.GetByRole(AriaRole.Link, new() { Name = "Learners", Exact = true }).ClickAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Message all" }).ClickAsync();
        await look.Now("wall-message");
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause all" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Let all go on" })).ToBeVisibleAsync();
        await Assertions.Expect(Tile(page, "Ada Lovelace")).ToContainTextAsync("paused");
        await room.Beats();
        await look.Now("wall-paused");

        await page.GetByRole(AriaRole.Button, new() { Name = "End the session" }).ClickAsync();
        await Assertions.Expect(asked).ToContainTextAsync("22 learners are still working");
        await asked.GetByRole(AriaRole.Button, new() { Name = "End the session" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Results of the session" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[data-count='submitted']")).ToHaveTextAsync("22");
        await look.Now("wall-ended");
    }

    [Fact]
    public async Task Says_when_it_is_not_live_and_queues_nothing()
    {
        await using var room = await Classroom.OpensAsync(site, present: 2);
        await using var context = await site.OpensBrowser(chromium, Tess);
        var page = await context.NewPageAsync();
        await page.GotoAsync($"/live/{room.Session}/wall");
        await IsLive(page);

        await context.SetOfflineAsync(true);
        await Assertions.Expect(page.Locator("[data-stale-words]")).ToContainTextAsync(NotLiveSince());
        await Assertions.Expect(Tile(page, "Ada Lovelace")).Not.ToContainTextAsync("lost");
        await page.GetByRole(AriaRole.Button, new() { Name = "Message all" }).ClickAsync();
        await page.GetByLabel("Message", new() { Exact = true }).FillAsync("Can you hear me?");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Assertions.Expect(page.Locator("#wall-message [data-refused]")).ToContainTextAsync("The server was not reached");
        await page.Keyboard.PressAsync("Escape");
        await context.SetOfflineAsync(false);

        await IsLive(page);
        await Assertions.Expect(page.Locator("[data-stale]")).ToBeHiddenAsync();
        Assert.Equal(0, await site.Value<int>("SELECT count(*)::integer FROM live_actions WHERE session_id = $1 AND kind = 'message'", room.Session));
    }

    [Fact]
    public async Task Is_worked_by_keyboard_and_says_why_an_action_is_refused()
    {
        await using var room = await Classroom.OpensAsync(site, present: 3);
        await using var context = await site.OpensBrowser(chromium, Tess);
        var page = await context.NewPageAsync();
        (await site.Steps(room.Session, "start")).EnsureSuccessStatusCode();
        await page.GotoAsync($"/live/{room.Session}/wall?sort=progress");
        await IsLive(page);
        await room.Leaves(2);
        await Assertions.Expect(page.Locator("[data-announcer]")).ToHaveTextAsync("Amira Haddad: lost the connection.");

        await page.GetByLabel("Show", new() { Exact = true }).SelectOptionAsync("attention");
        await Assertions.Expect(page.Locator(".tile:visible")).ToHaveCountAsync(1);
        await page.GetByLabel("Show", new() { Exact = true }).SelectOptionAsync("working");
        await page.GetByLabel("Order").SelectOptionAsync("name");
        await Tile(page, "Ada Lovelace").GetByRole(AriaRole.Link).FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Alan Turing" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("m");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Message to Alan Turing" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");

        (await site.Acts(room.Session, new { kind = "pause" })).EnsureSuccessStatusCode();
        await Assertions.Expect(Tile(page, "Alan Turing")).ToContainTextAsync("paused");
        await Tile(page, "Alan Turing").GetByRole(AriaRole.Link).PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Let go on" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-problem]")).ToContainTextAsync("The whole session is paused");
    }

    [GeneratedRegex(@"Not live since \d\d:\d\d:\d\d — reconnecting")]
    private static partial Regex NotLiveSince();

    private static async Task HaveWorked(Classroom room)
    {
        await Task.WhenAll(Enumerable.Range(0, 22).Select(i => room.Answers(i, i * 5 % 11)));
        await room.Reports(9, "paste", 4);
        await room.Reports(3, "tab_hidden", 2);
        await room.Leaves(14);
    }

    private static ILocator Tile(IPage page, string name) => page.Locator(".tile").Filter(new() { HasText = name });

    private static Task IsLive(IPage page) => Assertions.Expect(page.Locator("[data-freshness]")).ToContainTextAsync("live, ");
}
