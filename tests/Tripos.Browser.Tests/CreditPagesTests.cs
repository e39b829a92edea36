using Microsoft.Playwright;
using Tripos.Browser.Tests.Support;
using Tripos.Server.Features.Evaluation;
using Tripos.Server.Features.Evaluation.Credits;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Browser.Tests;

/// <summary>Credits of a learner, of a team and of everybody, looked at.</summary>
public sealed class CreditPagesTests(TriposSite site, Chromium chromium) : IClassFixture<TriposSite>
{
    [Theory]
    [InlineData("light", ColorScheme.Light, 1200, 800)]
    [InlineData("dark", ColorScheme.Dark, 1200, 800)]
    [InlineData("phone", ColorScheme.Light, 360, 740)]
    [InlineData("zoomed", ColorScheme.Light, 600, 400)]
    public async Task The_pages_of_credits_are_accessible_and_fit(string name, ColorScheme scheme, int width, int height)
    {
        await SpendAsync(name);
        await using var hers = await site.OpensBrowser(chromium, Tess, scheme, width, height);
        var tess = new Look(await hers.NewPageAsync(), name);
        await using var his = await site.OpensBrowser(chromium, Otto, scheme, width, height);
        await using var admins = await site.OpensBrowser(chromium, Root, scheme, width, height);
        var page = await admins.NewPageAsync();
        var root = new Look(page, name);

        await tess.At("/credits", "credits");
        await new Look(await his.NewPageAsync(), name).At("/credits", "credits-empty");
        await root.At("/admin/credits?q=t", "credits-admin");
        await page.GetByRole(AriaRole.Link, new() { Name = "Tess", Exact = true }).ClickAsync();
        await page.WaitForURLAsync($"**/admin/credits/{Tess.Id}");
        await root.Now("credits-person");
        await page.GetByLabel("Credits", new() { Exact = true }).FillAsync("-1000");
        await page.GetByLabel("Why").FillAsync("By mistake");
        await page.GetByRole(AriaRole.Button, new() { Name = "Give credits" }).ClickAsync();
        await Assertions.Expect(page.GetByText("There is less to take back")).ToBeVisibleAsync();
        await root.Now("credits-refused");
    }

    private async Task SpendAsync(string name)
    {
        var team = await site.HasTeam($"Evening school, {name}", Tess, Ada);
        await site.Run("INSERT INTO credit_caps (team_id, credits, set_at) VALUES ($1, 60, now())", team);
        if (await site.Value<long>("SELECT count(*) FROM credit_transfers WHERE user_id = $1", Tess.Id) > 0)
        {
            return; // the look before this one has spent
        }

        await site.IsMember(Tess, MembershipLevel.Pro);
        foreach (var (type, credits, days) in new[] { (UsageType.Writing, 6, 9), (UsageType.Speaking, 14, 7), (UsageType.Prompt, 3, 7), (UsageType.Writing, 9, 4), (UsageType.Code, 2, 1) })
        {
            await site.Spends(Tess, type, credits, DateTimeOffset.UtcNow.AddDays(-days));
        }

        await site.Spends(Tess, UsageType.Speaking, 1, settles: false);
    }
}
