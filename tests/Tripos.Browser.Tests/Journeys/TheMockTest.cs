using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Tripos.Browser.Tests.Support;
using Tripos.Scoring;
using Tripos.Server.Features.Interchange;
using Tripos.Server.Tests.Support;
using static Microsoft.Playwright.Assertions;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Browser.Tests.Journeys;

/// <summary>
/// A learner takes a whole PTE mock test drawn from the samples, with a voice at the microphone: the network is lost twice, the page is reloaded in the
/// middle of a recording, and the report adds up. The browser's clock is moved, and sounds last a second, so that two hours and a half pass quickly.
/// </summary>
public sealed partial class TheMockTest(TriposSite site, Chromium chromium) : IClassFixture<TriposSite>
{
    private static readonly ScoringProfile Profile = ScoringProfiles.Find("pte-2025-08");

    private static readonly string Essay = string.Join(' ', Enumerable.Repeat("Towns that plan for people and not for cars are quieter and safer, and their shops do better trade.", 13));

    private int _lost, _reloaded;

    [Fact]
    public async Task From_the_first_part_to_a_report_whose_every_number_can_be_worked_out()
    {
        var imported = await ImportFiles.RunAsync(ImportPaths.Find([Path.Combine(SourceTree.Root, "samples/pte")]).Sources, new(null, DryRun: false, new()), site.Sql, null, TestContext.Current.CancellationToken);
        Assert.False(imported.HasFailures);
        await using var context = await site.OpensBrowser(chromium, Ada);
        context.SetDefaultTimeout(30_000);
        await context.GrantPermissionsAsync(["microphone"]);
        await context.RouteAsync("**/media/*", ShortenAsync);
        var page = await context.NewPageAsync();
        page.PageError += (_, fault) => Assert.Fail(fault);
        page.Dialog += (_, dialog) => dialog.AcceptAsync();
        await page.Clock.InstallAsync();
        await page.GotoAsync("/mocks");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start the whole test" }).First.ClickAsync();
        foreach (var (part, number) in Profile.Parts.Select((part, i) => (part, i + 1)))
        {
            await page.GetByRole(AriaRole.Button, new() { Name = $"Start part {number}" }).ClickAsync();
            await SitAsync(page, context, part.Items.Sum(items => items.Mock));
            await HandInAsync(page, last: number == Profile.Parts.Count);
        }

        await page.GetByRole(AriaRole.Link, new() { Name = "Score report" }).ClickAsync();
        Assert.Equal((2, 1), (_lost, _reloaded));
        await AddsUpAsync(page);
        await LooksRightAsync(page);
        await EveryRecordingArrivedAsync(Guid.Parse(new Uri(page.Url).Segments[2].TrimEnd('/')));
    }

    /// <summary>Answers the questions of the open part one after the other.</summary>
    private async Task SitAsync(IPage page, IBrowserContext context, int questions)
    {
        await new PlayerPage(page).IsReady();
        for (int n = 0; n < questions; n++)
        {
            var question = page.Locator("[data-question][data-current]");
            int position = int.Parse((await question.GetAttributeAsync("data-position"))!, CultureInfo.InvariantCulture);
            string interaction = (await question.GetAttributeAsync("data-interaction"))!;
            question = page.Locator($"#q-{position}");
            bool away = (interaction == "spoken" && _lost == 0 && n == 3) || (interaction == "chosen-gaps" && _lost == 1);
            if (away)
            {
                _lost++;
                await context.SetOfflineAsync(true);
            }

            await (interaction == "spoken" ? SpeakAsync(page, question, reload: n == 1 && _reloaded == 0) : AnswerAsync(question, interaction));
            if (away)
            {
                await context.SetOfflineAsync(false);
                await page.EvaluateAsync("window.dispatchEvent(new Event('online'))");
            }

            if (n < questions - 1)
            {
                await MoveOnAsync(page, position);
            }
        }
    }

    /// <summary>Time passes until the recording runs, then the learner says that they are done.</summary>
    private async Task SpeakAsync(IPage page, ILocator question, bool reload)
    {
        var stop = question.Locator("[data-stop]");
        for (int i = 0; i < 200 && !await stop.IsVisibleAsync(); i++)
        {
            await PressPlayWhereTheBrowserWantsItAsync(question);
            await page.Clock.FastForwardAsync(2_000);
        }

        await Expect(stop).ToBeVisibleAsync();
        for (int i = 0; i < 5_000 && !await page.EvaluateAsync<bool>(IsSpeaking); i++)
        {
        }

        Assert.True(await page.EvaluateAsync<bool>(IsSpeaking), "Nothing of the recording was kept.");
        if (reload)
        {
            _reloaded++;
            await page.ReloadAsync();
            await new PlayerPage(page).IsReady();
            await Expect(question.Locator("[data-recorder-state]")).ToContainTextAsync("Recorded");
            return;
        }

        await stop.ClickAsync();
    }

    private static async Task AnswerAsync(ILocator question, string interaction)
    {
        switch (interaction)
        {
            case "choice":
                await question.Locator("[data-options] input").First.CheckAsync();
                break;
            case "written":
                await question.Locator("textarea").FillAsync(Essay);
                break;
            case "dictation":
                await question.Locator("[data-text]").FillAsync("The library opens at nine.");
                break;
            case "typed-gaps":
                await question.Locator("[data-answer] input[type=text]").First.FillAsync("water");
                break;
            case "word-bank":
                await question.Locator("[data-word]").First.ClickAsync();
                await question.Locator("[data-fills]").First.ClickAsync();
                break;
            case "chosen-gaps":
                await question.Locator("[data-answer] select").First.SelectOptionAsync(new SelectOptionValue { Index = 1 });
                break;
            case "hot-text":
                await question.Locator("[data-answer] input[type=checkbox]").First.CheckAsync(new() { Force = true });
                break;
            case "ordering":
                await question.Locator("[data-shift='1']").First.ClickAsync();
                break;
            default:
                Assert.Fail($"No answer for {interaction}.");
                break;
        }
    }

    /// <summary>To the next question, unless the clock of this one has done so already.</summary>
    private static async Task MoveOnAsync(IPage page, int position)
    {
        var next = page.Locator($"#q-{position + 1}[data-current]");
        if (await page.Locator($"#q-{position}[data-current]").IsVisibleAsync() && await page.Locator("[data-move=next]").IsVisibleAsync())
        {
            await page.EvaluateAsync($"document.querySelector('#q-{position}[data-current]') && document.querySelector('[data-move=next]').click()");
        }

        await Expect(next).ToBeVisibleAsync();
    }

    private static async Task HandInAsync(IPage page, bool last)
    {
        await page.Locator(".player-moves [data-submit]").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = last ? "Submit now" : "Finish this part", Exact = true }).ClickAsync();
        var arrived = last ? page.GetByRole(AriaRole.Link, new() { Name = "Score report" }) : page.GetByRole(AriaRole.Button, new() { NameRegex = StartPart() });
        for (int i = 0; i < 100 && !await arrived.IsVisibleAsync(); i++)
        {
            await page.Clock.FastForwardAsync(1_000); // what could not be sent is tried again
        }

        await Expect(arrived).ToBeVisibleAsync();
    }

    /// <summary>The report's own words: 10 + 80 × earned ÷ evaluated = score, and the columns of each table sum up to what the formula uses.</summary>
    private static async Task AddsUpAsync(IPage page)
    {
        var details = page.Locator("section[aria-labelledby=how-title] details");
        int scores = await details.CountAsync();
        Assert.True(scores >= 5);
        for (int i = 0; i < scores; i++)
        {
            var score = details.Nth(i);
            var sums = await score.Locator("tfoot td").AllTextContentsAsync();
            decimal earned = Number(sums[0]), max = Number(sums[1]), open = Number(sums[2]);
            for (int column = 0; column < 3; column++)
            {
                decimal sum = (await score.Locator($"tbody td:nth-child({column + 4})").AllTextContentsAsync()).Sum(Number);
                Assert.InRange(sum, Number(sums[column]) - 0.3m, Number(sums[column]) + 0.3m); // cells are rounded to two places
            }

            string summary = (await score.Locator("summary").TextContentAsync())!;
            var formula = Formula().Match(summary);
            Assert.Equal(max - open > 0, formula.Success);
            if (formula.Success)
            {
                Assert.Equal((double)(10 + (80 * earned / (max - open))), double.Parse(formula.Groups[1].Value, CultureInfo.InvariantCulture), 0.51);
            }
        }

        await Expect(page.GetByText("still wait for an evaluation")).ToBeVisibleAsync();
    }

    /// <summary>The report, its print view and the page of mock tests, in every look.</summary>
    private static async Task LooksRightAsync(IPage page)
    {
        string report = page.Url;
        (string Name, ColorScheme Scheme, int Width, int Height)[] looks = [("light", ColorScheme.Light, 1200, 800), ("dark", ColorScheme.Dark, 1200, 800), ("phone", ColorScheme.Light, 360, 740), ("zoomed", ColorScheme.Light, 600, 400)];
        foreach (var (name, scheme, width, height) in looks)
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await page.SetViewportSizeAsync(width, height);
            var look = new Look(page, name);
            await look.At(report, "score-report");
            await look.At($"{report}?print=true", "score-report-print");
            await look.At("/mocks", "mocks");
        }

        await page.GotoAsync(report);
    }

    private async Task EveryRecordingArrivedAsync(Guid attempt)
    {
        int spoken = Profile.Parts[0].Items.Where(items => items.Kind is not ("pte-summarize-written-text" or "pte-write-essay")).Sum(items => items.Mock);
        string arrived = await site.Value<string>("""
            SELECT string_agg(format('%s %s', states.what, states.count), ', ' ORDER BY states.what) FROM (
                SELECT COALESCE(r.state, a.response->>'trouble', a.response::text, 'no answer') AS what, count(*)
                FROM answers a JOIN question_versions v ON v.id = a.question_version_id
                    LEFT JOIN recordings r ON r.id = (a.response->>'recording')::uuid AND r.attempt_id = a.attempt_id AND r.position = a.position
                WHERE a.attempt_id = $1 AND v.body ? 'rubric' AND v.kind <> ALL ($2) GROUP BY 1) states
            """, attempt, new[] { "pte-summarize-written-text", "pte-write-essay", "pte-summarize-spoken-text" });
        Assert.Equal($"complete {spoken}", arrived);
    }

    private static async Task ShortenAsync(IRoute route)
    {
        var reply = await route.FetchAsync();
        bool isSound = reply.Headers.TryGetValue("content-type", out string? type) && type.StartsWith("audio/", StringComparison.Ordinal);
        await route.FulfillAsync(isSound ? new() { ContentType = "audio/wav", BodyBytes = MadeMedia.Tone(seconds: 1) } : new() { Response = reply });
    }

    private static async Task PressPlayWhereTheBrowserWantsItAsync(ILocator question)
    {
        var state = question.Locator("[data-listen-state]");
        if (await state.CountAsync() > 0 && (await state.TextContentAsync())!.Contains("Press play", StringComparison.Ordinal))
        {
            await question.Locator("[data-play]").ClickAsync();
        }
    }

    private static decimal Number(string text) => text.Trim() is { Length: > 0 } digits ? decimal.Parse(digits, CultureInfo.InvariantCulture) : 0;

    /// <summary>A second of the take that runs is kept in the browser.</summary>
    private const string IsSpeaking = """
        () => new Promise((resolve) => {
            indexedDB.open('tripos-recordings', 1).onsuccess = ({ target }) => {
                target.result.transaction('takes').objectStore('takes').getAll().onsuccess = (read) => {
                    target.result.close();
                    resolve(read.target.result.some((take) => !take.stopped && take.chunks > 0));
                };
            };
        })
        """;

    [GeneratedRegex(@"= (\d+)\s*$")]
    private static partial Regex Formula();

    [GeneratedRegex("^Start part")]
    private static partial Regex StartPart();
}
