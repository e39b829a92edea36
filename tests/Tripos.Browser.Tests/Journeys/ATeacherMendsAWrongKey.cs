using Microsoft.Playwright;
using Tripos.Browser.Tests.Support;
using Tripos.Questions;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform.Data;
using Tripos.Server.Tests.Support;
using static Microsoft.Playwright.Assertions;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Browser.Tests.Journeys;

/// <summary>Practice, then: the results of a test, one of its questions, its key changed, regraded and the regrade undone; looked at on every page.</summary>
public sealed class ATeacherMendsAWrongKey(TriposSite site, Chromium chromium) : IClassFixture<TriposSite>
{
    [Theory]
    [InlineData("light", ColorScheme.Light, 1200, 800)]
    [InlineData("dark", ColorScheme.Dark, 1200, 800)]
    [InlineData("phone", ColorScheme.Light, 360, 740)]
    [InlineData("zoomed", ColorScheme.Light, 600, 400)]
    public async Task Results_question_and_regrade_are_accessible_and_work(string name, ColorScheme scheme, int width, int height)
    {
        var test = await site.HasTest(questions: 2, title: $"Graded, {name}", passMark: 50);
        var attempt = await site.Sits(Ada, test, "b", "b");
        await site.HasQuestion(Exams.Choice($"Practised, {name}?", "a"), await site.HasTopic($"Topic {name}"));
        await site.HasVersion(test.QuestionIds[0], Exams.Choice("Question 1?", "b"));
        await using var context = await site.OpensBrowser(chromium, Tess, scheme, width, height);
        var page = await context.NewPageAsync();
        var look = new Look(page, name);

        await look.At("/practice", "practice");
        await look.At($"/tests/{test.Id}/results", "test-results");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Ada" })).ToBeVisibleAsync();
        await look.At($"/questions/{test.QuestionIds[0]}", "question");
        await page.GetByRole(AriaRole.Link, new() { Name = "Regrade" }).ClickAsync();
        await Expect(page.GetByText("0 % → 50 %")).ToBeVisibleAsync();
        await look.Now("regrade");
        await page.GetByLabel("Reason").FillAsync("Question 1 had the wrong key.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Regrade 1 answer" }).ClickAsync();
        await Expect(page.GetByText("1 answer graded again")).ToBeVisibleAsync();
        await look.Now("regraded");
        await look.At($"/attempts/{attempt}/result", "result-regraded");
        await Expect(page.GetByText("Question 1 had the wrong key.")).ToBeVisibleAsync();

        await page.GotoAsync($"/questions/{test.QuestionIds[0]}/regrade");
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo this regrade" }).ClickAsync();
        await Expect(page.GetByText("The regrade was undone")).ToBeVisibleAsync();
        Assert.Equal(0, await site.Value<float>("SELECT percent FROM attempts WHERE id = $1", attempt));
    }

    [Fact]
    public async Task Practice_by_topic_starts_and_ends_with_everything_explained()
    {
        int topic = await site.HasTopic("Practised by keyboard");
        await site.HasQuestion(Exams.Choice("What is practised?", "a"), topic);
        await using var context = await site.OpensBrowser(chromium, Ada);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/practice/build");

        await page.GetByRole(AriaRole.Button, new() { Name = "Start practising" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Choose at least one topic.");
        await page.GetByLabel("Practised by keyboard").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Start practising" }).ClickAsync();
        var player = new PlayerPage(page);
        await player.IsReady();
        await player.Choose(1, 1);
        await player.IsSaved();
        await player.Submit();

        await Expect(page.GetByText("Because of A.")).ToBeVisibleAsync();
    }
}
