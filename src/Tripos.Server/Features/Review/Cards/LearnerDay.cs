using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Review;

/// <summary>A day of a learner: from four in the morning where they are to four in the next, so that studying late belongs to the evening it began in.</summary>
/// <param name="StartsMin">When it begins, in minutes after midnight UTC.</param>
public sealed record LearnerDay(DateOnly Date, DateTime StartsAt, DateTime EndsAt, short StartsMin)
{
    private const int StartsAtHour = 4;

    public static LearnerDay Of(TimeZoneInfo zone, DateTimeOffset now)
    {
        var offset = zone.GetUtcOffset(now);
        var date = DateOnly.FromDateTime(now.UtcDateTime + offset - TimeSpan.FromHours(StartsAtHour));
        var starts = DateTime.SpecifyKind(date.ToDateTime(new TimeOnly(StartsAtHour, 0)) - offset, DateTimeKind.Utc);
        return new LearnerDay(date, starts, starts.AddDays(1), (short)((StartsAtHour * 60) - offset.TotalMinutes));
    }

    /// <summary>When a day so many days later ends.</summary>
    public DateTime EndOf(int daysLater) => EndsAt.AddDays(daysLater);

    /// <summary>The zones learners chose in their profiles; those without are not in it.</summary>
    public static async Task<IReadOnlyDictionary<Guid, TimeZoneInfo>> ZonesAsync(NpgsqlConnection connection, Guid[] learnerIds, CancellationToken ct)
    {
        var rows = await connection.QueryAsync("SELECT user_id, time_zone FROM profiles WHERE user_id = ANY ($1) AND time_zone IS NOT NULL", row => (row.GetGuid(0), row.GetString(1)), ct, learnerIds);
        return rows.Select(row => (row.Item1, Zone: TimeZoneInfo.TryFindSystemTimeZoneById(row.Item2, out var zone) ? zone : null))
            .Where(row => row.Zone is not null).ToDictionary(row => row.Item1, row => row.Zone!);
    }
}

/// <summary>The precision times are stored with: what is computed from a time now is then what is computed from the row later.</summary>
internal static class StoredTime
{
    public static DateTime Of(DateTimeOffset at) => new(at.UtcTicks / TimeSpan.TicksPerMicrosecond * TimeSpan.TicksPerMicrosecond, DateTimeKind.Utc);
}
