using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Interchange;

/// <summary>Starts the import of files that were uploaded; it goes on in the background.</summary>
public static class CommitImport
{
    // Most imports take no longer: their author sees the result at once instead of a page that says "wait".
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    public static async Task<Outcome<ReadImport.View>> RunAsync(Guid id, CurrentUser user, NpgsqlDataSource source, ImportWorker worker, CancellationToken ct)
    {
        int started = await source.ExecuteAsync("""
            UPDATE import_batches SET status = 'importing', files_done = 0
            WHERE id = $1 AND (created_by = $2 OR $3) AND status IN ('ready', 'failed') AND EXISTS (SELECT FROM import_files WHERE batch_id = $1)
            """, ct, id, user.Id, user.IsAdmin);
        var view = await ReadImport.RunAsync(id, user, source, ct);
        if (started == 0)
        {
            return view.Problem is null ? InterchangeProblems.AlreadyCommitted : view;
        }

        await Task.WhenAny(worker.Enqueue(id), Task.Delay(Patience, ct));
        return await ReadImport.RunAsync(id, user, source, ct);
    }
}
