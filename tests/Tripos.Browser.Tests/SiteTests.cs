using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Tripos.Server.Tests.Support;

namespace Tripos.Browser.Tests;

/// <summary>The pages that belong to no feature, on a real port and in a real browser.</summary>
public sealed class SiteTests(TriposSite site) : IClassFixture<TriposSite>
{
    [Theory]
    [InlineData("/docs", "API")]
    [InlineData("/nothing-here", "There is nothing here")]
    public async Task The_page_shows_its_heading_breaks_no_rule_of_its_own_policy_and_is_accessible(string path, string heading)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("TRIPOS_CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
        });
        var page = await browser.NewPageAsync();
        List<string> complaints = [];
        page.Console += (_, message) => complaints.AddRange(message.Type == "error" && message.Text.Contains("Content Security Policy", StringComparison.Ordinal) ? [message.Text] : []);

        await page.GotoAsync(new Uri(site.Address, path).ToString());

        Assert.Equal(heading, await page.TextContentAsync("h1"));
        Assert.Empty(complaints); // before axe, which styles what it measures
        Assert.Empty((await page.RunAxe()).Violations.Select(violation => $"{violation.Id}: {violation.Nodes[0].Html}"));
    }
}
