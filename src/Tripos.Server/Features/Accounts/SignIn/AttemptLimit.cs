using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Tripos.Server.Platform;

namespace Tripos.Server.Features.Accounts;

/// <summary>How often one address may try to sign in, sign up or ask for a reset link. Looking at the pages is free.</summary>
public static class AttemptLimit
{
    public const string Policy = "sign-in-attempts";
    private const int PerMinute = 20;
    /// <summary>This machine: a proxy that does not say whom it speaks for, the benchmark, the tests.</summary>
    private const int PerMinuteHere = 6_000;
    private static readonly Problem TooMany = new("too-many-tries", 429, "Too many tries", "Wait a minute, then try again.");

    public static RateLimitPartition<string> For(HttpContext http)
    {
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
        {
            return RateLimitPartition.GetNoLimiter("look");
        }

        var ip = http.Connection.RemoteIpAddress;
        bool isHere = ip is null || IPAddress.IsLoopback(ip);
        return RateLimitPartition.GetFixedWindowLimiter(Key(ip), _ => new() { PermitLimit = isHere ? PerMinuteHere : PerMinute, Window = TimeSpan.FromMinutes(1) });
    }

    public static async ValueTask RefuseAsync(OnRejectedContext context, CancellationToken ct)
    {
        context.HttpContext.Response.Headers.RetryAfter = "60";
        await TooMany.ToHttp().ExecuteAsync(context.HttpContext);
    }

    /// <summary>One household has one IPv6 network of 64 bits, not one address.</summary>
    private static string Key(IPAddress? ip) =>
        ip is null ? "" : ip.GetAddressBytes() is { Length: 16 } bytes && !ip.IsIPv4MappedToIPv6 ? Convert.ToHexString(bytes, 0, 8) : ip.ToString();
}
