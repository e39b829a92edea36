using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Visit;

namespace Tripos.Server.Tests.Features.Accounts;

public sealed partial class SignInTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task The_right_password_starts_a_session_that_the_cookie_carries()
    {
        await app.HasAccountAsync("right@example.org", "teacher");
        using var browser = app.Visit();

        var reply = await browser.SignInAsync("Right@Example.org");

        var me = await (await browser.GetAsync("/api/me")).Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal("right@example.org", me.GetProperty("email").GetString());
        Assert.Equal(["learner", "teacher"], me.GetProperty("roles").EnumerateArray().Select(r => r.GetString()));
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_of_scripts_and_other_sites_and_the_server_keeps_only_its_hash()
    {
        await app.HasAccountAsync("cookie@example.org");
        using var browser = app.Visit();

        var reply = await browser.SignInAsync("cookie@example.org");

        string cookie = reply.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("tripos=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1L, await app.Value<long>("SELECT count(*) FROM sessions WHERE key_hash = sha256($1::text::bytea)", browser.Cookie("tripos")!));
    }

    [Fact]
    public async Task An_unknown_address_a_wrong_password_a_disabled_and_a_locked_account_get_the_same_answer()
    {
        await app.HasAccountAsync("known@example.org");
        await app.HasAccountAsync("disabled@example.org");
        await app.HasAccountAsync("locked@example.org");
        await app.Run("UPDATE users SET disabled_at = now() WHERE email = 'disabled@example.org'");
        await app.Run("UPDATE users SET lockout_end = now() + interval '1 minute' WHERE email = 'locked@example.org'");
        using var browser = app.Visit();

        var unknown = await browser.SignInAsync("nobody@example.org");
        var wrong = await browser.SignInAsync("known@example.org", "not the password");
        var disabled = await browser.SignInAsync("disabled@example.org");
        var locked = await browser.SignInAsync("locked@example.org");

        string[] answers = [await Text(unknown), await Text(wrong), await Text(disabled), await Text(locked)];
        Assert.All([unknown, wrong, disabled, locked], reply => Assert.Equal(HttpStatusCode.Unauthorized, reply.StatusCode));
        Assert.Single(answers.Distinct());
        Assert.Contains("/problems/sign-in-refused", answers[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_for_a_quarter_of_an_hour()
    {
        var id = await app.HasAccountAsync("guessed@example.org");
        using var browser = app.Visit();
        for (int i = 0; i < 5; i++)
        {
            await browser.SignInAsync("guessed@example.org", "a wrong password");
        }

        var locked = await browser.SignInAsync("guessed@example.org");
        await app.Run("UPDATE users SET lockout_end = lockout_end - interval '15 minutes' WHERE id = $1", id);
        var afterwards = await browser.SignInAsync("guessed@example.org");

        Assert.Equal(HttpStatusCode.Unauthorized, locked.StatusCode);
        Assert.Equal(HttpStatusCode.OK, afterwards.StatusCode);
        Assert.Equal(1L, await app.Value<long>("SELECT count(*) FROM activity_log WHERE user_id = $1 AND action = 'locked-out'", id));
    }

    [Fact]
    public async Task Guessing_in_parallel_gets_no_more_tries_than_guessing_in_turn()
    {
        var id = await app.HasAccountAsync("parallel@example.org");

        await Task.WhenAll(Enumerable.Range(0, 12).Select(async _ =>
        {
            using var browser = app.Visit();
            await browser.SignInAsync("parallel@example.org", "a wrong password");
        }));

        Assert.Equal(5L, await app.Value<long>("SELECT count(*) FROM activity_log WHERE user_id = $1 AND action = 'sign-in-failed'", id));
    }

    [Fact]
    public async Task The_right_password_forgives_earlier_wrong_ones()
    {
        await app.HasAccountAsync("forgiven@example.org");
        using var browser = app.Visit();
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < 4; i++)
            {
                await browser.SignInAsync("forgiven@example.org", "a wrong password");
            }

            Assert.Equal(HttpStatusCode.OK, (await browser.SignInAsync("forgiven@example.org")).StatusCode);
        }
    }

    [Fact]
    public async Task A_request_that_another_site_makes_the_browser_send_is_refused()
    {
        await app.HasAccountAsync("cross@example.org");
        using var browser = app.Visit();
        HttpRequestMessage forged = new(HttpMethod.Post, "/api/sessions") { Content = JsonContent.Create(new { email = "cross@example.org", password = Password }) };
        forged.Headers.Add("Sec-Fetch-Site", "cross-site");
        HttpRequestMessage older = new(HttpMethod.Post, "/api/sessions") { Content = JsonContent.Create(new { email = "cross@example.org", password = Password }) };
        older.Headers.Add("Origin", "https://elsewhere.example");

        var replies = new[] { await browser.SendAsync(forged), await browser.SendAsync(older) };

        Assert.All(replies, reply => Assert.Equal(HttpStatusCode.Forbidden, reply.StatusCode));
        Assert.Null(browser.Cookie("tripos"));
    }

    [Fact]
    public async Task Whoever_is_not_signed_in_is_sent_to_sign_in_by_pages_and_told_so_by_the_api()
    {
        using var browser = app.Visit();

        var page = await browser.GetAsync("/settings?x=1");
        var api = await browser.GetAsync("/api/me");

        Assert.Equal("/sign-in?returnUrl=%2Fsettings%3Fx%3D1", page.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.Unauthorized, api.StatusCode);
        Assert.Contains("/problems/sign-in-required", await Text(api), StringComparison.Ordinal);
    }

    /// <summary>The body without the number of the request, which differs every time.</summary>
    private static async Task<string> Text(HttpResponseMessage reply) => TraceId().Replace(await reply.Content.ReadAsStringAsync(Ct), "");

    [GeneratedRegex("\"traceId\":\"[^\"]*\"")]
    private static partial Regex TraceId();
}
