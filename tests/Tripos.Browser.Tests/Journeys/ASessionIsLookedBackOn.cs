using Microsoft.Playwright;
using Tripos.Browser.Tests.Support;
using Tripos.Server.Tests.Support;
using static Microsoft.Playwright.Assertions;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Browser.Tests.Journeys;

/// <summary>After a session the teacher reads its results, follows one learner and plays it again.</summary>
public sealed class ASessionIsLookedBackOn(TriposSite site, Chromium chromium) : IClassFixture<TriposSite>
{
    [Theory]
    [InlineData("light", ColorScheme.Light, 1200, 800)]
    [InlineData("dark", ColorScheme.Dark, 1200, 800)]
    [InlineData("phone", ColorScheme.Light, 360, 740)]
    [InlineData("zoomed", ColorScheme.Light, 600, 400)]
    public async Task Every_page_is_accessible_and_fits(string name, ColorScheme scheme, int width, int height)
    {
        var (session, eve) = await HasLivedAsync();
        await using var context = await site.OpensBrowser(chromium, Tess, scheme, width, height);
        var page = await context.NewPageAsync();
        var look = new Look(page, name);

        await look.At($"/live/{await site.HasSession()}/results", "session-results-empty");
        await page.GotoAsync($"/live/{session}/results");
        await page.Locator(".item-analysis summary").First.ClickAsync();
        await page.GetByText("The numbers behind it").ClickAsync();
        await look.Now("session-results");
        await look.At($"/live/{session}/learners/{eve}", "learner-timeline");
        await look.At($"/live/{session}/learners/{eve}?show=integrity", "learner-timeline-filtered");
        await page.GotoAsync($"/live/{session}/replay");
        await Expect(page.Locator("#replay[data-ready]")).ToBeVisibleAsync();
        await page.GetByLabel("Time in the session").PressAsync("PageUp");
        await page.GetByLabel("Time in the session").PressAsync("PageUp");
        await look.Now("session-replay");
    }

    [Fact]
    public async Task The_replay_is_moved_by_keyboard_stepped_and_played()
    {
        var (session, eve) = await HasLivedAsync();
        await using var context = await site.OpensBrowser(chromium, Tess);
        var page = await context.NewPageAsync();
        await page.GotoAsync($"/live/{session}/results");
        await page.GetByRole(AriaRole.Link, new() { Name = "Replay" }).ClickAsync();
        await Expect(page.Locator("#replay[data-ready]")).ToBeVisibleAsync();
        var tile = page.Locator("[data-wall] > li").Filter(new() { HasText = "Eve" });
        var time = page.GetByLabel("Time in the session");

        await time.PressAsync("End");
        await Expect(tile).ToContainTextAsync("handed in");
        await Expect(tile).ToContainTextAsync("2 of 3 answered");
        await Expect(tile).ToContainTextAsync("2 events on the page");
        await time.PressAsync("Home");
        await Expect(tile).ToContainTextAsync("0 of 3 answered");
        await Expect(time).ToHaveAttributeAsync("aria-valuetext", "0:00 of 10:00");
        await StepsToAsync(page, "Next event", "The page was hidden");
        await Expect(tile).ToContainTextAsync("1 event on the page");
        await Expect(tile).ToContainTextAsync("at question 2");
        await StepsToAsync(page, "Event before", "Answered");
        await Expect(tile).Not.ToContainTextAsync("event on the page");
        await time.PressAsync("Home");
        await page.GetByLabel("Speed").SelectOptionAsync("60");
        await page.GetByRole(AriaRole.Button, new() { Name = "Play" }).ClickAsync();
        await Expect(tile).ToContainTextAsync("handed in", new() { Timeout = 20_000 }); // ten minutes in ten seconds

        await tile.GetByRole(AriaRole.Link, new() { Name = "Eve" }).ClickAsync();
        await page.WaitForURLAsync($"**/learners/{eve}");
        await page.GetByRole(AriaRole.Navigation, new() { Name = "What is shown" }).GetByRole(AriaRole.Link, new() { Name = "On the page" }).ClickAsync();
        await Expect(page.Locator(".timeline tbody tr")).ToHaveCountAsync(2);
        await Expect(page.Locator(".timeline")).ToContainTextAsync("hidden for 40 s");
    }

    [Fact]
    public async Task Ten_thousand_events_move_without_waiting()
    {
        var (session, _) = await HasLivedAsync();
        await site.Run("""
            INSERT INTO live_events (session_id, learner_id, id, kind, position, at)
            SELECT $1, p.learner_id, gen_random_uuid(), CASE WHEN n % 2 = 0 THEN 'window_blur' ELSE 'window_focus' END, 1 + n % 3, s.started_at + n * interval '120 ms'
            FROM live_sessions s JOIN live_participants p ON p.session_id = s.id, generate_series(1, 5000) n WHERE s.id = $1
            """, session);
        await using var context = await site.OpensBrowser(chromium, Tess);
        var page = await context.NewPageAsync();
        await page.GotoAsync($"/live/{session}/replay");
        await Expect(page.Locator("#replay[data-ready]")).ToBeVisibleAsync();

        double slowest = await page.EvaluateAsync<double>("""
            () => {
                const slider = document.querySelector('[data-time]');
                let slowest = 0;
                for (const place of [600, 1, 300, 0, 599, 150, 450, 10, 590]) {
                    const before = performance.now();
                    slider.value = String(place);
                    slider.dispatchEvent(new Event('input'));
                    slowest = Math.max(slowest, performance.now() - before);
                }
                return slowest;
            }
            """);

        await Expect(page.Locator("[data-more]")).ToContainTextAsync("earlier are left out");
        Assert.True(slowest < 500, $"A move took {slowest} ms.");
    }

    private static async Task StepsToAsync(IPage page, string button, string what)
    {
        var newest = page.Locator("[data-events] tr").First;
        for (int step = 0; step < 20 && !(await newest.InnerTextAsync()).Contains(what, StringComparison.Ordinal); step++)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
        }

        await Expect(newest).ToContainTextAsync(what);
    }

    /// <summary>A session of ten minutes that is over: Eve answered twice, was away for 40 seconds and got a minute more; Bob answered once.</summary>
    private async Task<(Guid Session, Guid Eve)> HasLivedAsync()
    {
        var session = await site.HasSat(("Eve", ["a", "b", ""]), ("Bob", ["a", "", ""]));
        var eve = await site.Value<Guid>("SELECT p.learner_id FROM live_participants p JOIN users u ON u.id = p.learner_id WHERE p.session_id = $1 AND u.display_name = 'Eve'", session);
        var attempt = await site.Value<Guid>("SELECT attempt_id FROM live_participants WHERE session_id = $1 AND learner_id = $2", session, eve);
        await site.Run("UPDATE live_sessions SET started_at = completed_at - interval '10 minutes' WHERE id = $1", session);
        await site.Run("UPDATE live_participants SET joined_at = (SELECT started_at - interval '1 minute' FROM live_sessions WHERE id = $1) WHERE session_id = $1", session);
        await site.Run("UPDATE live_actions SET at = (SELECT started_at FROM live_sessions WHERE id = $1) WHERE session_id = $1 AND kind = 'started'", session);
        await site.Run("UPDATE attempts a SET started_at = s.started_at, submitted_at = s.completed_at, duration_ms = 600000 FROM live_sessions s WHERE s.id = $1 AND a.session_id = s.id", session);
        await site.Run("UPDATE answer_events e SET received_at = s.started_at + e.position * interval '2 minutes', answered_at = NULL FROM live_sessions s JOIN attempts a ON a.session_id = s.id WHERE s.id = $1 AND e.attempt_id = a.id", session);
        foreach (var (kind, at) in (List<(string, TimeSpan)>)[("tab_hidden", TimeSpan.FromSeconds(250)), ("tab_visible", TimeSpan.FromSeconds(290))])
        {
            await site.Run("INSERT INTO live_events (session_id, learner_id, id, kind, position, at, received_at) SELECT id, $2, gen_random_uuid(), $3, 2, started_at + $4, started_at + $4 FROM live_sessions WHERE id = $1", session, eve, kind, at);
        }

        await site.Run("INSERT INTO live_events (session_id, learner_id, id, kind, at, received_at) SELECT s.id, p.learner_id, gen_random_uuid(), 'connected', p.joined_at, p.joined_at FROM live_sessions s JOIN live_participants p ON p.session_id = s.id WHERE s.id = $1", session);
        var action = Guid.CreateVersion7();
        await site.Run("INSERT INTO live_actions (id, session_id, actor_id, kind, to_all, details, at) SELECT $2, id, $3, 'extra_time', false, '{\"ms\": 60000}', started_at + interval '5 minutes' FROM live_sessions WHERE id = $1", session, action, Tess.Id);
        await site.Run("INSERT INTO live_receipts (action_id, learner_id, acknowledged_at) SELECT $2, $3, started_at + interval '302 seconds' FROM live_sessions WHERE id = $1", session, action, eve);
        await site.Run("""
            INSERT INTO annotations (attempt_id, id, position, passage, first, last, text, colour, comment, created_at, changed_at)
            SELECT $2, gen_random_uuid(), 1, 'prompt', 0, 8, 'Question', 'blue', 'Which one?', started_at + interval '1 minute', started_at + interval '1 minute' FROM live_sessions WHERE id = $1
            """, session, attempt);
        return (session, eve);
    }
}
