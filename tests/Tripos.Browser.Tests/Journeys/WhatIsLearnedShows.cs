using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Npgsql;
using Tripos.Browser.Tests.Support;
using Tripos.Server.Features.Folds;
using Tripos.Server.Platform.Data;
using static Microsoft.Playwright.Assertions;

namespace Tripos.Browser.Tests.Journeys;

/// <summary>The demo learner practises, reviews, takes a placement and a level test on a fresh installation; every number of the dashboard follows from the answers given.</summary>
public sealed partial class WhatIsLearnedShows(Chromium chromium)
{
    private const int Practised = 20, Reviewed = 10, Placed = 12;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_dashboard_follows_twenty_questions_ten_cards_a_placement_and_a_level_test()
    {
        await using var server = new ServerProcess();
        await server.StartAsync();
        var page = await server.SignsInAsync(chromium, "ada@demo.tripos");
        var administrator = await server.SignsInAsync(chromium, "root@demo.tripos");
        await using var source = server.Database();
        var ada = (await source.QueryAsync("SELECT id FROM users WHERE email = 'ada@demo.tripos'", row => row.GetGuid(0), Stop)).Single();
        // How each kind is answered is tested elsewhere; here the learner chooses.
        await source.ExecuteAsync("UPDATE questions SET status = 'retired' WHERE kind NOT IN ('single-choice', 'multiple-choice', 'true-false')", Stop);
        await IsCountedAsync(administrator);
        int before = (await NumbersAsync(page)).Answers;

        await PractisesAsync(page);
        int reviewed = await ReviewsAsync(page, administrator, source, ada);
        await TakesAsync(page, "/practice", "Start the placement", Placed);
        int level = await TakesLevelTestAsync(page);
        await IsCountedAsync(administrator);

        var after = await NumbersAsync(page);
        Assert.Equal(before + Practised + reviewed + Placed + level, after.Answers);
        await FollowsAsync(page, source, ada, after);
        await page.GotoAsync("/review");
        await Expect(page.Locator("#today")).ToContainTextAsync(after.Due == 0 ? "Nothing is left" : $"{after.Due} card");
    }

    private sealed record Numbers(int Due, int Streak, int Answers);

    private static async Task<Numbers> NumbersAsync(IPage page)
    {
        await page.GotoAsync("/progress");
        var figures = page.Locator("dl.stats").First.Locator("dd");
        return new(await NumberAsync(figures.Nth(0)), await NumberAsync(figures.Nth(1)), await NumberAsync(figures.Nth(3)));
    }

    private static async Task<int> NumberAsync(ILocator figure) => int.Parse(FirstNumber().Match(await figure.InnerTextAsync()).Value, CultureInfo.InvariantCulture);

    private static async Task PractisesAsync(IPage page)
    {
        await page.GotoAsync("/practice");
        await page.GetByRole(AriaRole.Button, new() { Name = "Deep, 30 min" }).ClickAsync();
        await page.WaitForURLAsync("**/practice/sessions/*");
        for (int n = 1; n <= Practised; n++)
        {
            await ChoosesAsync(page, n);
            await page.GetByRole(AriaRole.Button, new() { Name = "Check the answer" }).PressAsync("Enter");
            await Expect(page.Locator("[data-verdict]")).ToBeVisibleAsync();
            await Expect(page.Locator(".rating-move")).ToContainTextAsync("±");
            if (n < Practised)
            {
                await page.GetByRole(AriaRole.Button, new() { Name = "Next question" }).PressAsync("Enter");
            }
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Finish here" }).ClickAsync();
        await page.WaitForURLAsync("**/result");
    }

    /// <returns>How many of the cards asked a question, whose answers count like all others.</returns>
    private static async Task<int> ReviewsAsync(IPage page, IPage administrator, NpgsqlDataSource source, Guid ada)
    {
        const string Asked = "SELECT count(*)::integer FROM responses WHERE learner_id = $1 AND mode = 'review'";
        for (int card = 0; card < Reviewed; card++)
        {
            await page.GotoAsync("/review/session");
            await page.Locator("[data-options] input").First.CheckAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Check" }).First.ClickAsync();
            await page.WaitForURLAsync("**/review/session?answered=*");
            await page.GetByRole(AriaRole.Button, new() { Name = "Good" }).ClickAsync();
            await page.WaitForURLAsync("**/review/session");
        }

        Assert.Equal(Reviewed, (await source.QueryAsync("SELECT count(*)::integer FROM card_reviews WHERE learner_id = $1 AND source = 'deck'", row => row.GetInt32(0), Stop, ada))[0]);
        await IsCountedAsync(administrator);
        return (await source.QueryAsync(Asked, row => row.GetInt32(0), Stop, ada))[0];
    }

    private static async Task<int> TakesLevelTestAsync(IPage page)
    {
        await page.GotoAsync("/practice/level");
        foreach (var topic in (await page.Locator("main input[type=checkbox]").AllAsync()).Take(6))
        {
            await topic.CheckAsync();
        }

        return await TakesAsync(page, null, "Start the level test", 40);
    }

    /// <summary>Answers until the report comes, and says how many questions it took.</summary>
    private static async Task<int> TakesAsync(IPage page, string? from, string button, int most)
    {
        if (from is not null)
        {
            await page.GotoAsync(from);
        }

        await page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
        for (int n = 1; n <= most; n++)
        {
            await page.Locator($"#q-{n}, svg.path-chart").First.WaitForAsync(); // the next question, or the report
            if (page.Url.EndsWith("/report", StringComparison.Ordinal))
            {
                return n - 1;
            }

            await ChoosesAsync(page, n);
            await page.GetByRole(AriaRole.Button, new() { Name = "Answer and go on" }).PressAsync("Enter");
        }

        await page.WaitForURLAsync("**/report");
        return most;
    }

    private static async Task ChoosesAsync(IPage page, int position)
    {
        var question = page.Locator($"#q-{position}");
        await Expect(question).ToBeVisibleAsync();
        await Expect(page.Locator("#player[data-ready]")).ToBeVisibleAsync();
        await question.Locator("[data-options] input").Nth(position % 2).CheckAsync();
    }

    /// <summary>Waits until every answer has reached everything that is derived from it, as the administrator would look.</summary>
    private static async Task IsCountedAsync(IPage administrator) => await administrator.EvaluateAsync("""
        async () => {
            for (const began = performance.now(); performance.now() - began < 20_000;) {
                const state = await (await fetch('/api/folds')).json();
                if (state.waiting === 0 && state.folds.every((fold) => fold.behind === 0)) { return; }
            }

            throw new Error('After 20 seconds there are still answers that are not counted.');
        }
        """);

    /// <summary>Counts again what the page says, from the answers themselves.</summary>
    private static async Task FollowsAsync(IPage page, NpgsqlDataSource source, Guid ada, Numbers shown)
    {
        var days = await source.QueryAsync("SELECT DISTINCT local_day FROM responses WHERE learner_id = $1 AND answered", row => row.GetFieldValue<DateOnly>(0), Stop, ada);
        var today = days.Max();
        Assert.Equal(Streak.Of(days, today).Current, shown.Streak);
        Assert.Equal((await source.QueryAsync("SELECT count(*)::integer FROM responses WHERE learner_id = $1 AND answered AND revision = 0 AND local_day > $2", row => row.GetInt32(0), Stop, ada, today.AddDays(-7)))[0], shown.Answers);
        var standings = await ReadStandings.RunAsync(ada, null, new TopicSizes(source, TimeProvider.System), source, TimeProvider.System, Stop);
        var practised = standings.Where(topic => topic.Attempts > 0).ToList();
        await page.GetByText("Every topic as a table").ClickAsync();
        foreach (var topic in practised)
        {
            var row = page.GetByRole(AriaRole.Region, new() { Name = "Every topic" }).GetByRole(AriaRole.Row).Filter(new() { Has = page.GetByRole(AriaRole.Rowheader, new() { Name = topic.Topic, Exact = true }) }).First;
            await Expect(row).ToContainTextAsync($"{Math.Round(topic.Ability)} ± {Math.Round(topic.Deviation)}");
        }

        var counted = await source.QueryAsync("SELECT topic_id, count(*)::integer FROM responses WHERE learner_id = $1 AND answered AND revision = 0 AND topic_id IS NOT NULL GROUP BY topic_id", row => (Topic: row.GetInt32(0), Answers: row.GetInt32(1)), Stop, ada);
        Assert.Equal(counted.ToDictionary(row => row.Topic, row => row.Answers).OrderBy(row => row.Key).Where(row => practised.Any(topic => topic.TopicId == row.Key)), practised.ToDictionary(topic => topic.TopicId, topic => topic.Attempts).OrderBy(row => row.Key));
        await new Look(page, "light").Now("progress");
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex FirstNumber();
}
