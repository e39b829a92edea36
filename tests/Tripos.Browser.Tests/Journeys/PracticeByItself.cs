using Microsoft.Playwright;
using Tripos.Browser.Tests.Support;
using Tripos.Server.Tests.Support;
using static Microsoft.Playwright.Assertions;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Browser.Tests.Journeys;

/// <summary>Practice that chooses its questions: by keyboard, on a phone, without script; then a placement and a level test with their reports.</summary>
public sealed class PracticeByItself(TriposSite site, Chromium chromium) : IClassFixture<TriposSite>
{
    [Theory]
    [InlineData("light", ColorScheme.Light, 1200)]
    [InlineData("phone", ColorScheme.Dark, 360)]
    public async Task Five_questions_by_keyboard_with_the_rating_after_each(string name, ColorScheme scheme, int width)
    {
        await site.HasPracticeTopic(12, $"Closures {name}");
        var learner = await LearnerAsync();
        await using var context = await site.OpensBrowser(chromium, learner, scheme, width);
        var page = await context.NewPageAsync();
        var look = new Look(page, name);
        await look.At("/practice", "practice-new");
        await page.GetByRole(AriaRole.Button, new() { Name = "Short, 5 min" }).ClickAsync();
        await page.WaitForURLAsync("**/practice/sessions/*");

        for (int n = 1; n <= 5; n++)
        {
            await IsAt(page, n);
            await page.Keyboard.PressAsync(n % 2 == 0 ? "2" : "1");
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Check the answer" })).ToBeVisibleAsync();
            await look.Now($"practice-question-{n}");
            await page.Keyboard.PressAsync("Enter");
            await Expect(page.Locator("[data-verdict]")).ToBeVisibleAsync();
            await Expect(page.Locator(".rating-move")).ToContainTextAsync("Your rating in");
            await look.Now($"practice-checked-{n}");
            if (n < 5)
            {
                await page.Keyboard.PressAsync("Enter");
            }
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Bookmark" }).ClickAsync();
        await Expect(page.Locator("button[form=bookmark][aria-pressed=true]")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Finish here" }).ClickAsync();
        await page.WaitForURLAsync("**/result");
        await Expect(page.Locator(".stats").First).ToContainTextAsync("5 of 5");
        await look.At("/practice", "practice-known");
        await look.At("/practice/build?from=bookmarks", "practice-build");
        Assert.Equal(5, await site.Value<long>("SELECT count(*) FROM rating_changes c JOIN attempts a ON a.id = c.attempt_id WHERE a.learner_id = $1", learner.Id));
    }

    [Fact]
    public async Task A_placement_ends_with_where_one_stands()
    {
        await site.HasPracticeTopic(20, "Loops");
        await using var context = await site.OpensBrowser(chromium, await LearnerAsync());
        var page = await context.NewPageAsync();
        await page.GotoAsync("/practice");

        await page.GetByRole(AriaRole.Button, new() { Name = "Start the placement" }).ClickAsync();
        await page.WaitForURLAsync("**/practice/sessions/*");
        await AnswersAll(page, 12);

        await page.WaitForURLAsync("**/report");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Your level" })).ToBeVisibleAsync();
        await Expect(page.Locator("svg.path-chart circle")).ToHaveCountAsync(12);
        await new Look(page, "light").Now("placement-report");
    }

    [Theory]
    [InlineData("light", ColorScheme.Light, 1200)]
    [InlineData("phone", ColorScheme.Dark, 360)]
    public async Task A_level_test_goes_on_until_the_bank_is_empty_and_reports(string name, ColorScheme scheme, int width)
    {
        await site.HasPracticeTopic(10, $"Types {name}");
        await using var context = await site.OpensBrowser(chromium, await LearnerAsync(), scheme, width);
        var page = await context.NewPageAsync();
        var look = new Look(page, name);
        await look.At("/practice/level", "level");

        await page.GetByLabel($"Types {name}").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Start the level test" }).ClickAsync();
        await page.WaitForURLAsync("**/practice/sessions/*");
        await IsAt(page, 1);
        await look.Now("level-question");
        await AnswersAll(page, 10);

        await page.WaitForURLAsync("**/report");
        await Expect(page.GetByText("these topics have no more questions")).ToBeVisibleAsync();
        await page.GetByText("The same as a table").ClickAsync();
        await look.Now("level-report");
    }

    [Fact]
    public async Task Without_script_forms_do_it()
    {
        await site.HasPracticeTopic(5, "Arrays");
        await using var context = await site.OpensBrowser(chromium, await LearnerAsync(), script: false);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/practice");

        await page.GetByRole(AriaRole.Button, new() { Name = "Start today's drill" }).ClickAsync();
        await page.Locator("#q-1 input[type=radio]").First.CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and check this answer" }).ClickAsync();
        await Expect(page.Locator("[data-verdict]")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Next question" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Question 2 of 5" })).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("light", ColorScheme.Light, 1200)]
    [InlineData("phone", ColorScheme.Dark, 360)]
    public async Task Authors_see_how_far_questions_are_calibrated(string name, ColorScheme scheme, int width)
    {
        await site.HasPracticeTopic(3, $"New {name}", status: "experimental");
        await using var context = await site.OpensBrowser(chromium, Tess, scheme, width);
        var page = await context.NewPageAsync();
        var look = new Look(page, name);
        await look.At("/calibration", "calibration");

        await page.GetByRole(AriaRole.Button, new() { Name = "Publish question" }).First.ClickAsync();

        await Expect(page.GetByText("is live.")).ToBeVisibleAsync();
        await page.GotoAsync("/calibration?show=drift");
        await look.Now("calibration-empty");
    }

    private async Task<Person> LearnerAsync() => new(await site.HasAccountAsync($"p{Guid.NewGuid():n}@example.org"), "Somebody", "learner");

    private static async Task IsAt(IPage page, int position)
    {
        await Expect(page.Locator($"#q-{position}")).ToBeVisibleAsync();
        await Expect(page.Locator("#player[data-ready]")).ToBeVisibleAsync();
    }

    private static async Task AnswersAll(IPage page, int items)
    {
        for (int n = 1; n <= items; n++)
        {
            await IsAt(page, n);
            await page.Keyboard.PressAsync(n % 3 == 0 ? "2" : "1");
            await Expect(page.Locator($"#q-{n} input:checked")).ToHaveCountAsync(1);
            await page.Keyboard.PressAsync("Enter");
        }
    }
}
