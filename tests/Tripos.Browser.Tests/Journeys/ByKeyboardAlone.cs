using Microsoft.Playwright;
using Tripos.Browser.Tests.Support;
using Tripos.Server.Tests.Support;
using static Microsoft.Playwright.Assertions;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Browser.Tests.Journeys;

/// <summary>From the list of tests to the result without a pointer; and the same form without script.</summary>
public sealed class ByKeyboardAlone(TriposSite site, Chromium chromium) : IClassFixture<TriposSite>
{
    [Fact]
    public async Task A_test_can_be_sat_by_keyboard()
    {
        await SampleTest.InsertAsync(site.Sql, title: "Keyboard quiz", questions: 3);
        await using var context = await site.OpensBrowser(chromium, Ada);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/");
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("t");
        await page.WaitForURLAsync("**/tests");
        await page.GetByRole(AriaRole.Link, new() { Name = "Keyboard quiz", Exact = true }).PressAsync("Enter");
        await page.WaitForURLAsync("**/tests/*");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start the quiz" }).PressAsync("Enter");
        var player = new PlayerPage(page);
        await player.IsReady();

        await page.Keyboard.PressAsync("2");
        await player.IsChosen(1, 2);
        await page.Keyboard.PressAsync("c");
        await page.Keyboard.PressAsync("4");
        await Expect(player.Question(1).Locator("[data-confidence] input[value='4']")).ToBeCheckedAsync();
        await page.Keyboard.PressAsync("f");
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(player.Question(2)).ToBeVisibleAsync();
        await Expect(player.Question(1)).ToBeHiddenAsync();
        await page.Keyboard.PressAsync("1");
        await page.Keyboard.PressAsync("Enter");
        await Expect(player.Question(3)).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(player.Question(2)).ToBeVisibleAsync();
        await player.IsSaved();
        await page.Keyboard.PressAsync("s");
        await Expect(page.Locator("[data-list=unanswered]")).ToContainTextAsync("1 not answered");
        await Expect(page.Locator("[data-list=flagged]")).ToContainTextAsync("1 flagged");
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit now" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await page.WaitForURLAsync("**/result");
        await Expect(page.GetByText("you were sure (4 of 5)")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Without_script_the_page_is_a_form()
    {
        var quiz = await SampleTest.InsertAsync(site.Sql, questions: 3);
        await using var context = await site.OpensBrowser(chromium, Ada, script: false);
        var page = await context.NewPageAsync();
        await page.GotoAsync($"/tests/{quiz}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start the quiz" }).ClickAsync();
        var player = new PlayerPage(page);

        await player.Choose(1, 1);
        await player.Choose(3, 2);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save my answers" }).ClickAsync();
        await Expect(page.GetByText("2 answers saved.")).ToBeVisibleAsync();
        await player.IsChosen(3, 2);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and submit the test" }).ClickAsync();

        await page.WaitForURLAsync("**/result");
        await Expect(page.Locator(".stats")).ToContainTextAsync("2 of 3");
    }
}
