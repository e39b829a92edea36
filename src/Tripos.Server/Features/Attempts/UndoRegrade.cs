using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Attempts;

/// <summary>Takes a regrade back: answers get their former points, results a new revision. The key itself stays as it is.</summary>
public static class UndoRegrade
{
    public static async Task<Outcome<Done>> RunAsync(Guid regradeId, CurrentUser author, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        // Load
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await connection.ExecuteAsync("SELECT FROM questions WHERE id = (SELECT question_id FROM regrades WHERE id = $1) FOR UPDATE", ct, regradeId);
        var found = await connection.QueryAsync("""
            SELECT status, EXISTS (
                SELECT FROM regrade_changes mine JOIN regrade_changes other USING (attempt_id, position) JOIN regrades newer ON newer.id = other.regrade_id
                WHERE mine.regrade_id = r.id AND newer.status = 'committed' AND newer.created_at > r.created_at), from_profile
            FROM regrades r WHERE id = $1
            """, row => (Status: row.Word<RegradeStatus>(0), Superseded: row.GetBoolean(1), FromProfile: row.Maybe<string>(2)), ct, regradeId);

        // Decide
        if (found is not [var regrade])
        {
            return new Problem("regrade-not-found", 404, "No such regrade");
        }

        if (regrade.Status == RegradeStatus.Undone)
        {
            return Done.Instance;
        }

        if (regrade.Superseded)
        {
            return new Problem("regrade-superseded", 409, "A newer regrade stands on this one", "Undo the newer regrade of the same answers first.");
        }

        // Write
        var now = clock.GetUtcNow();
        await StoreRegrade.UndoAsync(connection, regradeId, regrade.FromProfile, now, ct);
        await connection.ExecuteAsync("UPDATE regrades SET status = 'undone', undone_by = $2, undone_at = $3 WHERE id = $1", ct, regradeId, author.Id, now);
        await transaction.CommitAsync(ct);
        return Done.Instance;
    }
}
