using Microsoft.Playwright;
using Tripos.Browser.Tests.Support;
using Tripos.Server.Tests.Support;
using static Microsoft.Playwright.Assertions;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Browser.Tests;

/// <summary>Classes, their codes, lists and plans: looked at in both themes, on a phone and at 200 % zoom, and worked through.</summary>
public sealed class ClassPagesTests(TriposSite site, Chromium chromium) : IClassFixture<TriposSite>
{
    [Theory]
    [InlineData("light", ColorScheme.Light, 1200, 800)]
    [InlineData("dark", ColorScheme.Dark, 1200, 800)]
    [InlineData("phone", ColorScheme.Light, 360, 740)]
    [InlineData("zoomed", ColorScheme.Light, 600, 400)] // 1200 x 800 at 200 %
    public async Task Every_page_of_a_class_is_accessible_and_fits(string name, ColorScheme scheme, int width, int height)
    {
        var id = await ClassWithEverythingAsync();
        string code = await site.CodeOf(id);
        var newcomer = new Person(await site.HasAccountAsync($"{name}@example.org"), "Newcomer", "learner");
        await using var teachers = await site.OpensBrowser(chromium, Tess, scheme, width, height);
        await using var learners = await site.OpensBrowser(chromium, Ada, scheme, width, height);
        await using var strangers = await site.OpensBrowser(chromium, newcomer, scheme, width, height);
        var tess = await teachers.NewPageAsync();
        var (tessLooks, adaLooks, newLooks) = (new Look(tess, name), new Look(await learners.NewPageAsync(), name), new Look(await strangers.NewPageAsync(), name));

        await newLooks.At("/classes", "classes-none");
        await newLooks.At("/classes/join", "class-join");
        await newLooks.At("/classes/join?code=ZZZZ-9999", "class-join-unknown");
        await newLooks.At($"/classes/join?code={code}", "class-join-offer");
        await adaLooks.At("/classes", "classes-learner");
        await adaLooks.At($"/classes/{id}", "class-learner");
        await tessLooks.At("/classes", "classes-teacher");
        await tessLooks.At($"/classes/{id}?saved=made", "class-teacher");
        await tessLooks.At($"/classes/{id}?extra={Ada.Id}#extra-time", "class-extra-time");
        await tess.GetByLabel("One person a line").FillAsync("Nora; nora@example.net\nada@example.org\nno address\nnora@example.net");
        await tess.GetByRole(AriaRole.Button, new() { Name = "Add these people" }).ClickAsync();
        await Expect(tess.GetByText("1 line could not be used")).ToBeVisibleAsync();
        await tessLooks.Now("class-roster");
        await tessLooks.At($"/classes/{id}/sessions/new", "session-plan");
        await tess.GetByRole(AriaRole.Button, new() { Name = "Plan the session" }).EvaluateAsync("button => button.form.noValidate = true");
        await tess.GetByLabel("Time limit in minutes").FillAsync("0");
        await tess.GetByRole(AriaRole.Button, new() { Name = "Plan the session" }).ClickAsync();
        await Expect(tess.GetByRole(AriaRole.Alert)).ToContainTextAsync("Choose the test");
        await tessLooks.Now("session-plan-faults");
        await tessLooks.At($"/live/{await site.Value<Guid>("SELECT id FROM live_sessions WHERE class_id = $1 AND status = 'scheduled' LIMIT 1", id)}/edit", "session-edit");
    }

    [Fact]
    public async Task By_keyboard_alone_a_teacher_makes_a_class_plans_a_session_and_a_learner_joins_by_the_link()
    {
        await site.HasTest(title: "Keyboard quiz");
        await using var teachers = await site.OpensBrowser(chromium, Tess);
        await using var learners = await site.OpensBrowser(chromium, Otto, width: 360, height: 740);
        var (tess, otto) = (await teachers.NewPageAsync(), await learners.NewPageAsync());

        await tess.GotoAsync("/classes");
        await tess.GetByLabel("Name of a new class").FocusAsync();
        await tess.Keyboard.TypeAsync("By keyboard");
        await tess.Keyboard.PressAsync("Enter");
        await Expect(tess.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("By keyboard");
        string link = new Uri((await tess.Locator("#join-code code").InnerTextAsync()).Trim()).PathAndQuery;

        await otto.GotoAsync(link);
        await otto.GetByRole(AriaRole.Button, new() { Name = "Join the class" }).FocusAsync();
        await otto.Keyboard.PressAsync("Enter");
        await Expect(otto.GetByText("You are in the class.")).ToBeVisibleAsync();

        await tess.GetByRole(AriaRole.Link, new() { Name = "Plan a session" }).First.FocusAsync();
        await tess.Keyboard.PressAsync("Enter");
        await Expect(tess.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Plan a session");
        await tess.GetByLabel("Test", new() { Exact = true }).FocusAsync();
        await tess.Keyboard.TypeAsync("Keyboard");
        await tess.GetByRole(AriaRole.Button, new() { Name = "Plan the session" }).FocusAsync();
        await tess.Keyboard.PressAsync("Enter");
        await tess.WaitForURLAsync("**/wall");

        await otto.ReloadAsync();
        await Expect(otto.GetByText("Keyboard quiz", new() { Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Removing_somebody_asks_first()
    {
        var id = await site.HasClass(Tess, Ada);
        await using var context = await site.OpensBrowser(chromium, Tess);
        var page = await context.NewPageAsync();
        await page.GotoAsync($"/classes/{id}");

        await page.GetByRole(AriaRole.Button, new() { Name = "Remove Ada" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Remove Ada from Evening class?");
        await page.Keyboard.PressAsync("Escape");
        Assert.Equal(["Ada teacher"], await site.MembersOf(id));
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove Ada" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();

        await Expect(page.GetByText("They are not in the class any more.")).ToBeVisibleAsync();
        Assert.Empty(await site.MembersOf(id));
    }

    /// <summary>A class with members, somebody on its list, extra time, and a session in every state.</summary>
    private async Task<Guid> ClassWithEverythingAsync()
    {
        var id = await site.HasClass(Tess, Ada, Root);
        await site.Run("UPDATE classes SET name = 'Python evening class', description = 'Tuesdays at six. Bring a pen, and be on time.' WHERE id = $1", id);
        await site.Run("INSERT INTO class_roster (class_id, normalized_email, name) VALUES ($1, 'JONAS@EXAMPLE.NET', 'Jonas')", id);
        await site.Run("INSERT INTO accommodations (learner_id, factor, extra_ms, note, set_by) VALUES ($1, 1.25, 300000, 'Reads slowly', $2) ON CONFLICT DO NOTHING", Ada.Id, Tess.Id);
        var test = await site.HasTest(title: "Module 2: data types and operators", timeLimitMs: 1_800_000);
        await site.HasSession(test, "waiting_for_students", id);
        await site.HasSession(test, "scheduled", id, limitMs: 2_700_000, scheduledAt: DateTimeOffset.UtcNow.AddDays(2), opensBeforeMs: 600_000);
        foreach (string status in new[] { "in_progress", "completed", "cancelled" })
        {
            var session = await site.HasSession(test, "scheduled", id);
            await site.Run("""
                UPDATE live_sessions SET status = $2, started_at = CASE WHEN $2 <> 'cancelled' THEN now() END, completed_at = CASE WHEN $2 = 'completed' THEN now() END,
                    cancelled_at = CASE WHEN $2 = 'cancelled' THEN now() END WHERE id = $1
                """, session, status);
        }

        return id;
    }
}
