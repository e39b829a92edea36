using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Tripos.Browser.Tests.Support;

/// <summary>Looks at a page as it stands: what axe finds, whether it fits, and a picture when TRIPOS_PICTURES names a folder.</summary>
public sealed class Look(IPage page, string how)
{
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("TRIPOS_PICTURES");

    public async Task At(string path, string name)
    {
        await page.GotoAsync(path);
        await Now(name);
    }

    public async Task Now(string name)
    {
        if (Pictures is { Length: > 0 })
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{name}-{how}.png"), FullPage = !name.StartsWith("player-", StringComparison.Ordinal) || name == "player-all" });
        }

        int tooWide = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(tooWide <= 0, $"{name} ({how}) is {tooWide} px wider than the screen.");

        var result = await page.RunAxe();
        Assert.True(result.Violations.Length == 0, $"{name} ({how}): " + string.Join("\n", result.Violations.Select(v => $"{v.Id}: {v.Help}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}")));
    }
}
