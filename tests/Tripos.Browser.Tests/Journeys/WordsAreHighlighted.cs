using Microsoft.Playwright;
using Tripos.Browser.Tests.Support;
using Tripos.Server.Platform.Data;
using Tripos.Server.Tests.Support;
using static Microsoft.Playwright.Assertions;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Browser.Tests.Journeys;

/// <summary>A learner highlights words with the mouse and with the keyboard, comments, loses the network, and finds it all in the review; so does the teacher.</summary>
public sealed class WordsAreHighlighted(TriposSite site, Chromium chromium) : IClassFixture<TriposSite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_the_keyboard_alone()
    {
        await using var context = await site.OpensBrowser(chromium, Ada);
        var (page, attempt) = await StartsAsync(context);

        await OpensAsync(page);
        await Expect(Chosen(page)).ToHaveTextAsync("Which");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("Shift+ArrowRight");
        await Expect(Chosen(page)).ToHaveTextAsync("of the");
        await page.Keyboard.PressAsync("End");
        await page.Keyboard.PressAsync("ArrowRight"); // on into the passage
        await page.Keyboard.PressAsync("Shift+ArrowDown");
        await Expect(Chosen(page)).ToHaveTextAsync("The harbour was built in three stages.");
        await page.Keyboard.PressAsync("2");
        await page.Keyboard.PressAsync("Enter");
        await Expect(Row(page, "The harbour was built in three stages.")).ToContainTextAsync("green");
        await page.Keyboard.PressAsync("c");
        await page.Keyboard.TypeAsync("Three of them");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).PressAsync("Enter");
        await Expect(Row(page, "The harbour")).ToContainTextAsync("Three of them");
        await page.Keyboard.PressAsync("Escape");

        await Expect(Panel(page)).ToHaveCountAsync(0);
        await Expect(Control(page)).ToBeFocusedAsync();
        await Expect(Control(page)).ToContainTextAsync("(1)");
        Assert.Equal("passage 0 green Three of them", await StoredAsync(attempt, 1));
        Assert.Equal(0, await site.Value<int>("SELECT count(*)::integer FROM answers WHERE attempt_id = $1 AND sequence > 0", attempt)); // no key went to the answer
    }

    [Fact]
    public async Task With_the_mouse_and_all_of_it_is_in_the_review()
    {
        await using var context = await site.OpensBrowser(chromium, Ada);
        var (page, attempt) = await StartsAsync(context);

        await Control(page).ClickAsync();
        await page.GetByLabel("Blue").First.CheckAsync();
        var passage = page.Locator("#q-1 .passage");
        await SelectsAsync(page, passage, "breakwater", "followed");
        await Expect(Row(page, "breakwater followed")).ToContainTextAsync("blue");
        await PressesAsync(page, passage, "winters");
        await Expect(Chosen(page)).ToHaveTextAsync("winters");
        await page.GetByRole(AriaRole.Button, new() { Name = "More", Exact = true }).ClickAsync();
        await Expect(Chosen(page)).ToHaveTextAsync("winters in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Highlight", Exact = true }).Last.ClickAsync();
        await Row(page, "winters in").GetByRole(AriaRole.Button, new() { Name = "Edit" }).ClickAsync();
        await page.GetByLabel("Comment").FillAsync("How many?");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.Locator("#q-1 [data-marks] > li")).ToHaveCountAsync(2);
        Assert.Equal(["blue"], await page.EvaluateAsync<string[]>("[...CSS.highlights.keys()].filter((name) => name.startsWith('marked-')).map((name) => name.slice(7))"));
        await Row(page, "breakwater followed").GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Expect(page.Locator("#q-1 [data-marks] > li")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Done", Exact = true }).ClickAsync();
        await new PlayerPage(page).Submit();

        await Expect(page.Locator("#r-1 [data-highlights]")).ToContainTextAsync("winters in");
        await Expect(page.Locator("#r-1 [data-highlights]")).ToContainTextAsync("How many?");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show in the text" }).ClickAsync();
        await Expect(page.Locator("#r-1 .passage")).ToBeVisibleAsync();
        Assert.Equal("winters in", await page.EvaluateAsync<string>("[...CSS.highlights.get('marked-blue')].map(String).join()"));

        await using var school = await site.OpensBrowser(chromium, Tess);
        var teacher = await school.NewPageAsync();
        await teacher.GotoAsync($"/attempts/{attempt}/result");
        await Expect(teacher.Locator("#r-1 [data-highlights]")).ToContainTextAsync("How many?");
    }

    [Fact]
    public async Task Without_a_network_they_wait_in_the_browser()
    {
        await using var context = await site.OpensBrowser(chromium, Ada);
        var (page, attempt) = await StartsAsync(context);
        await new PlayerPage(page).IsKeptForOffline();

        await context.SetOfflineAsync(true);
        await OpensAsync(page);
        await page.Keyboard.PressAsync("Enter");
        await Expect(Panel(page)).ToContainTextAsync("Kept in this browser, not sent yet");
        await page.ReloadAsync();
        await new PlayerPage(page).IsReady();
        await Expect(Control(page)).ToContainTextAsync("(1)");
        await OpensAsync(page);
        await Expect(Row(page, "Which")).ToContainTextAsync("yellow");

        await context.SetOfflineAsync(false);
        await Expect(Panel(page)).Not.ToContainTextAsync("Kept in this browser", new() { Timeout = 20_000 });
        Assert.Equal("prompt 0 yellow ", await StoredAsync(attempt, 1));
    }

    [Fact]
    public async Task A_question_that_is_checked_keeps_them()
    {
        var attempt = await site.StartsPractice(Ada);
        await using var context = await site.OpensBrowser(chromium, Ada);
        var page = await context.NewPageAsync();
        await page.GotoAsync($"/attempts/{attempt}");
        var player = new PlayerPage(page);
        await player.IsReady();
        await OpensAsync(page);
        await page.Keyboard.PressAsync("Enter");
        await Expect(Control(page)).ToContainTextAsync("(1)");
        await player.Choose(1, 1);
        await player.IsSaved();

        await page.GetByRole(AriaRole.Button, new() { Name = "Check the answer" }).ClickAsync();

        await Expect(page.Locator("#q-1 [data-verdict]")).ToBeVisibleAsync();
        await Expect(Control(page)).ToContainTextAsync("(1)");
        Assert.Equal(1, await page.EvaluateAsync<int>("[...CSS.highlights.get('marked-yellow')].filter((range) => range.startContainer.isConnected).length"));
        await Control(page).ClickAsync();
        await Expect(page.Locator("[data-marks] > li")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Where_the_browser_cannot_mark_ranges_elements_are_drawn()
    {
        await using var context = await site.OpensBrowser(chromium, Ada);
        await context.AddInitScriptAsync("delete window.Highlight");
        var (page, _) = await StartsAsync(context);

        await OpensAsync(page);
        await page.Keyboard.PressAsync("Shift+ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#q-1 .prompt mark.marked[data-colour=yellow]")).ToHaveTextAsync("Which parts of the harbour were finished?");
        await page.Keyboard.PressAsync("Delete");

        await Expect(page.Locator("#q-1 mark.marked")).ToHaveCountAsync(0);
        await Expect(page.Locator("#q-1 .prompt")).ToHaveTextAsync("Which parts of the harbour were finished?");
    }

    [Fact]
    public async Task The_words_to_mark_in_an_answer_stay_an_answer()
    {
        await using var context = await site.OpensBrowser(chromium, Ada);
        await MadeMedia.ServeAsync(context);
        var (page, attempt) = await StartsAsync(context, "pte-highlight-incorrect-words");

        await OpensAsync(page);
        await page.Keyboard.PressAsync("End");
        await page.Keyboard.PressAsync("ArrowRight"); // there is nothing behind the question

        await Expect(Chosen(page)).ToHaveTextAsync("hear");
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("#q-1 [data-words] label").Nth(3).ClickAsync();
        await new PlayerPage(page).IsSaved();
        Assert.Equal(0, await site.Value<int>("SELECT count(*)::integer FROM annotations WHERE attempt_id = $1", attempt));
    }

    [Theory]
    [InlineData("light", ColorScheme.Light, 1200, 800)]
    [InlineData("dark", ColorScheme.Dark, 1200, 800)]
    [InlineData("phone", ColorScheme.Light, 360, 740)]
    [InlineData("zoomed", ColorScheme.Light, 600, 400)]
    public async Task Every_look_is_accessible(string name, ColorScheme scheme, int width, int height)
    {
        await using var context = await site.OpensBrowser(chromium, Ada, scheme, width, height);
        var (page, _) = await StartsAsync(context);
        var look = new Look(page, name);

        await OpensAsync(page);
        foreach (string digit in (string[])["1", "2", "3", "4"])
        {
            await page.Keyboard.PressAsync(digit);
            await page.Keyboard.PressAsync("Enter");
            await page.Keyboard.PressAsync("ArrowDown");
        }

        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("c");
        await page.Keyboard.TypeAsync("Ask about this.");
        await look.Now("player-highlight-edit");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await look.Now("player-highlights");
        await page.Keyboard.PressAsync("Escape");
        await look.Now("player-highlighted");
        await new PlayerPage(page).Submit();
        await look.Now("highlights-review");
    }

    private static async Task OpensAsync(IPage page)
    {
        await page.Keyboard.PressAsync("h");
        await Expect(page.Locator("[data-chooser]")).ToBeFocusedAsync();
    }

    private static ILocator Panel(IPage page) => page.Locator("[data-highlighter]");

    private static ILocator Control(IPage page) => page.Locator("#q-1 [data-action=highlight]");

    private static ILocator Chosen(IPage page) => page.Locator("[data-chosen]");

    private static ILocator Row(IPage page, string words) => page.Locator("[data-marks] > li").Filter(new() { HasText = words });

    private async Task<(IPage Page, Guid Attempt)> StartsAsync(IBrowserContext context, string kind = "pte-reading-multiple-choice-multiple")
    {
        var test = await site.HasTestOf(EveryKind.All.Where(each => each.Kind == kind), "The harbour");
        var page = await context.NewPageAsync();
        await new PlayerPage(page).Start(test);
        await Expect(Control(page)).ToBeEnabledAsync();
        return (page, PlayerPage.AttemptOf(page));
    }

    private async Task<string> StoredAsync(Guid attempt, int position)
    {
        string? stored = null;
        while (stored is null && !Ct.IsCancellationRequested)
        {
            stored = (await site.Sql.QueryAsync("SELECT passage || ' ' || first || ' ' || colour || ' ' || comment FROM annotations WHERE attempt_id = $1 AND position = $2 AND removed_at IS NULL", row => row.GetString(0), Ct, attempt, (short)position)).SingleOrDefault();
        }

        return stored!;
    }

    /// <summary>Drags from the middle of one word to the middle of another.</summary>
    private static async Task SelectsAsync(IPage page, ILocator passage, string from, string to)
    {
        var (start, end) = (await PlaceAsync(passage, from), await PlaceAsync(passage, to));
        await page.Mouse.MoveAsync(start.X, start.Y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(end.X, end.Y, new() { Steps = 5 });
        await page.Mouse.UpAsync();
    }

    private static async Task PressesAsync(IPage page, ILocator passage, string word)
    {
        var (x, y) = await PlaceAsync(passage, word);
        await page.Mouse.ClickAsync(x, y);
    }

    private static async Task<(float X, float Y)> PlaceAsync(ILocator passage, string word)
    {
        float[] place = await passage.EvaluateAsync<float[]>("""
            (element, word) => {
                const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
                while (walker.nextNode()) {
                    const at = walker.currentNode.data.indexOf(word);
                    if (at >= 0) {
                        const range = document.createRange();
                        range.setStart(walker.currentNode, at);
                        range.setEnd(walker.currentNode, at + word.length);
                        element.closest('.question').scrollIntoView();
                        const box = range.getBoundingClientRect();
                        return [box.x + box.width / 2, box.y + box.height / 2];
                    }
                }
            }
            """, word);
        return (place[0], place[1]);
    }
}
