using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Tripos.Browser.Tests.Support;

/// <summary>The player in a tab that may be killed, and what the server has told it is saved.</summary>
public sealed class LearnerTab
{
    private readonly ConcurrentDictionary<int, int> _acknowledged = new();
    private readonly IBrowserContext _context;
    private IPage _page = null!;

    private LearnerTab(IBrowserContext context, Guid attempt) => (_context, Attempt) = (context, attempt);

    public Guid Attempt { get; }

    /// <summary>Sequence by position.</summary>
    public IReadOnlyDictionary<int, int> Acknowledged => _acknowledged;

    public static async Task<LearnerTab> OpensAsync(IBrowserContext context, Guid attempt)
    {
        var tab = new LearnerTab(context, attempt);
        await tab.OpenAsync();
        return tab;
    }

    /// <summary>Chooses an option of a question, whether or not the server can be reached.</summary>
    public async Task AnswersOnceAsync(Random dice, int questions) => await new PlayerPage(_page).Choose(dice.Next(1, questions + 1), dice.Next(1, 5));

    /// <summary>Gone without a word in the middle of whatever it was doing.</summary>
    public async Task IsKilledAndOpenedAgainAsync()
    {
        await _page.CloseAsync(new() { RunBeforeUnload = false });
        await OpenAsync();
    }

    /// <summary>Everything that was chosen has reached the server.</summary>
    public Task ComesToRestAsync() => Expect(new PlayerPage(_page).SaveState).ToHaveAttributeAsync("data-state", "saved", new() { Timeout = 60_000 });

    public Task CloseAsync() => _context.CloseAsync();

    private async Task OpenAsync()
    {
        _page = await _context.NewPageAsync();
        _page.Response += async (_, response) => await NoteAsync(response);
        for (int tries = 0; ; tries++)
        {
            try
            {
                await _page.GotoAsync($"/attempts/{Attempt}");
                break;
            }
            catch (PlaywrightException) when (tries < 20)
            {
                // As somebody who presses reload: one server is always there.
            }
        }

        var player = new PlayerPage(_page);
        await player.IsReady();
        await player.ShowAll();
    }

    private async Task NoteAsync(IResponse response)
    {
        if (response is { Status: 200, Request.Method: "PUT" } && response.Url.Contains("/answers/", StringComparison.Ordinal))
        {
            try
            {
                var saved = JsonSerializer.Deserialize<JsonElement>(await response.TextAsync());
                _acknowledged.AddOrUpdate(saved.GetProperty("position").GetInt32(), saved.GetProperty("sequence").GetInt32(), (_, before) => Math.Max(before, saved.GetProperty("sequence").GetInt32()));
            }
            catch (PlaywrightException)
            {
                // The tab was killed before it could read what it was told.
            }
        }
    }
}
