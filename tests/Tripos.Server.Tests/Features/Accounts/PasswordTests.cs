using System.Net;
using System.Text.RegularExpressions;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Visit;

namespace Tripos.Server.Tests.Features.Accounts;

public sealed partial class PasswordTests(TriposApp app) : IClassFixture<TriposApp>
{
    private const string Better = "a better password than before";

    [Fact]
    public async Task Changing_the_password_keeps_this_browser_and_ends_the_others_at_once()
    {
        var (browser, id, email) = await app.ArrivesAsync();
        using var phone = app.Visit();
        await phone.SignInAsync(email);
        await phone.GetAsync("/api/me");

        var reply = await ChangeAsync(browser, Password, Better);

        Assert.Equal(HttpStatusCode.Redirect, reply.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/me")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await phone.GetAsync("/api/me")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await phone.SignInAsync(email)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await phone.SignInAsync(email, Better)).StatusCode);
        Assert.Equal(1L, await app.Value<long>("SELECT count(*) FROM activity_log WHERE user_id = $1 AND action = 'password-changed'", id));
    }

    [Fact]
    public async Task The_current_password_is_asked_for_and_guessing_it_locks()
    {
        var (browser, _, email) = await app.ArrivesAsync();

        string page = "";
        for (int i = 0; i < 5; i++)
        {
            page = await (await ChangeAsync(browser, "not the password", Better)).Content.ReadAsStringAsync(Ct);
        }

        Assert.Contains("href=\"#currentPassword\"", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await ChangeAsync(browser, Password, Better)).StatusCode); // the page again, not the redirect of success
        using var other = app.Visit();
        Assert.Equal(HttpStatusCode.Unauthorized, (await other.SignInAsync(email)).StatusCode);
    }

    [Fact]
    public async Task A_mailed_link_sets_the_password_once_and_signs_out_everywhere()
    {
        var (browser, id, email) = await app.ArrivesAsync();
        await browser.GetAsync("/api/me");
        using var anybody = app.Visit();

        var asked = await anybody.PostAsync("/forgot-password", "forgot-password", ("Form.Email", email));
        string link = await MailedLinkAsync(email);
        var reset = await anybody.PostAsync(link, "reset-password", ("Form.NewPassword", Better));
        string again = await (await anybody.PostAsync(link, "reset-password", ("Form.NewPassword", "yet another password"))).Content.ReadAsStringAsync(Ct);

        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        Assert.Equal("/sign-in?reset=true", reset.Headers.Location!.PathAndQuery);
        Assert.Contains("does not work any more", again, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/me")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.SignInAsync(email, Better)).StatusCode);
        Assert.Equal(1L, await app.Value<long>("SELECT count(*) FROM activity_log WHERE user_id = $1 AND action = 'password-reset'", id));
    }

    [Fact]
    public async Task Asking_tells_nobody_whether_there_is_an_account_and_fills_no_mailbox()
    {
        await app.HasAccountAsync("asked@example.org");
        using var browser = app.Visit();

        string known = await AskAsync(browser, "asked@example.org");
        string unknown = await AskAsync(browser, "nobody-here@example.org");
        await AskAsync(browser, "asked@example.org");

        Assert.Equal(WithoutTokens(known), WithoutTokens(unknown));
        Assert.Equal(1L, await app.Value<long>("SELECT count(*) FROM jobs WHERE kind = 'send-mail' AND payload->>'to' = 'asked@example.org'"));
        Assert.Equal(0L, await app.Value<long>("SELECT count(*) FROM jobs WHERE kind = 'send-mail' AND payload->>'to' = 'nobody-here@example.org'"));
    }

    [Fact]
    public async Task The_link_leads_to_the_configured_address_and_never_to_the_one_in_the_request()
    {
        await app.HasAccountAsync("poisoned@example.org");
        using var browser = app.Visit();
        string page = await (await browser.GetAsync("/forgot-password")).Content.ReadAsStringAsync(Ct);
        HttpRequestMessage request = new(HttpMethod.Post, "/forgot-password") { Content = Form(page, "forgot-password", ("Form.Email", "poisoned@example.org")) };
        request.Headers.Host = "elsewhere.example";

        string answer = await (await browser.SendAsync(request)).Content.ReadAsStringAsync(Ct);

        Assert.Contains("cannot send links", answer, StringComparison.Ordinal);
        Assert.Equal(0L, await app.Value<long>("SELECT count(*) FROM jobs WHERE kind = 'send-mail' AND payload->>'to' = 'poisoned@example.org'"));
    }

    [Theory]
    [InlineData("/reset-password")]
    [InlineData("/reset-password?user=abc&code=xyz")]
    [InlineData("/reset-password?user=0190c0de-0000-7000-8000-00000000000a&code=bm90IGEgdG9rZW4")]
    public async Task A_made_up_link_does_nothing(string link)
    {
        using var browser = app.Visit();
        string page = await (await browser.PostAsync(link, "reset-password", ("Form.NewPassword", Better))).Content.ReadAsStringAsync(Ct);
        Assert.Contains("does not work any more", page, StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> ChangeAsync(Visit browser, string current, string next) =>
        browser.PostAsync("/settings", "password", ("Form.CurrentPassword", current), ("Form.NewPassword", next));

    private static async Task<string> AskAsync(Visit browser, string email) =>
        await (await browser.PostAsync("/forgot-password", "forgot-password", ("Form.Email", email))).Content.ReadAsStringAsync(Ct);

    private async Task<string> MailedLinkAsync(string email)
    {
        string text = (await app.Value<string>("SELECT payload->>'text' FROM jobs WHERE kind = 'send-mail' AND payload->>'to' = $1", email))!;
        return new Uri(Link().Match(text).Value).PathAndQuery;
    }

    private static string WithoutTokens(string page) => Hidden().Replace(page, "");

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Link();

    [GeneratedRegex("value=\"[^\"]*\"")]
    private static partial Regex Hidden();
}
