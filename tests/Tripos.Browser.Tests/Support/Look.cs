using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Tripos.Browser.Tests.Support;

/// <summary>Looks at a page as it stands: what its scripts and axe complain of, whether it fits, and a picture when TRIPOS_PICTURES names a folder.</summary>
public sealed class Look
{
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("TRIPOS_PICTURES");

    private readonly IPage _page;
    private readonly string _how;
    private readonly List<string> _faults = [];

    public Look(IPage page, string how)
    {
        _page = page;
        _how = how;
        page.PageError += (_, fault) => _faults.Add(fault);
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
            {
                _faults.Add(message.Text);
            }
        };
    }

    public async Task At(string path, string name)
    {
        await _page.GotoAsync(path);
        await Now(name);
    }

    public async Task Now(string name)
    {
        Assert.True(_faults.Count == 0, $"{name} ({_how}): {string.Join("\n", _faults)}");
        if (Pictures is { Length: > 0 })
        {
            await _page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{name}-{_how}.png"), FullPage = !name.StartsWith("player-", StringComparison.Ordinal) || name == "player-all" });
        }

        int tooWide = await _page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(tooWide <= 0, $"{name} ({_how}) is {tooWide} px wider than the screen.");

        var result = await _page.RunAxe();
        Assert.True(result.Violations.Length == 0, $"{name} ({_how}): " + string.Join("\n", result.Violations.Select(v => $"{v.Id}: {v.Help}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}")));
        _faults.Clear(); // taking pictures and axe use inline styles of their own
    }
}
