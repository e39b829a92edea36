using System.Globalization;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Live.Pages;

/// <summary>The plan of a session as a form posts it: times in the zone of whoever fills it in, lengths in minutes.</summary>
public sealed class PlanForm
{
    private const string LocalFormat = "yyyy-MM-dd'T'HH:mm";

    public string? Title { get; set; }
    public Guid? TestId { get; set; }

    /// <summary>What an input of type datetime-local holds; empty for no appointment.</summary>
    public string? At { get; set; }
    public int? OpensBefore { get; set; }
    public double? Minutes { get; set; }
    public bool FullScreen { get; set; }
    public int? Revision { get; set; }

    public static PlanForm Of(LiveSession session, ReaderZone zone) => new()
    {
        Title = session.Title,
        TestId = session.TestId,
        At = session.ScheduledAt is { } at ? TimeZoneInfo.ConvertTime(at, zone.Zone).ToString(LocalFormat, CultureInfo.InvariantCulture) : null,
        OpensBefore = (int?)(session.OpensBeforeMs / 60_000),
        Minutes = session.TimeLimitMs / 60_000.0,
        FullScreen = session.FullScreen,
        Revision = session.Revision,
    };

    /// <param name="zone">Of the person who filled it in.</param>
    /// <param name="before">The session that is changed. A time that was not touched stays the instant it was, also where a clock that is turned back shows two of them alike.</param>
    public SessionPlan ToPlan(ReaderZone zone, LiveSession? before)
    {
        var at = before is not null && Of(before, zone).At == At ? before.ScheduledAt : Instant(zone.Zone);
        return new(TestId ?? Guid.Empty, Title, at, OpensBefore * 60_000L, Minutes is { } minutes ? (long)Math.Round(minutes * 60_000) : null, FullScreen, Revision);
    }

    /// <summary>Whether the time is one; an empty one is none, and that is fine.</summary>
    public bool HasFaultyTime => !string.IsNullOrWhiteSpace(At) && Local is null;

    private DateTime? Local => DateTime.TryParse(At, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) ? DateTime.SpecifyKind(local, DateTimeKind.Unspecified) : null;

    private DateTimeOffset? Instant(TimeZoneInfo zone)
    {
        if (Local is not { } local)
        {
            return null;
        }

        local = zone.IsInvalidTime(local) ? local.AddHours(1) : local; // an hour that is skipped in spring
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
