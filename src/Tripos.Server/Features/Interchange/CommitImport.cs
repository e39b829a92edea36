using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Jobs;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Interchange;

/// <summary>Imports what was uploaded: at once when it is small, else in the background.</summary>
public static class CommitImport
{
    // Their author sees the result at once instead of a page that says "wait".
    private const long SmallBytes = 1 << 20;

    public static async Task<Outcome<ReadImport.View>> RunAsync(Guid id, CurrentUser user, ImportLimits limits, NpgsqlDataSource source, CancellationToken ct)
    {
        // Decide and write: whoever turns the status starts the import.
        var started = await StartAsync(id, user, source, ct);
        if (started is null)
        {
            var view = await ReadImport.RunAsync(id, user, source, ct);
            return view.Problem is null ? InterchangeProblems.AlreadyCommitted : view;
        }

        if (started < SmallBytes)
        {
            await RunImport.RunAsync(id, limits, source, ct);
        }

        return await ReadImport.RunAsync(id, user, source, ct);
    }

    /// <returns>Bytes to import; null when there is nothing to start.</returns>
    private static async Task<long?> StartAsync(Guid id, CurrentUser user, NpgsqlDataSource source, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var bytes = await connection.QueryAsync("""
            WITH started AS (
                UPDATE import_batches SET status = 'importing', files_done = 0
                WHERE id = $1 AND (created_by = $2 OR $3) AND status IN ('ready', 'failed') AND EXISTS (SELECT FROM import_files WHERE batch_id = $1) RETURNING id
            )
            SELECT sum(length(f.content))::bigint FROM started JOIN import_files f ON f.batch_id = started.id
            """, row => row.Maybe<long?>(0), ct, id, user.Id, user.IsAdmin);
        if (bytes is [{ } size])
        {
            await connection.EnqueueAsync(RunImport.Kind, id, ct);
            await transaction.CommitAsync(ct);
            return size;
        }

        return null;
    }
}
