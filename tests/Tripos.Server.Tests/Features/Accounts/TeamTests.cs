using System.Net;
using System.Text.RegularExpressions;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;
using static Tripos.Server.Tests.Support.Visit;

namespace Tripos.Server.Tests.Features.Accounts;

public sealed partial class TeamTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task Somebody_makes_a_team_invites_by_link_and_the_invited_joins_once()
    {
        using var ada = await app.InBrowserOf(Ada);
        using var otto = await app.InBrowserOf(Otto);
        string team = await MakeAsync(ada, "Python evenings");

        string link = await InviteAsync(ada, team, "Viewer");
        string offer = await ReadAsync(otto, link);
        var joined = await otto.PostAsync(link, "join");
        string again = await ReadAsync(otto, link);

        Assert.Contains("Join Python evenings?", offer, StringComparison.Ordinal);
        Assert.Equal(team, joined.Headers.Location!.AbsolutePath);
        Assert.Contains("You are in Python evenings", again, StringComparison.Ordinal);
        Assert.Equal("viewer", await RoleOf(team, Otto));
        Assert.Equal(0L, await app.Value<long>("SELECT count(*) FROM team_invitations WHERE secret_hash = $1", System.Text.Encoding.UTF8.GetBytes(link)));
    }

    [Fact]
    public async Task A_withdrawn_an_expired_and_a_made_up_link_let_nobody_in()
    {
        using var ada = await app.InBrowserOf(Ada);
        using var otto = await app.InBrowserOf(Otto);
        string team = await MakeAsync(ada, "Closed circle");
        string withdrawn = await InviteAsync(ada, team, "Member");
        string id = (await app.Value<Guid>("SELECT id FROM team_invitations WHERE team_id = $1", IdOf(team))).ToString();
        await ada.PostAsync(team, "withdraw", ("Form.Invitation", id));
        string expired = await InviteAsync(ada, team, "Member");
        await app.Run("UPDATE team_invitations SET expires_at = now() WHERE team_id = $1", IdOf(team));

        otto.Accept = "text/html";
        foreach (string link in new[] { withdrawn, expired, "/teams/join?code=made-up", "/teams/join" })
        {
            var reply = await otto.GetAsync(link);
            Assert.Equal(HttpStatusCode.Gone, reply.StatusCode);
            Assert.Contains("does not work any more", await reply.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }

        Assert.Null(await RoleOf(team, Otto));
    }

    [Fact]
    public async Task The_last_administrator_neither_leaves_nor_steps_down_while_others_remain()
    {
        using var ada = await app.InBrowserOf(Ada);
        string team = await MakeAsync(ada, "Two of us");
        await JoinAsync(team, Otto, "member");

        string leaving = await (await ada.PostAsync(team, $"remove-{Ada.Id}")).Content.ReadAsStringAsync(Ct);
        string steppingDown = await (await ada.PostAsync(team, $"role-{Ada.Id}", ("Form.Role", "Member"))).Content.ReadAsStringAsync(Ct);
        await ada.PostAsync(team, $"role-{Otto.Id}", ("Form.Role", "Admin"));
        var leavingLater = await ada.PostAsync(team, $"remove-{Ada.Id}");

        Assert.Contains("The team needs an administrator", leaving, StringComparison.Ordinal);
        Assert.Contains("The team needs an administrator", steppingDown, StringComparison.Ordinal);
        Assert.Equal("/teams", leavingLater.Headers.Location!.AbsolutePath);
        Assert.Equal("admin", await RoleOf(team, Otto));
        Assert.Null(await RoleOf(team, Ada));
    }

    [Fact]
    public async Task Whoever_leaves_last_takes_the_team_away()
    {
        using var ada = await app.InBrowserOf(Ada);
        string team = await MakeAsync(ada, "Just me");

        await ada.PostAsync(team, $"remove-{Ada.Id}");

        Assert.Equal(0L, await app.Value<long>("SELECT count(*) FROM teams WHERE id = $1", IdOf(team)));
    }

    [Fact]
    public async Task A_member_sees_the_team_and_leaves_it_but_administers_nothing()
    {
        using var ada = await app.InBrowserOf(Ada);
        using var otto = await app.InBrowserOf(Otto);
        string team = await MakeAsync(ada, "Mostly Ada");
        await JoinAsync(team, Otto, "member");

        string page = await ReadAsync(otto, team);
        var inviting = await otto.PostAsync(team, "invite", ("Form.Role", "Member"));
        var removing = await otto.PostAsync(team, $"remove-{Ada.Id}");
        var leaving = await otto.PostAsync(team, $"remove-{Otto.Id}");

        Assert.DoesNotContain("Invite people", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, inviting.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, removing.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, leaving.StatusCode);
        Assert.Equal("admin", await RoleOf(team, Ada));
    }

    private static async Task<string> MakeAsync(Visit browser, string name) =>
        (await browser.PostAsync("/teams", "team", ("Form.Name", name))).Headers.Location!.AbsolutePath;

    private static async Task<string> InviteAsync(Visit browser, string team, string role)
    {
        string page = await (await browser.PostAsync(team, "invite", ("Form.Role", role))).Content.ReadAsStringAsync(Ct);
        return new Uri(Link().Match(page).Value).PathAndQuery;
    }

    private static async Task<string> ReadAsync(Visit browser, string path) => await (await browser.GetAsync(path)).Content.ReadAsStringAsync(Ct);

    private Task JoinAsync(string team, Person person, string role) =>
        app.Run("INSERT INTO team_members (team_id, user_id, role) VALUES ($1, $2, $3)", IdOf(team), person.Id, role);

    private Task<string?> RoleOf(string team, Person person) =>
        app.Value<string?>("SELECT (SELECT role FROM team_members WHERE team_id = $1 AND user_id = $2)", IdOf(team), person.Id);

    private static Guid IdOf(string team) => Guid.Parse(team.Split('/')[^1]);

    [GeneratedRegex("http://[^<]*/teams/join[^<]*")]
    private static partial Regex Link();
}
