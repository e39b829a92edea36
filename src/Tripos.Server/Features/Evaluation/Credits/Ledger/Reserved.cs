using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Evaluation.Credits;

/// <summary>A reservation as it is in the books.</summary>
/// <param name="Day">The day of the wallet when it was made.</param>
/// <param name="FromDaily">How many of its credits were daily ones.</param>
/// <param name="Ended">Settle, refund, or null while it is open.</param>
internal sealed record Reserved(Guid RequestId, Guid UserId, UsageType Usage, int Credits, DateOnly Day, int FromDaily, TransferKind? Ended)
{
    private const string FindSql = """
        SELECT r.request_id, r.user_id, r.usage_type, r.credits, r.day,
            COALESCE((SELECT -amount FROM credit_entries WHERE transfer_id = r.id AND account = 'daily'), 0),
            (SELECT kind FROM credit_transfers WHERE request_id = $1 AND kind IN ('settle', 'refund'))
        FROM credit_transfers r WHERE r.request_id = $1 AND r.kind = 'reserve'
        """;

    public static async Task<Reserved?> FindAsync(NpgsqlConnection connection, Guid requestId, CancellationToken ct) => (await connection.QueryAsync(
        FindSql, row => new Reserved(row.GetGuid(0), row.GetGuid(1), row.Word<UsageType>(2), row.GetInt32(3), row.GetFieldValue<DateOnly>(4), row.GetInt32(5), row.IsDBNull(6) ? null : row.Word<TransferKind>(6)),
        ct, requestId)).SingleOrDefault();

    /// <summary>The reservation with its person's wallet locked, if it is still open.</summary>
    public static async Task<(Reserved Reserved, Wallet Wallet)?> LockOpenAsync(NpgsqlConnection connection, Guid requestId, DateTimeOffset now, CancellationToken ct)
    {
        if (await FindAsync(connection, requestId, ct) is not { Ended: null } found)
        {
            return null;
        }

        var wallet = await Wallet.LockAsync(connection, found.UserId, now, ct);
        return await FindAsync(connection, requestId, ct) is { Ended: null } ? (found, wallet) : null;
    }

    public Transfer End(TransferKind kind, DateOnly day, DateTimeOffset now, long? costMicros = null, string reason = "") =>
        new(kind, UserId, day, now) { RequestId = RequestId, Usage = Usage, CostMicros = costMicros, Reason = reason };
}
