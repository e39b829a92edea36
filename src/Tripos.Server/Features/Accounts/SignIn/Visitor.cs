using System.Net;

namespace Tripos.Server.Features.Accounts;

/// <summary>Where a request came from, as far as the activity log and the list of sessions tell it.</summary>
/// <param name="Device">Browser and system in a few words.</param>
public sealed record Visitor(IPAddress? Ip, string Device)
{
    private const int LongestUnknown = 60;

    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chromium/", "Chromium"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
    ];

    public static Visitor CommandLine { get; } = new(null, "command line");

    public static ValueTask<Visitor> BindAsync(HttpContext http) => ValueTask.FromResult(From(http));

    public static Visitor From(HttpContext http)
    {
        var ip = http.Connection.RemoteIpAddress;
        return new(ip is { IsIPv4MappedToIPv6: true } ? ip.MapToIPv4() : ip, Describe(http.Request.Headers.UserAgent.ToString()));
    }

    /// <summary>"Firefox on Linux" for what browsers send; the start of the text for anything else.</summary>
    public static string Describe(string userAgent)
    {
        string? browser = Browsers.FirstOrDefault(b => userAgent.Contains(b.Mark, StringComparison.Ordinal)).Name;
        string? system = Systems.FirstOrDefault(s => userAgent.Contains(s.Mark, StringComparison.Ordinal)).Name;
        return (browser, system) switch
        {
            (not null, not null) => $"{browser} on {system}",
            (not null, null) => browser,
            (null, not null) => $"a program on {system}",
            _ => userAgent.Length > LongestUnknown ? userAgent[..LongestUnknown] : userAgent,
        };
    }
}
