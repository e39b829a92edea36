namespace Tripos.Server.Platform.Web;

/// <summary>The time zone of whoever reads the page: the one in their profile, else as their browser told us; UTC until it has.</summary>
public sealed record ReaderZone(TimeZoneInfo Zone)
{
    /// <summary>Set by js/local-time.js to an IANA name such as <c>Europe/Berlin</c>.</summary>
    public const string CookieName = "tz";

    /// <summary>Whether the person chose a zone, so that the browser's does not count.</summary>
    public static bool IsChosen(HttpContext http) => http.User.HasClaim(claim => claim.Type == ClaimNames.TimeZone);

    public static ReaderZone Of(HttpContext http) =>
        (http.User.FindFirst(ClaimNames.TimeZone)?.Value ?? http.Request.Cookies[CookieName]) is { Length: > 0 and <= 64 } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
            ? new ReaderZone(zone)
            : new ReaderZone(TimeZoneInfo.Utc);

    /// <summary>The time of the day, to the minute: 14:02.</summary>
    public string Clock(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone).ToString("HH:mm");

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
