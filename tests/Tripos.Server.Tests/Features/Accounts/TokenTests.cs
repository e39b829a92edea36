using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Visit;

namespace Tripos.Server.Tests.Features.Accounts;

public sealed class TokenTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task A_token_is_shown_once_kept_as_a_hash_and_lets_a_program_in()
    {
        var (browser, id, _) = await app.ArrivesAsync();

        string token = await MakeAsync(browser, "script", "read");

        var me = await WithTokenAsync(HttpMethod.Get, "/api/me", token);
        string list = await (await browser.GetAsync("/api/tokens")).Content.ReadAsStringAsync(Ct);
        Assert.Equal(HttpStatusCode.OK, me.StatusCode);
        Assert.StartsWith("trp_", token, StringComparison.Ordinal);
        Assert.DoesNotContain(token, list, StringComparison.Ordinal);
        Assert.Equal(1L, await app.Value<long>("SELECT count(*) FROM api_tokens WHERE user_id = $1 AND secret_hash = sha256($2::text::bytea) AND last_used_at IS NOT NULL", id, token));
    }

    [Fact]
    public async Task A_token_that_may_read_changes_nothing_and_one_that_may_write_does()
    {
        var (browser, _, _) = await app.ArrivesAsync();
        string reading = await MakeAsync(browser, "reading", "read");
        string writing = await MakeAsync(browser, "writing", "write");
        var profile = new { displayName = "Renamed", bio = "" };

        var refused = await WithTokenAsync(HttpMethod.Put, "/api/me/profile", reading, profile);
        var taken = await WithTokenAsync(HttpMethod.Put, "/api/me/profile", writing, profile);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("token-read-only", await refused.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
    }

    [Fact]
    public async Task A_token_makes_no_tokens_ends_no_sessions_and_opens_no_pages()
    {
        var (browser, _, _) = await app.ArrivesAsync();
        string token = await MakeAsync(browser, "writing", "write");

        var making = await WithTokenAsync(HttpMethod.Post, "/api/tokens", token, new { name = "another" });
        var ending = await WithTokenAsync(HttpMethod.Delete, "/api/sessions/others", token);
        var opening = await WithTokenAsync(HttpMethod.Get, "/settings", token);

        Assert.Equal(HttpStatusCode.Forbidden, making.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, ending.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, opening.StatusCode);
    }

    [Fact]
    public async Task A_revoked_token_is_refused_at_once()
    {
        var (browser, _, _) = await app.ArrivesAsync();
        string token = await MakeAsync(browser, "short lived", "read");
        Assert.Equal(HttpStatusCode.OK, (await WithTokenAsync(HttpMethod.Get, "/api/me", token)).StatusCode);
        var listed = await (await browser.GetAsync("/api/tokens")).Content.ReadFromJsonAsync<JsonElement>(Ct);

        var reply = await browser.SendJsonAsync(HttpMethod.Delete, $"/api/tokens/{listed[0].GetProperty("id").GetString()}");

        Assert.Equal(HttpStatusCode.NoContent, reply.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await WithTokenAsync(HttpMethod.Get, "/api/me", token)).StatusCode);
    }

    [Fact]
    public async Task An_expired_token_and_one_of_a_disabled_account_are_refused()
    {
        var (first, firstId, _) = await app.ArrivesAsync();
        var (second, secondId, _) = await app.ArrivesAsync();
        string expired = await MakeAsync(first, "expired", "read");
        string disabled = await MakeAsync(second, "disabled", "read");

        await app.Run("UPDATE api_tokens SET expires_at = now() WHERE user_id = $1", firstId);
        await app.Run("UPDATE users SET disabled_at = now() WHERE id = $1", secondId);

        Assert.Equal(HttpStatusCode.Unauthorized, (await WithTokenAsync(HttpMethod.Get, "/api/me", expired)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await WithTokenAsync(HttpMethod.Get, "/api/me", disabled)).StatusCode);
    }

    [Fact]
    public async Task A_session_key_is_no_token_and_a_token_is_no_session_key()
    {
        var (browser, _, _) = await app.ArrivesAsync();
        string token = await MakeAsync(browser, "script", "read");
        using var other = app.Visit();
        other.SetCookie("tripos", token);

        Assert.Equal(HttpStatusCode.Unauthorized, (await WithTokenAsync(HttpMethod.Get, "/api/me", browser.Cookie("tripos")!)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await other.GetAsync("/api/me")).StatusCode);
    }

    [Theory]
    [InlineData("", 30)]
    [InlineData("fine", 0)]
    [InlineData("fine", 367)]
    public async Task A_token_needs_a_name_and_an_end(string name, int days)
    {
        var (browser, _, _) = await app.ArrivesAsync();
        var reply = await browser.SendJsonAsync(HttpMethod.Post, "/api/tokens", new { name, days });
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
    }

    [Fact]
    public async Task The_settings_page_makes_lists_and_revokes_tokens()
    {
        var (browser, id, _) = await app.ArrivesAsync();

        string made = await (await browser.PostAsync("/settings", "token", ("Form.Name", "from the page"), ("Form.Scope", "Write"), ("Form.Days", "30"))).Content.ReadAsStringAsync(Ct);
        var tokenId = await app.Value<Guid>("SELECT id FROM api_tokens WHERE user_id = $1 AND scope = 'write'", id);
        var revoked = await browser.PostAsync("/settings", "revoke-token", ("Form.Id", tokenId.ToString()));

        Assert.Contains("trp_", made, StringComparison.Ordinal);
        Assert.Contains("from the page", made, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, revoked.StatusCode);
        Assert.Equal(0L, await app.Value<long>("SELECT count(*) FROM api_tokens WHERE user_id = $1", id));
    }

    private static async Task<string> MakeAsync(Visit browser, string name, string scope)
    {
        var made = await browser.SendJsonAsync(HttpMethod.Post, "/api/tokens", new { name, scope, days = 30 });
        return (await made.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("token").GetString()!;
    }

    private async Task<HttpResponseMessage> WithTokenAsync(HttpMethod method, string path, string token, object? body = null)
    {
        using var program = app.Anonymous();
        HttpRequestMessage request = new(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await program.SendAsync(request, Ct);
    }
}
