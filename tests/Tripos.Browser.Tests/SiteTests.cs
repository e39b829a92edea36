using Tripos.Server.Tests.Support;

namespace Tripos.Browser.Tests;

/// <summary>Browsers reach the test server on a real port.</summary>
public sealed class SiteTests(TriposSite site) : IClassFixture<TriposSite>
{
    [Fact]
    public async Task The_site_answers_on_its_port()
    {
        using var client = new HttpClient();

        var reply = await client.GetAsync(new Uri(site.Address, "/health/live"), TestContext.Current.CancellationToken);

        Assert.Equal(System.Net.HttpStatusCode.OK, reply.StatusCode);
    }
}
