using Microsoft.Playwright;
using Tripos.Browser.Tests.Support;
using Tripos.Questions;
using Tripos.Server.Tests.Support;
using static Microsoft.Playwright.Assertions;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Browser.Tests.Journeys;

/// <summary>Typing is stored by itself; a reload in the middle of a word, a lost network and a browser without script lose nothing.</summary>
public sealed class WhatIsTypedIsNotLost(TriposSite site, Chromium chromium) : IClassFixture<TriposSite>
{
    private static readonly (string, QuestionBody)[] Essay = [("essay", new Written { Prompt = "Write." })];

    [Fact]
    public async Task A_reload_in_the_middle_of_a_word_keeps_it()
    {
        await using var context = await site.OpensBrowser(chromium, Ada);
        var (page, player, field) = await StartsAsync(context);

        await field.FocusAsync();
        await page.Keyboard.TypeAsync("In the middle of a wo");
        await page.ReloadAsync();
        await player.IsReady();

        await Expect(field).ToHaveValueAsync("In the middle of a wo");
        await player.IsSaved();
        Assert.Equal("In the middle of a wo", await TextAsync(page));
    }

    [Fact]
    public async Task Typed_without_a_network_it_survives_a_reload_and_arrives()
    {
        await using var context = await site.OpensBrowser(chromium, Ada);
        var (page, player, field) = await StartsAsync(context);
        await player.IsKeptForOffline();

        await context.SetOfflineAsync(true);
        await field.FocusAsync();
        await page.Keyboard.TypeAsync("Nobody hears ");
        await player.IsWaiting(1);
        await page.Keyboard.TypeAsync("me");
        page.Dialog += (_, dialog) => dialog.AcceptAsync();
        await page.ReloadAsync();
        await player.IsReady();
        await Expect(field).ToHaveValueAsync("Nobody hears me");
        await context.SetOfflineAsync(false);
        await player.IsSaved();

        Assert.Equal("Nobody hears me", await TextAsync(page));
    }

    [Fact]
    public async Task Submitting_at_once_hands_in_the_last_key()
    {
        await using var context = await site.OpensBrowser(chromium, Ada);
        var (page, _, field) = await StartsAsync(context);
        var attempt = PlayerPage.AttemptOf(page);

        await field.FillAsync("Done.");
        await page.Locator(".player-moves [data-submit]").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit now" }).ClickAsync();
        await page.WaitForURLAsync("**/result");

        Assert.Equal("Done.", (await site.StoredAt(attempt, 1)).GetProperty("text").GetString());
        await Expect(page.GetByText("Not evaluated yet").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Without_script_every_kind_but_speaking_is_a_form()
    {
        var test = await site.HasTestOf(EveryKind.All, "All as a form");
        await using var context = await site.OpensBrowser(chromium, Ada, script: false);
        await MadeMedia.ServeAsync(context);
        var page = await context.NewPageAsync();
        await page.GotoAsync($"/tests/{test}");
        await page.Locator("form button.large").ClickAsync();
        var player = new PlayerPage(page);
        var attempt = PlayerPage.AttemptOf(page);

        await player.Choose(1, 2);
        await player.Question(2).Locator("select").Nth(0).SelectOptionAsync("a1");
        foreach (var (part, place) in new[] { ("a", "2"), ("b", "1"), ("c", "3") })
        {
            await player.Question(3).Locator($"[data-part={part}] select").SelectOptionAsync(place);
        }

        await player.Question(4).Locator("[data-gap='2']").FillAsync("0");
        await player.Question(5).Locator("[data-gap='1']").SelectOptionAsync("b");
        await player.Question(6).Locator("[data-gap='3']").SelectOptionAsync("w");
        await player.Question(7).Locator("[data-text]").FillAsync("Eliot");
        await player.Question(8).Locator("[data-text]").FillAsync("384,4");
        await player.Question(9).Locator("[data-words] input").Nth(3).CheckAsync();
        await player.Question(10).GetByLabel("from the left").Nth(0).FillAsync("25");
        await player.Question(10).GetByLabel("from the top").Nth(0).FillAsync("12.5");
        await player.Question(11).Locator("[data-text]").FillAsync("One line\nand another");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save my answers" }).ClickAsync();
        await Expect(page.GetByText("11 answers saved.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save my answers" }).ClickAsync();
        await Expect(page.GetByText("0 answers saved.")).ToBeVisibleAsync();

        Assert.Equal("""{"order": ["b", "a", "c"]}""", await RawAsync(attempt, 3));
        Assert.Equal("""{"marked": [3]}""", await RawAsync(attempt, 9));
        Assert.Equal("""{"points": [{"x": 0.25, "y": 0.125}]}""", await RawAsync(attempt, 10));
        Assert.Equal("""{"text": "One line\nand another"}""", await RawAsync(attempt, 11));
    }

    private async Task<(IPage Page, PlayerPage Player, ILocator Field)> StartsAsync(IBrowserContext context)
    {
        var test = await site.HasTestOf(Essay, "Typed");
        var page = await context.NewPageAsync();
        var player = await new PlayerPage(page).Start(test);
        return (page, player, player.Question(1).Locator("[data-text]"));
    }

    private async Task<string?> TextAsync(IPage page) => (await site.StoredAt(PlayerPage.AttemptOf(page), 1)).GetProperty("text").GetString();

    private Task<string?> RawAsync(Guid attempt, int position) =>
        site.Value<string?>("SELECT response::text FROM answers WHERE attempt_id = $1 AND position = $2", attempt, (short)position);
}
