using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tripos.Server.Features.Accounts;
using Tripos.Server.Tests.Support;

namespace Tripos.Server.Tests.Features.Accounts;

public sealed class AttemptLimitTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public void Every_place_that_takes_passwords_or_sends_mail_is_limited()
    {
        var limited =
            from endpoint in app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            where endpoint.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName == AttemptLimit.Policy
            select "/" + endpoint.RoutePattern.RawText!.Trim('/');

        Assert.Equal(["/api/sessions", "/forgot-password", "/reset-password", "/sign-in", "/sign-up"], limited.Order());
    }

    [Fact]
    public void One_address_from_elsewhere_gets_twenty_tries_a_minute()
    {
        Assert.Equal(20, Tries("203.0.113.7"));
        Assert.True(Tries("127.0.0.1") > 1000);
        Assert.Equal(int.MaxValue, Tries("203.0.113.7", "GET"));
    }

    [Fact]
    public void A_network_of_one_household_counts_as_one_address() =>
        Assert.Equal(AttemptLimit.For(Asking("2001:db8:1:2::1")).PartitionKey, AttemptLimit.For(Asking("2001:db8:1:2:ffff::9")).PartitionKey);

    private static int Tries(string ip, string method = "POST")
    {
        var partition = AttemptLimit.For(Asking(ip, method));
        using var limiter = partition.Factory(partition.PartitionKey);
        int allowed = 0;
        while (allowed < 10_000 && limiter.AttemptAcquire().IsAcquired)
        {
            allowed++;
        }

        return allowed == 10_000 ? int.MaxValue : allowed;
    }

    private static DefaultHttpContext Asking(string ip, string method = "POST") => new() { Connection = { RemoteIpAddress = IPAddress.Parse(ip) }, Request = { Method = method } };
}
