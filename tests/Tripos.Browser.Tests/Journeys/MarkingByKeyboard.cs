using Microsoft.Playwright;
using Tripos.Browser.Tests.Support;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Tests.Support;
using static Microsoft.Playwright.Assertions;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Browser.Tests.Journeys;

/// <summary>A teacher marks essays with keys alone, a reload loses nothing, and the learner reads what came of it.</summary>
public sealed class MarkingByKeyboard(TriposSite site, Chromium chromium) : IClassFixture<TriposSite>
{
    [Fact]
    public async Task A_teacher_marks_with_keys_alone_and_a_reload_loses_nothing()
    {
        var test = await site.HasJudgedTest();
        var (first, second) = (await site.Writes(Ada, test, MarkingDesks.Essay), await site.Writes(Otto, test, MarkingDesks.Essay));
        await using var context = await site.OpensBrowser(chromium, Tess);
        var page = await context.NewPageAsync();
        await page.GotoAsync($"/marking/{first.AttemptId}/1");
        await Expect(page.Locator("[data-trait=content][data-active]")).ToBeVisibleAsync(); // the script has the keys

        await page.Keyboard.PressAsync("3");
        await page.Keyboard.PressAsync(".");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("2");
        await page.Keyboard.PressAsync("c");
        await Expect(page.Locator("[data-chooser]")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("Shift+ArrowRight");
        await Expect(page.Locator("[data-chosen]")).ToHaveTextAsync("make streets");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.TypeAsync("How much?");
        await Expect(page.Locator("[data-mark-form]")).ToHaveAttributeAsync("data-draft", "kept");
        await page.ReloadAsync();

        await Expect(page.GetByLabel("3.5 of 4")).ToBeCheckedAsync();
        await Expect(page.GetByLabel("2 of 2")).ToBeCheckedAsync();
        await Expect(page.Locator("[name=comment-0-text]")).ToHaveValueAsync("How much?");
        await Expect(page.Locator("[data-trait=content][data-active]")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("k");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync($"**/marking/{second.AttemptId}/1?*");
        Assert.Equal(5.5f, await site.PointsOf(first.AttemptId));
        Assert.Equal("make streets", await site.Value<string>("SELECT comments->0->'place'->>'quote' FROM marks WHERE attempt_id = $1 AND status = 'given'", first.AttemptId));
    }

    [Fact]
    public async Task Words_that_are_selected_with_the_mouse_are_commented_on()
    {
        var essay = await site.HasJudgedEssay();
        await using var context = await site.OpensBrowser(chromium, Tess);
        var page = await context.NewPageAsync();
        await page.GotoAsync($"/marking/{essay}/1");
        await Expect(page.Locator("[data-trait=content][data-active]")).ToBeVisibleAsync();

        await page.Locator(".answer-text").EvaluateAsync("(answer) => { const range = document.createRange(); range.setStart(answer.firstChild, 27); range.setEnd(answer.firstChild, 45); getSelection().removeAllRanges(); getSelection().addRange(range); }");
        await page.GetByRole(AriaRole.Button, new() { Name = "Comment on the selected words" }).ClickAsync();

        await Expect(page.Locator("[data-comment]").Last.GetByLabel("The words")).ToHaveValueAsync(MarkingDesks.Essay[27..45]);
    }

    [Theory]
    [InlineData("light", ColorScheme.Light, 1200, 800)]
    [InlineData("dark", ColorScheme.Dark, 1200, 800)]
    [InlineData("phone", ColorScheme.Light, 360, 740)]
    public async Task Its_pages_can_be_used_by_everybody(string name, ColorScheme scheme, int width, int height)
    {
        await site.HasTheo();
        var test = await site.HasJudgedTest(plan: new { secondPercent = 100, tolerance = 1 });
        var (essay, other) = ((await site.Writes(Ada, test, MarkingDesks.Essay)).AttemptId, (await site.Writes(Otto, test, MarkingDesks.Essay)).AttemptId);
        await site.Judges(essay, EvaluatorKind.Local, 2, 1);
        await site.Judges(essay, EvaluatorKind.Model, 3, 1, "A short, clear answer that names two reasons.");
        await site.Marks(Tess, essay, 4, 2, comments: [new { text = "Well said. How much cooler?", quote = "make streets cooler" }], summary: "A good plan; say more about the costs.");
        await site.Marks(MarkingDesks.Theo, essay, 4, 1, 1);
        await site.Marks(Tess, other, 4, 2, comments: [new { text = "What kind of bridge?", quote = "a bridge" }]);
        var spoken = await site.Says(Ada, await site.HasSpokenTest());

        await using (var context = await site.OpensBrowser(chromium, Root, scheme, width, height))
        {
            var page = await context.NewPageAsync();
            var look = new Look(page, name);
            await look.At($"/marking?test={test.Id}", "marking-queue");
            await look.At($"/marking/{other}/1", "marking-second");
            await look.At($"/marking/{essay}/1", "marking-decided");
            await look.At($"/marking/{spoken.AttemptId}/1", "marking-spoken");
            await page.GotoAsync("/marking/agreement");
            await page.Locator("main details summary").First.ClickAsync();
            await look.Now("marking-agreement");
        }

        await using (var context = await site.OpensBrowser(chromium, Ada, scheme, width, height))
        {
            var page = await context.NewPageAsync();
            var look = new Look(page, name);
            await look.At($"/attempts/{essay}/evaluations/1", "marking-feedback");
            await page.Locator(".note-ref").First.FocusAsync();
            await Expect(page.Locator("#note-1[data-lit]")).ToHaveCountAsync(1);
        }
    }
}
