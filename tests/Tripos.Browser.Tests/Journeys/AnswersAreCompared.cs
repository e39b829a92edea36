using Microsoft.Playwright;
using Tripos.Browser.Tests.Support;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Browser.Tests.Journeys;

/// <summary>Ada shares an essay, Otto compares and reports it, Tess decides; looked at on every page.</summary>
public sealed class AnswersAreCompared(TriposSite site, Chromium chromium) : IClassFixture<TriposSite>
{
    private const string AdasEssay = """
        Some people say that a town should spend its money on roads first. I think that it should begin with its trees.

        Trees make streets cooler in summer, they hold the rain, and they cost less than a new bridge. A road helps those who leave; a tree helps those who stay.
        """;

    [Theory]
    [InlineData("light", ColorScheme.Light, 1200, 800)]
    [InlineData("dark", ColorScheme.Dark, 1200, 800)]
    [InlineData("phone", ColorScheme.Light, 360, 740)]
    [InlineData("zoomed", ColorScheme.Light, 600, 400)] // 1200 x 800 at 200 %
    public async Task An_answer_is_shared_compared_reported_and_hidden(string name, ColorScheme scheme, int width, int height)
    {
        var ada = await site.HasEssay(text: AdasEssay);
        await site.Shares(Otto, await site.Writes(Otto, ada.Test), "I wrote this in ten minutes.");
        await site.Run("""UPDATE answers SET traits = '[{"name": "content", "score": 2, "max": 3, "why": "Two of three points are made."}, {"name": "form", "score": 1, "max": 2, "why": "11 words; 200 to 300 were asked for."}]' WHERE attempt_id <> $1""", ada.AttemptId);
        string page = $"/questions/{ada.QuestionId}/answers?attempt={ada.AttemptId}&position=1";

        await using (var context = await site.OpensBrowser(chromium, Ada, scheme, width, height))
        {
            var adas = await context.NewPageAsync();
            var look = new Look(adas, name);
            await adas.GotoAsync($"/attempts/{ada.AttemptId}/result");
            await look.Now("answers-result");
            await adas.GetByRole(AriaRole.Link, new() { Name = "Share it and compare with others" }).ClickAsync();
            await Assertions.Expect(adas).ToHaveURLAsync(new Uri(site.Address, page).ToString());
            await look.Now("answers");
            await adas.GetByText("Share this answer…").ClickAsync();
            await adas.GetByLabel("A word to the readers (optional)").FillAsync("What did you think of first?");
            await adas.GetByLabel("Show my name").CheckAsync();
            await look.Now("answers-share");
            await adas.GetByRole(AriaRole.Button, new() { Name = "Share it" }).ClickAsync();
            await Assertions.Expect(adas.GetByText("Your answer is shared.")).ToBeVisibleAsync();
            await look.Now("answers-shared");
        }

        await using (var context = await site.OpensBrowser(chromium, Otto, scheme, width, height))
        {
            var ottos = await context.NewPageAsync();
            var look = new Look(ottos, name);
            await ottos.GotoAsync($"/questions/{ada.QuestionId}/answers");
            var card = ottos.GetByRole(AriaRole.Article, new() { Name = "Ada" });
            await card.GetByRole(AriaRole.Button, new() { Name = "Helpful" }).ClickAsync();
            await Assertions.Expect(card.GetByText("You found it helpful.")).ToBeVisibleAsync();
            await ottos.WaitForLoadStateAsync(); // a page that still goes to its fragment takes the focus away
            await card.GetByText("Report this answer").PressAsync("Enter");
            await card.GetByLabel("What is wrong with it?").SelectOptionAsync("Copied");
            await card.GetByLabel("More about it (optional)").FillAsync("This is in our reader, page 12.");
            await look.Now("answers-report");
            await card.GetByRole(AriaRole.Button, new() { Name = "Send the report" }).ClickAsync();
            await Assertions.Expect(ottos.GetByText("Those who look after this question will read your report.")).ToBeVisibleAsync();
        }

        await using (var context = await site.OpensBrowser(chromium, Tess, scheme, width, height))
        {
            var tesss = await context.NewPageAsync();
            var look = new Look(tesss, name);
            await look.At($"/questions/{ada.QuestionId}/answers", "answers-teacher");
            await tesss.Locator(".menu > summary", new() { HasText = "Menu of" }).ClickAsync();
            await tesss.GetByRole(AriaRole.Link, new() { Name = "Reports" }).ClickAsync();
            await look.Now("reports");
            await tesss.GetByLabel("Why it is hidden").FillAsync("Please write in your own words.");
            await tesss.GetByRole(AriaRole.Button, new() { Name = "Hide the answer" }).ClickAsync();
            await Assertions.Expect(tesss.GetByText("The answer is hidden.")).ToBeVisibleAsync();
            await look.Now("reports-empty");
            await tesss.GetByRole(AriaRole.Link, new() { Name = "Hidden" }).ClickAsync();
            await look.Now("reports-hidden");
        }

        await using (var context = await site.OpensBrowser(chromium, Ada, scheme, width, height))
        {
            var adas = await context.NewPageAsync();
            await new Look(adas, name).At(page, "answers-hidden");
            await Assertions.Expect(adas.GetByText("Please write in your own words.")).ToBeVisibleAsync();
        }
    }

    [Theory]
    [InlineData("light", ColorScheme.Light, 1200, 800)]
    [InlineData("phone", ColorScheme.Light, 360, 740)]
    public async Task Recordings_are_compared_by_ear(string name, ColorScheme scheme, int width, int height)
    {
        var test = await site.HasSpokenTest();
        await site.Shares(Otto, await site.Says(Otto, test), anonymous: true);
        var ada = await site.Says(Ada, test);
        await using var context = await site.OpensBrowser(chromium, Ada, scheme, width, height);
        var page = await context.NewPageAsync();

        await new Look(page, name).At($"/questions/{ada.QuestionId}/answers", "answers-spoken");
        var theirs = page.GetByLabel("The recording of Anonymous");
        await theirs.EvaluateAsync("async player => { player.preload = 'auto'; player.load(); await new Promise(done => player.addEventListener('loadedmetadata', done, { once: true })); }");

        Assert.Equal(1, await theirs.EvaluateAsync<double>("player => player.duration"));
    }
}
