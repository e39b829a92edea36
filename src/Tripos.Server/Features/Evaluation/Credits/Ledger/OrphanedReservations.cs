using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Evaluation.Credits;

/// <summary>Finds reservations whose evaluation is gone, failed or done without anybody saying so, and ends them.</summary>
public static class OrphanedReservations
{
    /// <summary>How long whoever reserved may take until the evaluation is known.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(15);

    private const string FindSql = """
        SELECT r.request_id, e.status = 'done', COALESCE(e.cost_micros, 0)
        FROM credit_accounts a JOIN credit_transfers r ON r.user_id = a.user_id AND r.kind = 'reserve' AND r.created_at < $1
            LEFT JOIN evaluations e ON e.id = r.request_id
        WHERE a.account = 'held' AND a.balance > 0 AND (e.id IS NULL OR e.status IN ('failed', 'done'))
            AND NOT EXISTS (SELECT FROM credit_transfers x WHERE x.request_id = r.request_id AND x.kind IN ('settle', 'refund'))
        ORDER BY r.created_at LIMIT 1000
        """;

    private sealed record Orphan(Guid RequestId, bool IsDone, long CostMicros);

    /// <returns>How many were ended: settled where the evaluation is done, else given back.</returns>
    public static async Task<int> RefundOrphansAsync(NpgsqlDataSource source, DateTimeOffset now, CancellationToken ct)
    {
        var orphans = await source.QueryAsync(FindSql, row => new Orphan(row.GetGuid(0), row.Maybe<bool>(1), row.GetInt64(2)), ct, now - Lease);
        int ended = 0;
        foreach (var orphan in orphans)
        {
            ended += await EndAsync(source, orphan, now, ct) ? 1 : 0;
        }

        return ended;
    }

    private static async Task<bool> EndAsync(NpgsqlDataSource source, Orphan orphan, DateTimeOffset now, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        bool ended = orphan.IsDone
            ? await CreditLedger.SettleAsync(connection, orphan.RequestId, orphan.CostMicros, now, ct)
            : await CreditLedger.RefundAsync(connection, orphan.RequestId, "The evaluation did not come about", now, ct);
        await transaction.CommitAsync(ct);
        return ended;
    }
}
