using Npgsql;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Evaluation.Credits;

/// <summary>Caps with what is used of them this month.</summary>
public static class ReadCaps
{
    private const int MostTeams = 100;

    /// <param name="TeamId">Null for the whole server.</param>
    /// <param name="Credits">The cap; null where there is none.</param>
    /// <param name="Used">Reserved and spent since the first of the month (UTC).</param>
    public sealed record Cap(Guid? TeamId, string Name, int? Credits, long Used)
    {
        public bool IsReached => Credits <= Used;
    }

    private const string TeamsSql = """
        SELECT t.id, t.name, c.credits,
            COALESCE((SELECT sum(m.reserved + m.spent) FROM credit_months m WHERE m.month = $1 AND m.user_id IN (SELECT user_id FROM team_members WHERE team_id = t.id)), 0)::bigint
        FROM teams t LEFT JOIN credit_caps c ON c.team_id = t.id
        """;

    public static async Task<Cap> ServerAsync(NpgsqlDataSource source, DateTimeOffset now, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        long used = await SpendingCaps.UsedAsync(connection, null, SpendingCaps.MonthOf(now), ct);
        var caps = await connection.QueryAsync("SELECT credits FROM credit_caps WHERE team_id IS NULL", row => row.GetInt32(0), ct);
        return new Cap(null, "The whole server", caps.Count == 0 ? null : caps[0], used);
    }

    /// <summary>Teams with a cap, and those whose name contains what is looked for.</summary>
    public static Task<List<Cap>> TeamsAsync(string? search, NpgsqlDataSource source, DateTimeOffset now, CancellationToken ct) => source.QueryAsync(
        $"{TeamsSql} WHERE c.id IS NOT NULL OR ($2 <> '' AND strpos(lower(t.name), lower($2)) > 0) ORDER BY t.name, t.id LIMIT {MostTeams}", Read, ct, SpendingCaps.MonthOf(now), search?.Trim() ?? "");

    /// <summary>The teams that this person administers, with a cap or without.</summary>
    public static Task<List<Cap>> MineAsync(CurrentUser user, NpgsqlDataSource source, DateTimeOffset now, CancellationToken ct) => source.QueryAsync(
        $"{TeamsSql} WHERE t.id IN (SELECT team_id FROM team_members WHERE user_id = $2 AND role = 'admin') ORDER BY t.name, t.id", Read, ct, SpendingCaps.MonthOf(now), user.Id);

    private static Cap Read(NpgsqlDataReader row) => new(row.GetGuid(0), row.GetString(1), row.Maybe<int?>(2), row.GetInt64(3));
}
