using Microsoft.Playwright;
using Tripos.Browser.Tests.Support;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Browser.Tests;

/// <summary>A site with a model to ask, on a real port.</summary>
public sealed class SiteWithModel : TriposWithModel
{
    public SiteWithModel() => UseKestrel(0);

    protected override ValueTask StartAsync()
    {
        StartServer();
        return default;
    }
}

/// <summary>Asking for evaluations, rubrics and the queues, looked at.</summary>
public sealed class EvaluationPagesTests(SiteWithModel site, Chromium chromium) : IClassFixture<SiteWithModel>
{
    private const string Text = "Many people think that cities should close their centres to cars. I agree, because the air would be cleaner and the streets would be safe for children who walk to school.";

    [Theory]
    [InlineData("light", ColorScheme.Light, 1200, 800)]
    [InlineData("dark", ColorScheme.Dark, 1200, 800)]
    [InlineData("phone", ColorScheme.Light, 360, 740)]
    [InlineData("zoomed", ColorScheme.Light, 600, 400)]
    public async Task The_pages_of_evaluations_and_rubrics_are_accessible_and_fit(string name, ColorScheme scheme, int width, int height)
    {
        var test = await site.HasTestOf(["essay", "prompt-draft"]);
        var answer = await site.Writes(Ada, test, Text);
        await site.RunEvaluationsAsync();
        await using var hers = await site.OpensBrowser(chromium, Ada, scheme, width, height);
        var page = await hers.NewPageAsync();
        var ada = new Look(page, name);
        await using var teachers = await site.OpensBrowser(chromium, Tess, scheme, width, height);
        var tess = new Look(await teachers.NewPageAsync(), name);
        await using var admins = await site.OpensBrowser(chromium, Root, scheme, width, height);

        await ada.At($"/attempts/{answer.AttemptId}/result", "evaluated-result");
        await ada.At($"/attempts/{answer.AttemptId}/evaluations", "evaluations");
        await tess.At($"/tests/{test.Id}/evaluations", "evaluations-of-test");
        await ada.At($"/attempts/{answer.AttemptId}/evaluations/1", "evaluation-before");
        if (name == "light")
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Ask the model" }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Ask the model" })).ToHaveCountAsync(0);
            await site.RunEvaluationsAsync(EvaluatorKind.Model);
            await ada.At($"/attempts/{answer.AttemptId}/evaluations/1", "evaluation-after");
            await Assertions.Expect(page.GetByText("Say why.").First).ToBeVisibleAsync();
        }

        await tess.At("/rubrics", "rubrics");
        await tess.At("/rubrics/new?from=Prompt%20draft", "rubric-new");
        await tess.At("/questions/new?kind=essay", "essay-editor");
        await new Look(await admins.NewPageAsync(), name).At("/admin/evaluations", "evaluations-queues");
    }
}
