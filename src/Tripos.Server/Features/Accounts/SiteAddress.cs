using System.Net;

namespace Tripos.Server.Features.Accounts;

/// <summary>
/// The address that links in mails begin with. It is configured as Tripos:PublicUrl: the Host header is written by whoever sends the request, who
/// could make us mail a link that leads the secret to them. On one's own machine the header is believed.
/// </summary>
public static class SiteAddress
{
    public static Uri? Of(HttpContext http, IConfiguration configuration)
    {
        if (Uri.TryCreate(configuration["Tripos:PublicUrl"], UriKind.Absolute, out var configured))
        {
            return configured;
        }

        string host = http.Request.Host.Host.Trim('[', ']');
        return host == "localhost" || (IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(ip)) ? Asked(http) : null;
    }

    /// <summary>The address of this very request, for an answer that only its sender reads.</summary>
    public static Uri Asked(HttpContext http) => new($"{http.Request.Scheme}://{http.Request.Host}");
}
