using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Evaluation.Credits;

/// <summary>What a person's credits were spent on: by type, and day by day.</summary>
public static class ReadUsage
{
    /// <param name="Evaluations">Finished and paid; those that were given back do not count.</param>
    public sealed record OfType(UsageType UsageType, long Evaluations, long Credits);

    /// <param name="Credits">In the order of the types.</param>
    public sealed record Day(DateOnly Date, IReadOnlyList<long> Credits)
    {
        public long Total => Credits.Sum();
    }

    /// <param name="From">Included.</param>
    /// <param name="To">Not included.</param>
    public sealed record View(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<OfType> Types, IReadOnlyList<Day> Days)
    {
        public long Credits => Types.Sum(type => type.Credits);
    }

    /// <summary>The most time one report covers.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(400);

    public static readonly UsageType[] Types = Enum.GetValues<UsageType>();

    private sealed record Hour(DateTimeOffset At, UsageType UsageType, long Evaluations, long Credits);

    // Quarters of an hour: no time zone begins its days anywhere else.
    private const string UsedSql = """
        SELECT date_bin('15 minutes', created_at, '2000-01-01Z') AS at, usage_type, count(*), sum(credits)
        FROM credit_transfers WHERE user_id = $1 AND kind = 'settle' AND created_at >= $2 AND created_at < $3 GROUP BY 1, 2
        """;

    /// <param name="zone">Where days begin and end.</param>
    public static async Task<View> RunAsync(Guid userId, DateTimeOffset from, DateTimeOffset to, TimeZoneInfo zone, NpgsqlDataSource source, CancellationToken ct)
    {
        var used = await source.QueryAsync(UsedSql, row => new Hour(row.Time(0), row.Word<UsageType>(1), row.GetInt64(2), row.GetInt64(3)), ct, userId, from.ToUniversalTime(), to.ToUniversalTime());
        var types = Types.Select(type => new OfType(type, used.Where(u => u.UsageType == type).Sum(u => u.Evaluations), used.Where(u => u.UsageType == type).Sum(u => u.Credits)));
        var days = used.GroupBy(u => CreditDay.Of(zone, u.At).Date).OrderBy(day => day.Key)
            .Select(day => new Day(day.Key, [.. Types.Select(type => day.Where(u => u.UsageType == type).Sum(u => u.Credits))]));
        return new View(from, to, [.. types], [.. days]);
    }
}
