using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;
using static Tripos.Server.Tests.Support.Visit;

namespace Tripos.Server.Tests.Features.Accounts;

public sealed partial class PeopleTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task New_roles_hold_from_the_next_request_on()
    {
        var (browser, id, _) = await app.ArrivesAsync();
        using var root = await app.InBrowserOf(Root);
        await browser.GetAsync("/api/me");

        var saved = await root.PostAsync($"/admin/people/{id}", "roles", ("Form.Teacher", "true"), ("Form.Admin", "true"));

        var me = await (await browser.GetAsync("/api/me")).Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Equal(["learner", "admin", "teacher"], me.GetProperty("roles").EnumerateArray().Select(r => r.GetString()));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/admin/people")).StatusCode);
        Assert.Equal(Root.Id, await app.Value<Guid>("SELECT actor_id FROM activity_log WHERE user_id = $1 AND action = 'role-changed'", id));
        await root.PostAsync($"/admin/people/{id}", "roles");
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync("/admin/people")).StatusCode);
    }

    [Fact]
    public async Task A_disabled_account_is_out_at_once_and_stays_out_until_it_is_enabled()
    {
        var (browser, id, email) = await app.ArrivesAsync();
        using var root = await app.InBrowserOf(Root);
        await browser.GetAsync("/api/me");

        await root.PostAsync($"/admin/people/{id}", "disable");
        var during = await browser.GetAsync("/api/me");
        var signingIn = await browser.SignInAsync(email);
        await root.PostAsync($"/admin/people/{id}", "enable");

        Assert.Equal(HttpStatusCode.Unauthorized, during.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, signingIn.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.SignInAsync(email)).StatusCode);
    }

    [Fact]
    public async Task The_last_administrator_stays_one()
    {
        using var root = await app.InBrowserOf(Root);

        string disabling = await (await root.PostAsync($"/admin/people/{Root.Id}", "disable")).Content.ReadAsStringAsync(Ct);
        string demoting = await (await root.PostAsync($"/admin/people/{Root.Id}", "roles")).Content.ReadAsStringAsync(Ct);

        Assert.Contains("The server needs an administrator", disabling, StringComparison.Ordinal);
        Assert.Contains("The server needs an administrator", demoting, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await root.GetAsync("/admin/people")).StatusCode);
    }

    [Fact]
    public async Task An_administrator_ends_a_lock_out_and_makes_a_password_link()
    {
        var (browser, id, email) = await app.ArrivesAsync();
        await app.Run("UPDATE users SET lockout_end = now() + interval '10 minutes' WHERE id = $1", id);
        using var root = await app.InBrowserOf(Root);

        string locked = await (await root.GetAsync($"/admin/people/{id}")).Content.ReadAsStringAsync(Ct);
        await root.PostAsync($"/admin/people/{id}", "unlock");
        var unlocked = await browser.SignInAsync(email);
        string page = await (await root.PostAsync($"/admin/people/{id}", "link")).Content.ReadAsStringAsync(Ct);
        string link = new Uri(WebUtility.HtmlDecode(Link().Match(page).Value)).PathAndQuery;
        using var anybody = app.Visit();
        await anybody.PostAsync(link, "reset-password", ("Form.NewPassword", "set by the handed over link"));

        Assert.Contains("End the lock-out", locked, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, unlocked.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await anybody.SignInAsync(email, "set by the handed over link")).StatusCode);
    }

    [Fact]
    public async Task People_are_found_by_the_start_of_their_name_or_address_page_after_page()
    {
        await app.Run("""
            INSERT INTO users (id, email, normalized_email, display_name, security_stamp, concurrency_stamp)
            SELECT gen_random_uuid(), 'many' || lpad(i::text, 3, '0') || '@example.org', 'MANY' || lpad(i::text, 3, '0') || '@EXAMPLE.ORG', 'Many_' || i, 's', 'c' FROM generate_series(1, 120) i
            """);
        using var root = await app.InBrowserOf(Root);

        List<string> found = [];
        string? next = "/admin/people?q=many";
        while (next is not null)
        {
            string page = await (await root.GetAsync(next)).Content.ReadAsStringAsync(Ct);
            found.AddRange(Address().Matches(page).Select(m => m.Value));
            next = Older().Match(page) is { Success: true } link ? WebUtility.HtmlDecode(link.Groups[1].Value) : null;
        }

        string byName = await (await root.GetAsync("/admin/people?q=many_12")).Content.ReadAsStringAsync(Ct);
        Assert.Equal(Enumerable.Range(1, 120).Select(i => $"many{i:000}@example.org"), found);
        Assert.Equal(["many012@example.org", "many120@example.org"], Address().Matches(byName).Select(m => m.Value));
    }

    [Theory]
    [InlineData("/admin/people")]
    [InlineData("/admin/activity")]
    public async Task Only_administrators_see_everybody(string path)
    {
        using var tess = await app.InBrowserOf(Tess);
        using var root = await app.InBrowserOf(Root);

        Assert.Equal(HttpStatusCode.Forbidden, (await tess.GetAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await root.GetAsync(path)).StatusCode);
    }

    [GeneratedRegex("http://[^<]*/reset-password[^<]*")]
    private static partial Regex Link();

    [GeneratedRegex("many[0-9]{3}@example.org")]
    private static partial Regex Address();

    [GeneratedRegex("rel=\"next\" href=\"([^\"]*)\"")]
    private static partial Regex Older();
}
