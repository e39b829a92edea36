using System.Net;
using Microsoft.AspNetCore.Hosting;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Visit;

namespace Tripos.Server.Tests.Features.Accounts;

public sealed class SignUpTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task A_new_account_is_signed_in_and_goes_where_it_came_from()
    {
        using var browser = app.Visit();

        var reply = await SignUpAsync(browser, "new@example.org", "a lovely long password", "/sign-up?returnUrl=%2Fteams");

        Assert.Equal(HttpStatusCode.Redirect, reply.StatusCode);
        Assert.Equal("/teams", reply.Headers.Location!.AbsolutePath);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/teams")).StatusCode);
        Assert.StartsWith("AQAAAA", await app.Value<string>("SELECT password_hash FROM users WHERE email = 'new@example.org'"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not an address", "a lovely long password", "#email")]
    [InlineData("short@example.org", "too short", "#password")]
    [InlineData("common@example.org", "Password123", "#password")]
    [InlineData("same@example.org", "aaaaaaaaaaaa", "#password")]
    [InlineData("Own.Address@example.org", "own.address@example.org", "#password")]
    public async Task What_is_wrong_is_said_with_a_link_to_the_field(string email, string password, string link)
    {
        using var browser = app.Visit();

        string page = await (await SignUpAsync(browser, email, password)).Content.ReadAsStringAsync(Ct);

        Assert.Contains("role=\"alert\"", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"{link}\"", page, StringComparison.Ordinal);
        Assert.Equal(0L, await app.Value<long>("SELECT count(*) FROM users WHERE email = $1", email));
    }

    [Fact]
    public async Task An_address_has_one_account_however_it_is_written()
    {
        await app.HasAccountAsync("once@example.org");
        using var browser = app.Visit();

        string page = await (await SignUpAsync(browser, "ONCE@example.org", "a lovely long password")).Content.ReadAsStringAsync(Ct);

        Assert.Contains("already an account", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_signing_in_one_stays_on_this_site()
    {
        await app.HasAccountAsync("stays@example.org");
        foreach (var (wanted, expected) in new[] { ("/teams?x=1", "/teams?x=1"), ("//elsewhere.example", "/"), ("/\\elsewhere.example", "/"), ("https://elsewhere.example", "/") })
        {
            using var browser = app.Visit();
            var reply = await browser.PostAsync($"/sign-in?returnUrl={Uri.EscapeDataString(wanted)}", "sign-in", ("Form.Email", "stays@example.org"), ("Form.Password", Password));
            Assert.Equal(expected, reply.Headers.Location!.PathAndQuery);
            Assert.Equal(browser.Site.Host, reply.Headers.Location.Host);
        }
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        using var browser = app.Visit();
        FormUrlEncodedContent forged = new([new("_handler", "sign-up"), new("Form.Email", "forged@example.org"), new("Form.DisplayName", "F"), new("Form.Password", "a lovely long password")]);

        var reply = await browser.SendAsync(new(HttpMethod.Post, "/sign-up") { Content = forged });

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
    }

    [Fact]
    public async Task A_closed_server_makes_no_accounts()
    {
        using var closed = app.WithWebHostBuilder(host => host.UseSetting("Accounts:SignUp", "closed"));
        using Visit browser = new(closed.CreateClient(new() { AllowAutoRedirect = false }));
        using var open = app.Visit();
        string form = await (await open.GetAsync("/sign-up")).Content.ReadAsStringAsync(Ct);

        string page = await (await browser.GetAsync("/sign-up")).Content.ReadAsStringAsync(Ct);

        Assert.Contains("Form.Password", form, StringComparison.Ordinal);
        Assert.Contains("Sign-up is closed", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Form.Password", page, StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> SignUpAsync(Visit browser, string email, string password, string page = "/sign-up") =>
        browser.PostAsync(page, "sign-up", ("Form.Email", email), ("Form.DisplayName", "New"), ("Form.Password", password));
}
