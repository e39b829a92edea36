using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Evaluation.Credits;

/// <summary>How many credits teams and the whole server may use in a calendar month (UTC).</summary>
public static class SpendingCaps
{
    private sealed record Cap(Guid? TeamId, string Name, int Credits);

    // In the order of their ids: whoever locks several never waits for somebody who waits for them.
    private const string LockSql = """
        SELECT c.team_id, COALESCE((SELECT name FROM teams WHERE id = c.team_id), ''), c.credits FROM credit_caps c
        WHERE c.team_id IS NULL OR c.team_id IN (SELECT team_id FROM team_members WHERE user_id = $1) ORDER BY c.id FOR UPDATE
        """;

    private const string UsedSql = """
        SELECT COALESCE(sum(reserved + spent), 0)::bigint FROM credit_months
        WHERE month = $1 AND ($2::uuid IS NULL OR user_id IN (SELECT user_id FROM team_members WHERE team_id = $2))
        """;

    public static DateOnly MonthOf(DateTimeOffset at) => new(at.UtcDateTime.Year, at.UtcDateTime.Month, 1);

    /// <summary>The caps that count for this person stay locked until the transaction ends, so that two reservations never share what is left.</summary>
    /// <returns>Why the credits cannot be reserved now; null when they can.</returns>
    public static async Task<string?> ReachedAsync(NpgsqlConnection connection, Guid payerId, int credits, DateTimeOffset now, CancellationToken ct)
    {
        var caps = await connection.QueryAsync(LockSql, row => new Cap(row.Maybe<Guid?>(0), row.GetString(1), row.GetInt32(2)), ct, payerId);
        foreach (var cap in caps)
        {
            long used = await UsedAsync(connection, cap.TeamId, MonthOf(now), ct);
            if (used + credits > cap.Credits)
            {
                return Reason(cap, MonthOf(now));
            }
        }

        return null;
    }

    /// <summary>Reserved and spent by everybody who is in the team now; of the whole server where there is no team.</summary>
    public static async Task<long> UsedAsync(NpgsqlConnection connection, Guid? teamId, DateOnly month, CancellationToken ct) =>
        (await connection.QueryAsync(UsedSql, row => row.GetInt64(0), ct, month, teamId)).Single();

    private static string Reason(Cap cap, DateOnly month) =>
        $"{(cap.TeamId is null ? "This server" : $"The team {cap.Name}")} has used the credits it may use in {month:MMMM yyyy}. The evaluation goes on when the limit is raised, or on {month.AddMonths(1):d MMMM}.";
}
