using Microsoft.Playwright;
using Tripos.Browser.Tests.Support;
using Tripos.Server.Platform.Data;
using static Microsoft.Playwright.Assertions;

namespace Tripos.Browser.Tests.Journeys;

/// <summary>Server and database die by SIGKILL while a class sits a test: the learner goes on, and is back in the session when the server is.</summary>
public sealed class TheServerDiesInASession(Chromium chromium)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_learner_goes_on_and_hears_the_teacher_again()
    {
        await using var server = new ServerProcess();
        await server.StartAsync();
        var session = await HasSessionAsync(server);
        var tess = await server.SignsInAsync(chromium, "tess@demo.tripos");
        var ada = await server.SignsInAsync(chromium, "ada@demo.tripos");
        await ada.GotoAsync($"/live/{session}");
        await ada.GetByRole(AriaRole.Button, new() { Name = "Enter the waiting room" }).ClickAsync();
        await Expect(ada.Locator("[data-presence-words]")).ToHaveTextAsync("You are connected.");
        Assert.Equal(200, (await tess.APIRequest.PostAsync($"/api/live/sessions/{session}/start")).Status);
        await ada.WaitForURLAsync("**/attempts/*");
        var player = new PlayerPage(ada);
        await player.IsReady();
        await Expect(ada.Locator("#player[data-attending]")).ToBeVisibleAsync();
        await player.Choose(1, 2);
        await player.IsSaved();

        await server.KillAsync();
        await Expect(ada.Locator("#player:not([data-attending])")).ToBeVisibleAsync();
        await player.Choose(1, 3);
        await player.IsWaiting(1);
        await server.StartAsync();

        await player.IsSaved();
        await Expect(ada.Locator("#player[data-attending]")).ToBeVisibleAsync();
        Assert.Equal(200, (await tess.APIRequest.PostAsync($"/api/live/sessions/{session}/actions", new() { DataObject = new { kind = "message", text = "We are all back" } })).Status);
        await Expect(ada.Locator("[data-notices] .notice")).ToContainTextAsync("We are all back");
        await player.Submit();
        await Expect(ada.Locator(".stats")).ToContainTextAsync("1 of 14");
    }

    /// <summary>A class of Tess with Ada in it, and a session with an open waiting room.</summary>
    private static async Task<Guid> HasSessionAsync(ServerProcess server)
    {
        await using var database = server.Database();
        return (await database.QueryAsync("""
            WITH class AS (INSERT INTO classes (id, teacher_id, name) SELECT gen_random_uuid(), id, 'Evening class' FROM users WHERE normalized_email = 'TESS@DEMO.TRIPOS' RETURNING id),
                member AS (INSERT INTO class_members (class_id, learner_id, joined_by) SELECT class.id, u.id, 'teacher' FROM class, users u WHERE u.normalized_email = 'ADA@DEMO.TRIPOS')
            INSERT INTO live_sessions (id, class_id, test_id, created_by, title, status)
            SELECT gen_random_uuid(), class.id, t.id, u.id, 'Friday quiz', 'waiting_for_students' FROM class, tests t, users u WHERE t.title = 'Python data types quiz' AND u.normalized_email = 'TESS@DEMO.TRIPOS' RETURNING id
            """, row => row.GetGuid(0), Ct))[0];
    }
}
