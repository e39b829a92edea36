namespace Tripos.Server.Platform.Web;

/// <summary>The time zone of whoever reads the page, as their browser told us; UTC until it has.</summary>
public sealed record ReaderZone(TimeZoneInfo Zone)
{
    /// <summary>Set by js/local-time.js to an IANA name such as <c>Europe/Berlin</c>.</summary>
    public const string CookieName = "tz";

    public static ReaderZone Of(HttpContext http) =>
        http.Request.Cookies[CookieName] is { Length: > 0 and <= 64 } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
            ? new ReaderZone(zone)
            : new ReaderZone(TimeZoneInfo.Utc);

    public string Format(DateTimeOffset at, string style)
    {
        var local = TimeZoneInfo.ConvertTime(at, Zone);
        return style switch
        {
            "date" => local.ToString("d MMM yyyy"),
            "zone" => $"{local:d MMM yyyy, HH:mm} {Name(local)}",
            _ => local.ToString("d MMM yyyy, HH:mm"),
        };
    }

    private string Name(DateTimeOffset local) => Zone == TimeZoneInfo.Utc ? "UTC"
        : local.Offset == TimeSpan.Zero ? "GMT"
        : $"GMT{(local.Offset < TimeSpan.Zero ? '-' : '+')}{local.Offset:h\\:mm}".Replace(":00", "");
}
