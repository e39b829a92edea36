using System.Net;
using Tripos.Server.Features.Evaluation;
using Tripos.Server.Features.Evaluation.Credits;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;
using static Tripos.Server.Tests.Support.Visit;

namespace Tripos.Server.Tests.Features.Evaluation.Credits;

public sealed class CreditPagesTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task Somebody_new_reads_what_credits_are_for_and_where_to_begin()
    {
        var (browser, _, _) = await app.ArrivesAsync();

        string page = await ReadAsync(browser, "/credits");

        Assert.Contains("credits to spend", page, StringComparison.Ordinal);
        Assert.Contains("Nothing spent", page, StringComparison.Ordinal);
        Assert.Contains("Your first credits are written down when you use one", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Limits of your teams", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_spent_stands_in_a_chart_in_tables_and_line_by_line()
    {
        var (browser, id, _) = await app.ArrivesAsync();
        Person nell = new(id, "Nell");
        await app.Spends(nell, UsageType.Writing, 2);
        await app.Spends(nell, UsageType.Speaking, 1, settles: false);

        string page = await ReadAsync(browser, "/credits");
        string spoken = await ReadAsync(browser, "/credits?type=speaking");

        Assert.Contains("2 credits on 1 day of the last 28.", page, StringComparison.Ordinal);
        Assert.Contains("Writing: evaluated", page, StringComparison.Ordinal);
        Assert.Contains("Speaking: waiting for the evaluation", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Writing: evaluated", spoken, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Root_finds_a_person_gives_credits_and_raises_the_membership()
    {
        var (browser, id, email) = await app.ArrivesAsync();
        using var root = await app.InBrowserOf(Root);

        string found = await ReadAsync(root, $"/admin/credits?q={Uri.EscapeDataString(email)}");
        var given = await root.PostAsync($"/admin/credits/{id}", "give", ("Form.Credits", "7"), ("Form.Reason", "Well done"));
        string refused = await (await root.PostAsync($"/admin/credits/{id}", "give", ("Form.Credits", "-8"), ("Form.Reason", "Too much"))).Content.ReadAsStringAsync(Ct);
        var raised = await root.PostAsync($"/admin/credits/{id}", "membership", ("Form.Level", "Pro"), ("Form.Until", "2030-05-01"));
        string mine = WebUtility.HtmlDecode(await ReadAsync(browser, "/credits"));

        Assert.Contains($"/admin/credits/{id}", found, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (given.StatusCode, raised.StatusCode));
        Assert.Contains("There is less to take back", refused, StringComparison.Ordinal);
        Assert.Contains("Given by Root", mine, StringComparison.Ordinal);
        Assert.Contains("Well done", mine, StringComparison.Ordinal);
        Assert.Contains("You get 50 credits a day", mine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_team_admin_limits_their_team_on_their_own_page()
    {
        var team = await app.HasTeam("Night owls", Tess, Ada);
        using var tess = await app.InBrowserOf(Tess);

        var saved = await tess.PostAsync("/credits", $"cap-{team}", ("Form.Cap", "40"));
        string page = await ReadAsync(tess, "/credits");
        string wrong = await (await tess.PostAsync("/credits", $"cap-{team}", ("Form.Cap", ""))).Content.ReadAsStringAsync(Ct);
        var removed = await tess.PostAsync("/credits", $"uncap-{team}");

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (saved.StatusCode, removed.StatusCode));
        Assert.Contains("0 of 40 credits used this month", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"#cap-{team}\"", wrong, StringComparison.Ordinal);
        Assert.Contains("no limit", await ReadAsync(tess, "/credits"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Root_limits_the_server_and_any_team()
    {
        var team = await app.HasTeam("Weekend course", Tess);
        using var root = await app.InBrowserOf(Root);

        var server = await root.PostAsync("/admin/credits", "cap-server", ("Form.Cap", "5000"));
        string searched = await ReadAsync(root, "/admin/credits?team=weekend");
        var limited = await root.PostAsync("/admin/credits?team=weekend", $"cap-{team}", ("Form.Cap", "30"));
        string page = await ReadAsync(root, "/admin/credits");

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (server.StatusCode, limited.StatusCode));
        Assert.Contains("Weekend course", searched, StringComparison.Ordinal);
        Assert.Contains("of 5,000 credits used this month", page, StringComparison.Ordinal);
        Assert.Contains("of 30 credits used this month", page, StringComparison.Ordinal);
    }

    private static async Task<string> ReadAsync(Visit browser, string path)
    {
        var reply = await browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        return await reply.Content.ReadAsStringAsync(Ct);
    }
}
