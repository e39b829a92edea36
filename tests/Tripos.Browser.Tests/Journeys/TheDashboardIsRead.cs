using Microsoft.Playwright;
using Tripos.Browser.Tests.Support;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Browser.Tests.Journeys;

/// <summary>What follows from answers, looked at by those who read it: the learner, the author of a question, the administrator.</summary>
public sealed class TheDashboardIsRead(TriposSite site, Chromium chromium) : IClassFixture<TriposSite>
{
    [Theory]
    [InlineData("light", ColorScheme.Light, 1200, 800)]
    [InlineData("dark", ColorScheme.Dark, 1200, 800)]
    [InlineData("phone", ColorScheme.Light, 360, 740)]
    [InlineData("zoomed", ColorScheme.Light, 600, 400)] // 1200 x 800 at 200 %
    public async Task Every_chart_has_its_table(string name, ColorScheme scheme, int width, int height)
    {
        int question = await HasAMonthAsync(name);

        await using (var context = await site.OpensBrowser(chromium, Ada, scheme, width, height))
        {
            var page = await context.NewPageAsync();
            var look = new Look(page, name);
            await look.At("/progress", "progress");
            await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Review now" })).ToBeVisibleAsync();
            foreach (var summary in await page.Locator("main summary").AllAsync())
            {
                await summary.PressAsync("Enter");
            }

            await Assertions.Expect(page.Locator("main details[open] table:visible")).ToHaveCountAsync(3);
            await look.Now("progress-tables");
        }

        await using (var context = await site.OpensBrowser(chromium, Root, scheme, width, height))
        {
            await new Look(await context.NewPageAsync(), name).At("/admin/folds", "folds");
        }

        await using (var context = await site.OpensBrowser(chromium, Tess, scheme, width, height))
        {
            var look = new Look(await context.NewPageAsync(), name);
            await look.At($"/questions/{question}", "question-totals");
            await look.At("/calibration", "calibration");
        }
    }

    /// <returns>A question that was answered.</returns>
    private async Task<int> HasAMonthAsync(string name)
    {
        int topic = await site.HasTopic($"Closures, {name}", $"Functions, {name}");
        await site.Run("INSERT INTO profiles (user_id, exam_date) VALUES ($1, current_date + 20) ON CONFLICT (user_id) DO NOTHING", Ada.Id);
        var test = await site.HasTest(questions: 10, title: $"Closures quiz, {name}");
        await site.Run("UPDATE questions SET topic_id = $2 WHERE id = ANY ($1)", test.QuestionIds, topic);
        await site.Sits(Ada, test, "a", "b", "b", "a", "b", "b", "b", "a", "b", "b");
        await site.RunFoldsAsync();
        return test.QuestionIds[0];
    }
}
