using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Tripos.Browser.Tests.Support;

/// <summary>The player as a learner uses it.</summary>
public sealed partial class PlayerPage(IPage page)
{
    public ILocator Question(int position) => page.Locator($"#q-{position}");

    public ILocator Option(int position, int number) => Question(position).Locator("[data-options] input").Nth(number - 1);

    public ILocator SaveState => page.Locator("[data-save-state]");

    /// <summary>The inline notice that an answer was refused.</summary>
    public ILocator Refusal(int position) => Question(position).Locator("[data-refusal]");

    public static Guid AttemptOf(IPage page) => Guid.Parse(new Uri(page.Url).Segments[2].TrimEnd('/'));

    public async Task<PlayerPage> Start(Guid test)
    {
        await page.GotoAsync($"/tests/{test}");
        await page.Locator("form button.large").ClickAsync();
        await IsReady();
        return this;
    }

    /// <summary>The service worker has the page and its files.</summary>
    public Task IsKeptForOffline() => Assertions.Expect(page.Locator("#player[data-kept]")).ToBeVisibleAsync();

    public Task IsReady() => Assertions.Expect(page.Locator("#player[data-ready]")).ToBeVisibleAsync();

    public Task Choose(int position, int number) => Option(position, number).CheckAsync();

    public Task IsChosen(int position, int number) => Assertions.Expect(Option(position, number)).ToBeCheckedAsync();

    public Task Flag() => page.Keyboard.PressAsync("f");

    public async Task SetConfidence(int level)
    {
        await page.Keyboard.PressAsync("c");
        await page.Keyboard.PressAsync($"{level}");
    }

    public Task Next() => page.Keyboard.PressAsync("n");

    public Task ShowAll() => page.EvaluateAsync("document.querySelector('[data-mode-choice=all]').click()");

    public Task IsSaved() => Assertions.Expect(SaveState).ToHaveTextAsync(SavedAt(), new() { Timeout = 20_000 }); // the longest pause between two tries is 15 s

    public Task IsWaiting(int answers) =>
        Assertions.Expect(SaveState).ToContainTextAsync($"{answers} answer{(answers == 1 ? "" : "s")} waiting, kept in this browser");

    /// <summary>By the dialog, to the result page.</summary>
    public async Task Submit()
    {
        await page.Keyboard.PressAsync("s");
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit now" }).ClickAsync();
        await page.WaitForURLAsync("**/result");
    }

    [GeneratedRegex(@"^\s*Saved \d\d:\d\d:\d\d$")]
    private static partial Regex SavedAt();
}
