using Microsoft.Playwright;
using Tripos.Browser.Tests.Support;
using Tripos.Questions;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Tests.Support;
using static Microsoft.Playwright.Assertions;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Browser.Tests.Journeys;

/// <summary>In practice a learner checks one answer and sees at once what was right, and why; then it stays as it is.</summary>
public sealed class PracticeShowsTheAnswer(TriposSite site, Chromium chromium) : IClassFixture<TriposSite>
{
    private static readonly (string, QuestionBody)[] Questions =
    [
        ("single-choice", new SingleChoice { Prompt = "What is 2 + 2?", Options = [new("a", "4"), new("b", "5")], Key = ["a"], ShuffleOptions = false, Explanation = "Two and two make four." }),
        ("short-text", new ShortText { Prompt = "The capital of France?", Accepted = ["Paris"] }),
        ("essay", new Written { Prompt = "Write about towns.", ModelAnswer = "Towns are many things." }),
    ];

    [Theory]
    [InlineData("light", ColorScheme.Light, 1200)]
    [InlineData("phone", ColorScheme.Dark, 360)]
    public async Task Right_wrong_and_not_evaluated_yet(string name, ColorScheme scheme, int width)
    {
        var test = await site.HasTestOf(Questions, $"Checked, {name}");
        await using var context = await site.OpensBrowser(chromium, Ada, scheme, width);
        var page = await context.NewPageAsync();
        var player = await new PlayerPage(page).Start(test);
        await Expect(Check(player, 1)).ToBeHiddenAsync(); // nothing to check yet

        await player.Choose(1, 1);
        await Check(player, 1).ClickAsync();
        await Expect(player.Question(1).Locator("[data-verdict]")).ToContainTextAsync("Right");
        await Expect(player.Question(1)).ToContainTextAsync("Two and two make four.");
        await Expect(player.Question(1).Locator("input[type=radio]")).ToHaveCountAsync(0);
        await new Look(page, name).Now("feedback");

        await page.EvaluateAsync("location.hash = '#q-2'");
        await player.Question(2).Locator("[data-text]").FillAsync("Lyon");
        await Check(player, 2).ClickAsync(); // typed a moment ago: it is stored first
        await Expect(player.Question(2).Locator("[data-verdict]")).ToContainTextAsync("Wrong");
        await Expect(player.Question(2)).ToContainTextAsync("Paris");

        await page.EvaluateAsync("location.hash = '#q-3'");
        await player.Question(3).Locator("textarea").FillAsync("Towns grow where roads meet.");
        await Check(player, 3).ClickAsync();
        await Expect(player.Question(3).Locator("[data-verdict]")).ToContainTextAsync("Not evaluated yet");
        await page.ReloadAsync();
        await player.IsReady();
        await Expect(player.Question(2).Locator("[data-verdict]")).ToContainTextAsync("Wrong");
        await player.Submit();
        await Expect(page.Locator(".stats").First).ToContainTextAsync("3 of 3");
    }

    [Fact]
    public async Task Without_a_network_it_says_so_and_keeps_the_answer_open()
    {
        var test = await site.HasTestOf(Questions, "Checked without a network");
        await using var context = await site.OpensBrowser(chromium, Ada);
        var page = await context.NewPageAsync();
        var player = await new PlayerPage(page).Start(test);

        await context.SetOfflineAsync(true);
        await player.Choose(1, 2);
        await Check(player, 1).ClickAsync();
        await Expect(player.Question(1).Locator("[data-check-message]")).ToContainTextAsync("has not reached the server yet");
        await context.SetOfflineAsync(false);
        await player.IsSaved();
        await player.Choose(1, 1);
        await player.IsSaved();
        await Check(player, 1).ClickAsync();

        await Expect(player.Question(1).Locator("[data-verdict]")).ToContainTextAsync("Right");
    }

    [Fact]
    public async Task An_exam_offers_no_such_thing()
    {
        var test = await site.HasTestOf(Questions, "An exam", TestType.Exam);
        await using var context = await site.OpensBrowser(chromium, Ada);
        var page = await context.NewPageAsync();
        var player = await new PlayerPage(page).Start(test);

        await player.Choose(1, 1);

        await Expect(Check(player, 1)).ToHaveCountAsync(0);
    }

    private static ILocator Check(PlayerPage player, int position) => player.Question(position).GetByRole(AriaRole.Button, new() { Name = "Check the answer", IncludeHidden = true });
}
