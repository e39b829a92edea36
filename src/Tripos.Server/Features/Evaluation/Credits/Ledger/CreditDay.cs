namespace Tripos.Server.Features.Evaluation.Credits;

/// <summary>A day from one local midnight to the next.</summary>
public readonly record struct CreditDay(DateOnly Date, DateTimeOffset StartsAt)
{
    public static CreditDay Of(TimeZoneInfo zone, DateTimeOffset now)
    {
        var date = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        return new CreditDay(date, StartOf(zone, date));
    }

    /// <summary>The first instant of the day, also where the clocks change at midnight.</summary>
    public static DateTimeOffset StartOf(TimeZoneInfo zone, DateOnly date)
    {
        var midnight = date.ToDateTime(TimeOnly.MinValue, DateTimeKind.Unspecified);
        midnight = zone.IsInvalidTime(midnight) ? midnight.AddHours(1) : midnight; // skipped in spring
        var offset = zone.IsAmbiguousTime(midnight) ? zone.GetAmbiguousTimeOffsets(midnight).Max() : zone.GetUtcOffset(midnight);
        return new DateTimeOffset(midnight, offset).ToUniversalTime();
    }
}
