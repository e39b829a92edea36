using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Tripos.Server.Platform.Web.Security;

/// <summary>Believes a reverse proxy about scheme, host and client, but only the proxies named in Tripos:TrustedProxies (addresses or networks, with commas).</summary>
internal static class Proxies
{
    public static void AddTrustedProxies(this WebApplicationBuilder builder)
    {
        string[] trusted = (builder.Configuration["Tripos:TrustedProxies"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = trusted is [] ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (string proxy in trusted)
            {
                Trust(options, proxy);
            }
        });
    }

    private static void Trust(ForwardedHeadersOptions options, string proxy)
    {
        if (IPAddress.TryParse(proxy, out var address))
        {
            options.KnownProxies.Add(address);
        }
        else
        {
            options.KnownIPNetworks.Add(System.Net.IPNetwork.TryParse(proxy, out var network)
                ? network
                : throw new Data.SetupException($"Tripos:TrustedProxies names {proxy}, which is neither an address nor a network such as 10.0.0.0/8."));
        }
    }
}
