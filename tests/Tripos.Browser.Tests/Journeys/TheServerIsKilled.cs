using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;
using Tripos.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Tripos.Browser.Tests.Journeys;

/// <summary>An acknowledged answer is durable: server and database die by SIGKILL in the middle of an exam, and nothing the learner was told is saved is lost.</summary>
public sealed class TheServerIsKilled(Chromium chromium)
{
    [Fact]
    public async Task Every_acknowledged_answer_is_there_and_the_others_follow_when_the_server_is_back()
    {
        await using var server = new ServerProcess();
        await server.StartAsync();
        var page = await server.SignsInAsync(chromium, "ada@demo.tripos");
        var acknowledged = new ConcurrentDictionary<int, int>();
        page.Response += async (_, response) => await Note(response, acknowledged);
        var (player, attempt) = await StartsQuizAsync(page);

        for (int position = 1; position <= 6; position++)
        {
            await player.Choose(position, 1 + (position % 3));
        }

        await Expect(player.SaveState).ToHaveAttributeAsync("data-state", "saved");
        await player.Choose(7, 2); // on its way, or not, when the blow falls
        await server.KillAsync();
        var told = acknowledged.ToDictionary();
        await player.Choose(8, 1);
        await Expect(player.SaveState).ToContainTextAsync("waiting, kept in this browser");

        await server.StartAsync();
        var stored = await StoredAsync(page, attempt);
        Assert.True(told.Count >= 6, $"Only {told.Count} answers were acknowledged before the kill.");
        Assert.All(told, answer => Assert.True(stored.GetValueOrDefault(answer.Key) >= answer.Value, $"Question {answer.Key} was acknowledged with sequence {answer.Value}, but {stored.GetValueOrDefault(answer.Key)} is stored."));

        await player.IsSaved();
        Assert.Equal(Enumerable.Range(1, 8), (await StoredAsync(page, attempt)).Where(answer => answer.Value > 0).Select(answer => answer.Key).Order());
        await player.Submit();
        await Expect(page.Locator(".stats")).ToContainTextAsync("8 of 14");
    }

    private static async Task<(PlayerPage Player, Guid Attempt)> StartsQuizAsync(IPage page)
    {
        await page.GotoAsync("/tests");
        await page.GetByRole(AriaRole.Link, new() { Name = "Python data types quiz" }).First.ClickAsync();
        await page.Locator("form button.large").ClickAsync();
        var player = new PlayerPage(page);
        await player.IsReady();
        await player.ShowAll();
        return (player, PlayerPage.AttemptOf(page));
    }

    /// <summary>What the server told the browser is saved: position and sequence.</summary>
    private static async Task Note(IResponse response, ConcurrentDictionary<int, int> acknowledged)
    {
        if (response is { Status: 200, Request.Method: "PUT" } && response.Url.Contains("/answers/", StringComparison.Ordinal))
        {
            var saved = JsonSerializer.Deserialize<JsonElement>(await response.TextAsync());
            acknowledged[saved.GetProperty("position").GetInt32()] = saved.GetProperty("sequence").GetInt32();
        }
    }

    private static async Task<Dictionary<int, int>> StoredAsync(IPage page, Guid attempt)
    {
        var reply = await page.APIRequest.GetAsync($"/api/attempts/{attempt}/state");
        Assert.Equal(200, reply.Status);
        var state = JsonSerializer.Deserialize<JsonElement>(await reply.TextAsync());
        return state.GetProperty("answers").EnumerateArray().ToDictionary(answer => answer.GetProperty("position").GetInt32(), answer => answer.GetProperty("sequence").GetInt32());
    }
}
