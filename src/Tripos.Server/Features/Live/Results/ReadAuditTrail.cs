using System.Text.Json;
using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Live;

/// <summary>One thing that was done to a session or to those who sit it.</summary>
/// <param name="By">Null for the server itself.</param>
/// <param name="To">Whom it concerned, by name; empty for what concerns everybody and needs no receipt.</param>
public sealed record AuditRow(Guid Id, DateTimeOffset At, string Kind, string? By, bool ToAll, JsonElement Details, IReadOnlyList<AuditRow.Receipt> To)
{
    /// <param name="AcknowledgedAt">When their page said that it has shown it; null while it has not.</param>
    public sealed record Receipt(Guid LearnerId, string Name, DateTimeOffset? AcknowledgedAt);
}

/// <summary>The audit trail of a session, oldest first. For pages that have made sure that their reader runs the session.</summary>
public static class ReadAuditTrail
{
    public static async Task<List<AuditRow>> RunAsync(Guid sessionId, NpgsqlDataSource source, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        var receipts = (await connection.QueryAsync("""
            SELECT r.action_id, r.learner_id, u.display_name, r.acknowledged_at
            FROM live_actions a JOIN live_receipts r ON r.action_id = a.id JOIN users u ON u.id = r.learner_id WHERE a.session_id = $1 ORDER BY u.display_name, u.id
            """, row => (Action: row.GetGuid(0), Receipt: new AuditRow.Receipt(row.GetGuid(1), row.GetString(2), row.MaybeTime(3))), ct, sessionId)).ToLookup(row => row.Action, row => row.Receipt);
        return await connection.QueryAsync("""
            SELECT a.id, a.at, a.kind, u.display_name, a.to_all, a.details::text FROM live_actions a LEFT JOIN users u ON u.id = a.actor_id WHERE a.session_id = $1 ORDER BY a.at, a.id
            """, row => new AuditRow(row.GetGuid(0), row.Time(1), row.GetString(2), row.Maybe<string>(3), row.GetBoolean(4), JsonSerializer.Deserialize<JsonElement>(row.GetString(5)), [.. receipts[row.GetGuid(0)]]), ct, sessionId);
    }
}
