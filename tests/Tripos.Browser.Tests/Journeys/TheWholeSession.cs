using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Tripos.Browser.Tests.Support;
using Tripos.Server.Tests.Support;
using static Microsoft.Playwright.Assertions;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Browser.Tests.Journeys;

/// <summary>A teacher and three learners, each at a browser, from the closed waiting room to the results.</summary>
public sealed class TheWholeSession(TriposSite site, Chromium chromium) : IClassFixture<TriposSite>
{
    private static readonly LocatorAssertionsToContainTextOptions Patient = new() { Timeout = 40_000 }; // a heartbeat is missed for 15 s before somebody is called lost

    [Fact]
    public async Task One_teacher_and_three_learners_go_through_all_of_it()
    {
        var session = await site.HasSession(await site.HasTest(questions: 4), "scheduled", await site.HasClass(null, Ada, Otto), limitMs: 900_000);
        var berta = await site.HasLearnerIn(session, "Berta");
        await site.Run("UPDATE users SET display_name = 'Berta' WHERE id = $1", berta.Id);
        await using var desk = await site.OpensBrowser(chromium, Tess);
        await using var first = await site.OpensBrowser(chromium, Ada);
        await using var second = await site.OpensBrowser(chromium, Otto);
        await using var third = await site.OpensBrowser(chromium, berta);
        var wall = await desk.NewPageAsync();
        IPage[] pages = [await first.NewPageAsync(), await second.NewPageAsync(), await third.NewPageAsync()];
        PlayerPage[] players = [.. pages.Select(page => new PlayerPage(page))];

        await OpensTheWaitingRoom(wall, session);
        await ComeIn(pages, session);
        await StartsTogether(wall, pages, players);
        await ShowsWhatTheyDo(wall, pages, players);
        await ShowsALostNetwork(wall, second, players[1]);
        await GivesMoreTime(wall, pages);
        await Pauses(wall, pages);
        await WritesToOne(wall, pages[0]);
        await HandsInForOne(wall, pages[2]);
        await Ends(wall, pages, session);
    }

    private static async Task OpensTheWaitingRoom(IPage wall, Guid session)
    {
        await wall.GotoAsync($"/live/{session}/wall");
        await IsLive(wall);
        await Button(wall, "Open the waiting room").ClickAsync();

        await Expect(wall.Locator("[data-state-words]")).ToHaveTextAsync("Waiting room open");
        await IsLive(wall);
        await Expect(Button(wall, "Start the session")).ToBeDisabledAsync();
        await Expect(wall.GetByText("Somebody must be in the waiting room first.")).ToBeVisibleAsync();
    }

    private static async Task ComeIn(IPage[] pages, Guid session)
    {
        foreach (var page in pages)
        {
            await page.GotoAsync($"/live/{session}");
            await Button(page, "Enter the waiting room").ClickAsync();
            await Expect(page.Locator("[data-presence-words]")).ToHaveTextAsync("You are connected.");
        }
    }

    private static async Task StartsTogether(IPage wall, IPage[] pages, PlayerPage[] players)
    {
        await Expect(wall.Locator("[data-count='here']")).ToHaveTextAsync("3");
        await Button(wall, "Start the session").ClickAsync();

        await Expect(wall.Locator("[data-state-words]")).ToHaveTextAsync("In progress");
        await IsLive(wall);
        for (int i = 0; i < pages.Length; i++)
        {
            await pages[i].WaitForURLAsync("**/attempts/*");
            await players[i].IsReady();
            await Expect(pages[i].Locator("#player[data-attending]")).ToBeVisibleAsync();
        }
    }

    private static async Task ShowsWhatTheyDo(IPage wall, IPage[] pages, PlayerPage[] players)
    {
        await players[0].Choose(1, 1);
        await players[0].Next();
        await players[0].Choose(2, 1);
        await players[1].Choose(1, 2);
        await pages[2].EvaluateAsync("window.dispatchEvent(new Event('blur'))");

        await Expect(Tile(wall, "Ada")).ToContainTextAsync("2 of 4");
        await Expect(Tile(wall, "Ada")).ToContainTextAsync("question 2 of 4");
        await Expect(Tile(wall, "Otto")).ToContainTextAsync("1 of 4");
        await Expect(Tile(wall, "Berta")).ToContainTextAsync("another window in front");
        await Tab(wall, "Questions").ClickAsync();
        await Expect(wall.Locator(".question-card").First).ToContainTextAsync("2 of 3 answered");
        await Expect(wall.Locator(".question-card").First).ToContainTextAsync("50 % right so far");
        await Tab(wall, "Learners").ClickAsync();
    }

    private static async Task ShowsALostNetwork(IPage wall, IBrowserContext context, PlayerPage otto)
    {
        await context.SetOfflineAsync(true);
        await otto.Next();
        await otto.Choose(2, 1);
        await otto.IsWaiting(1);

        await Expect(Tile(wall, "Otto").Locator("[data-part='alert']")).ToContainTextAsync(new Regex("left in the middle|no sign of life"), Patient);
        await Expect(wall.Locator("[data-count='away']")).ToHaveTextAsync("1");
        await context.SetOfflineAsync(false);
        await otto.IsSaved();
        await Expect(Tile(wall, "Otto")).ToContainTextAsync("connected", Patient);
        await Expect(Tile(wall, "Otto")).ToContainTextAsync("2 of 4");
    }

    private static async Task GivesMoreTime(IPage wall, IPage[] pages)
    {
        await Button(wall, "More time for all").ClickAsync();
        await wall.GetByLabel("Minutes").FillAsync("10");
        await Button(wall, "Give the time").ClickAsync();

        await IsSeen(wall, "Tess gave everybody 10 min more. Sent · seen by 3 of 3.");
        await Expect(wall.Locator("[data-clock]")).ToHaveTextAsync(new Regex("^2[34]:"));
        await Expect(pages[0].Locator("[data-time-left]")).ToHaveTextAsync(new Regex("^2[34]:"));
    }

    private static async Task Pauses(IPage wall, IPage[] pages)
    {
        await Button(wall, "Pause all").ClickAsync();
        await Expect(wall.Locator("[data-state-words]")).ToHaveTextAsync("Paused for everybody");
        await IsSeen(wall, "Tess paused everybody. Sent · seen by 3 of 3.");
        await Expect(pages[1].Locator("#paused")).ToBeVisibleAsync();
        await Expect(Tile(wall, "Otto").Locator("[data-part='status']")).ToHaveTextAsync("paused");

        await Button(wall, "Let all go on").ClickAsync();
        await IsSeen(wall, "Tess let everybody go on. Sent · seen by 3 of 3.");
        await Expect(pages[1].Locator("#paused")).ToBeHiddenAsync();
    }

    private static async Task WritesToOne(IPage wall, IPage ada)
    {
        await LooksCloserAt(wall, "Ada");
        await Button(wall.Locator("#wall-learner"), "Message").ClickAsync();
        await Button(wall, "Please stay on this page.").ClickAsync();
        await Button(wall, "Send").ClickAsync();
        await Expect(wall.Locator("#wall-message")).ToBeHiddenAsync();
        await Closes(wall);

        await Expect(ada.Locator("[data-notices] .notice").Filter(new() { HasText = "Please stay on this page." })).ToBeVisibleAsync();
        await IsSeen(wall, "Tess wrote to Ada: “Please stay on this page.” Sent · seen by 1 of 1.");
        await Tab(wall, "What was done").ClickAsync();
        await Expect(wall.Locator("[data-log] li").First).ToContainTextAsync("Tess wrote to Ada");
        await Tab(wall, "Learners").ClickAsync();
    }

    private static async Task HandsInForOne(IPage wall, IPage berta)
    {
        await LooksCloserAt(wall, "Berta");
        await Button(wall.Locator("#wall-learner"), "Hand in now").ClickAsync();
        await Expect(wall.GetByRole(AriaRole.Dialog).Last).ToContainTextAsync("Hand in for Berta now?");
        await wall.GetByRole(AriaRole.Dialog).Last.GetByRole(AriaRole.Button, new() { Name = "Hand in", Exact = true }).ClickAsync();

        await berta.WaitForURLAsync("**/result*");
        await Closes(wall);
        await Expect(Tile(wall, "Berta")).ToContainTextAsync("handed in");
    }

    private async Task Ends(IPage wall, IPage[] pages, Guid session)
    {
        await Button(wall, "End the session").ClickAsync();
        var asked = wall.GetByRole(AriaRole.Dialog);
        await Expect(asked).ToContainTextAsync("2 learners are still working");
        await Button(asked, "End the session").ClickAsync();

        await Expect(wall.GetByRole(AriaRole.Link, new() { Name = "Results of the session" })).ToHaveAttributeAsync("href", $"/live/{session}/results");
        await Expect(wall.Locator("[data-count='submitted']")).ToHaveTextAsync("3");
        await pages[0].WaitForURLAsync("**/result*");
        await pages[1].WaitForURLAsync("**/result*");
        Assert.Equal("2 2 0", await site.Value<string>("SELECT string_agg(answered_count::text, ' ' ORDER BY u.display_name <> 'Ada', u.display_name <> 'Otto') FROM attempts a JOIN users u ON u.id = a.learner_id WHERE a.session_id = $1", session));
        Assert.Equal("forced", await site.Value<string>("SELECT string_agg(DISTINCT submit_type, ' ') FROM attempts WHERE session_id = $1", session));
    }

    private static async Task LooksCloserAt(IPage wall, string name)
    {
        await Tile(wall, name).GetByRole(AriaRole.Link).PressAsync("Enter");
        await Expect(wall.GetByRole(AriaRole.Heading, new() { Name = name })).ToBeFocusedAsync();
    }

    private static async Task Closes(IPage wall)
    {
        await Button(wall.Locator("#wall-learner"), "Close").ClickAsync();
        await Expect(wall.Locator("#wall-learner")).ToBeHiddenAsync();
    }

    private static Task IsSeen(IPage wall, string words) => Expect(wall.Locator("[data-last-action]")).ToHaveTextAsync(words);

    private static Task IsLive(IPage wall) => Expect(wall.Locator("[data-freshness]")).ToContainTextAsync("live, ");

    private static ILocator Tile(IPage wall, string name) => wall.Locator(".tile").Filter(new() { Has = wall.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }) });

    private static ILocator Tab(IPage wall, string name) => wall.Locator(".wall-tabs").GetByRole(AriaRole.Link, new() { Name = name });

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator Button(ILocator inside, string name) => inside.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
