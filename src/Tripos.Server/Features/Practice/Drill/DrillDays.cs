using Npgsql;
using Tripos.Server.Features.Folds;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Practice;

/// <summary>The days on which a learner answered something, as the daily drill counts them.</summary>
/// <param name="Today">In the learner's own time zone.</param>
/// <param name="Active">Days with an answer, and days that were made up for.</param>
/// <param name="RepairableDay">The day a double drill today would make up for; null for none.</param>
public sealed record DrillDays(Streak Streak, DateOnly Today, IReadOnlySet<DateOnly> Active, DateOnly? RepairableDay)
{
    private const int DaysBetweenRepairs = 7;
    private const int DaysRead = 400;

    public static async Task<DrillDays> ReadAsync(NpgsqlConnection connection, Guid learnerId, DateTimeOffset now, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.With("SELECT time_zone FROM profiles WHERE user_id = $1", learnerId)
            .With("SELECT day FROM daily_progress WHERE learner_id = $1 AND topic_id = 0 AND answers > 0 AND day > $2", learnerId, DateOnly.FromDateTime(now.UtcDateTime).AddDays(-DaysRead))
            .With("""
                SELECT repairs_day, drill_day FROM practice_sessions WHERE learner_id = $1 AND kind = 'drill' AND repairs_day IS NOT NULL AND ended_why = 'done'
                """, learnerId);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var today = Day(await reader.ReadAllAsync(row => row.Maybe<string>(0), ct), now);
        await reader.NextResultAsync(ct);
        var active = await reader.ReadAllAsync(row => row.GetFieldValue<DateOnly>(0), ct);
        await reader.NextResultAsync(ct);
        var repairs = await reader.ReadAllAsync(row => (Day: row.GetFieldValue<DateOnly>(0), On: row.GetFieldValue<DateOnly>(1)), ct);
        return Of(today, active, repairs);
    }

    /// <summary>Pure: the same days give the same answer.</summary>
    /// <param name="repairs">Which day was made up for on which.</param>
    public static DrillDays Of(DateOnly today, IEnumerable<DateOnly> answered, IReadOnlyCollection<(DateOnly Day, DateOnly On)> repairs)
    {
        var active = answered.Concat(repairs.Select(repair => repair.Day)).ToHashSet();
        var yesterday = today.AddDays(-1);
        bool canRepair = !active.Contains(yesterday) && active.Contains(today.AddDays(-2)) && repairs.All(repair => today.DayNumber - repair.On.DayNumber >= DaysBetweenRepairs);
        return new DrillDays(Streak.Of(active, today), today, active, canRepair ? yesterday : null);
    }

    /// <summary>The day it is for a learner; UTC where their zone is not known.</summary>
    public static async Task<DateOnly> TodayAsync(NpgsqlConnection connection, Guid learnerId, DateTimeOffset now, CancellationToken ct) =>
        Day(await connection.QueryAsync("SELECT time_zone FROM profiles WHERE user_id = $1", row => row.Maybe<string>(0), ct, learnerId), now);

    private static DateOnly Day(List<string?> zones, DateTimeOffset now) =>
        DateOnly.FromDateTime((zones is [{ } id] && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? TimeZoneInfo.ConvertTime(now, zone) : now.ToUniversalTime()).DateTime);
}
