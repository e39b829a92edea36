using Microsoft.Playwright;
using Tripos.Browser.Tests.Support;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Browser.Tests;

/// <summary>Every page of sitting a test, looked at in both themes, on a phone and at 200 % zoom: nothing for axe to say, nothing wider than the screen.</summary>
public sealed class PagesTests(TriposSite site, Chromium chromium) : IClassFixture<TriposSite>
{
    [Theory]
    [InlineData("light", ColorScheme.Light, 1200, 800)]
    [InlineData("dark", ColorScheme.Dark, 1200, 800)]
    [InlineData("phone", ColorScheme.Light, 360, 740)]
    [InlineData("zoomed", ColorScheme.Light, 600, 400)] // 1200 x 800 at 200 %
    public async Task Every_page_is_accessible_and_fits(string name, ColorScheme scheme, int width, int height)
    {
        var quiz = await SampleTest.InsertAsync(site.Sql, title: $"Data types, {name}", questions: 6);
        var exam = await SampleTest.InsertAsync(site.Sql, SampleTest.Exam, title: $"Entry exam, {name}", questions: 6);
        await SampleTest.InsertAsync(site.Sql, title: $"Module 2 quiz, {name}", questions: 2, keyed: false);
        await using var context = await site.OpensBrowser(chromium, Tess, scheme, width, height);
        var page = await context.NewPageAsync();
        var look = new Look(page, name);

        await using (var stranger = await site.OpensBrowser(chromium, null, scheme, width, height))
        {
            var door = await stranger.NewPageAsync();
            await new Look(door, name).At("/", "welcome");
            await Assertions.Expect(door.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Prepare for an exam, calmly");
        }

        await using (var otto = await site.OpensBrowser(chromium, Otto, scheme, width, height))
        {
            var his = new Look(await otto.NewPageAsync(), name);
            await his.At("/history", "history-empty");
            await his.At($"/attempts/{Guid.CreateVersion7()}", "missing");
        }

        await look.At("/questions", "questions");
        await look.At("/tests", "tests");
        await look.At($"/tests/{exam}", "start");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start the exam" }).ClickAsync();
        var player = new PlayerPage(page);
        await player.IsReady();
        await player.Choose(1, 2);
        await player.Flag();
        await player.SetConfidence(4);
        await player.Next();
        await player.Choose(2, 1);
        await player.IsSaved();
        await look.Now("player");
        await page.Keyboard.PressAsync("s");
        await look.Now("player-submit");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("?");
        await look.Now("player-keys");
        await page.Keyboard.PressAsync("Escape");
        await context.SetOfflineAsync(true);
        await player.Choose(2, 2);
        await player.IsWaiting(1);
        await look.Now("player-offline");
        await context.SetOfflineAsync(false);
        await player.IsSaved();
        await player.ShowAll();
        await look.Now("player-all");
        await player.Submit();
        await look.Now("result");

        await page.GotoAsync($"/tests/{quiz}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start the quiz" }).ClickAsync();
        await player.IsReady();
        await look.At("/", "home");
        await look.At("/history", "history");
    }

    [Fact]
    public async Task The_player_of_a_30_question_exam_weighs_less_than_100_kB_on_a_first_visit()
    {
        var exam = await SampleTest.InsertAsync(site.Sql, SampleTest.Exam);
        await using var before = await site.OpensBrowser(chromium, Ada);
        var starting = await before.NewPageAsync();
        await new PlayerPage(starting).Start(exam);
        await using var context = await site.OpensBrowser(chromium, Ada);
        var page = await context.NewPageAsync();

        await page.GotoAsync(starting.Url);
        await new PlayerPage(page).IsReady();
        string[] files = await page.EvaluateAsync<string[]>("performance.getEntries().filter(entry => entry.transferSize).sort((a, b) => b.transferSize - a.transferSize).map(entry => `${entry.transferSize} ${entry.name}`)");
        int bytes = files.Sum(file => int.Parse(file.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture));

        Assert.True(bytes is > 10_000 and < 100_000, $"{bytes} bytes:\n{string.Join('\n', files)}");
    }
}
