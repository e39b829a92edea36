using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Platform.Web;

/// <summary>What every answer of the server has, whichever feature it comes from.</summary>
public sealed class ResponseTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Theory]
    [InlineData("/health/ready")]
    [InlineData("/nothing-here")]
    [InlineData("/api/nothing-here")]
    [InlineData("/css/tripos.css")]
    public async Task Every_answer_forbids_what_pages_do_not_need(string path)
    {
        var reply = await app.Anonymous().GetAsync(path, Ct);

        string policy = Assert.Single(reply.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(reply.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task The_server_is_ready_when_the_database_is_migrated()
    {
        var reply = await app.Anonymous().GetAsync("/health/ready", Ct);

        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
    }

    [Fact]
    public async Task The_api_says_what_went_wrong_as_a_problem()
    {
        var reply = await app.As(Ada).GetAsync("/api/nothing-here", Ct);

        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
        Assert.Equal("application/problem+json", reply.Content.Headers.ContentType?.MediaType);
        Assert.Equal("/problems/not-found", (await reply.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_person_who_follows_a_dead_link_gets_a_page()
    {
        var reply = await Browser(app.As(Ada)).GetAsync("/nothing-here", Ct);

        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
        Assert.Contains("There is nothing here", await reply.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_api_is_described()
    {
        var description = await app.Anonymous().GetFromJsonAsync<JsonElement>("/openapi/v1.json", Ct);

        Assert.StartsWith("3.1", description.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.True(description.GetProperty("paths").TryGetProperty("/health/ready", out _));
        Assert.Contains("<code>/health/ready</code>", await Browser(app.Anonymous()).GetStringAsync("/docs", Ct), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://elsewhere.example")]
    [InlineData("Origin", "null")]
    public async Task A_change_that_another_site_asks_for_is_refused(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/nothing-here") { Headers = { { header, value } } };

        var reply = await app.As(Ada).SendAsync(request, Ct);

        Assert.Equal(HttpStatusCode.Forbidden, reply.StatusCode);
        Assert.Equal("/problems/cross-origin", (await reply.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Origin", "http://localhost")]
    [InlineData("Authorization", "Bearer something")]
    public async Task A_change_from_our_own_pages_or_with_a_token_is_not(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/nothing-here") { Headers = { { header, value } } };

        var reply = await app.As(Ada).SendAsync(request, Ct);

        Assert.NotEqual(HttpStatusCode.Forbidden, reply.StatusCode);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static HttpClient Browser(HttpClient client)
    {
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        return client;
    }
}
