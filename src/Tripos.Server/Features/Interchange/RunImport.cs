using System.Text.Json;
using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Interchange;

/// <summary>Imports a committed upload. It may be asked to more than once (at once by the request, later by the job): importing twice is importing once.</summary>
public static class RunImport
{
    /// <summary>The job that makes sure an import is finished even when the server is not.</summary>
    public const string Kind = "import-committed";

    public static async Task RunAsync(Guid id, ImportLimits limits, NpgsqlDataSource source, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var turn = await connection.BeginTransactionAsync(ct); // holds the lock and writes the end; the files have transactions of their own
        await connection.ExecuteAsync("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", ct, $"import {id}");
        var files = await connection.QueryAsync("""
            SELECT b.created_by, f.position, f.name, length(f.content) FROM import_batches b JOIN import_files f ON f.batch_id = b.id
            WHERE b.id = $1 AND b.status IN ('importing', 'failed') ORDER BY f.position
            """, row => (Author: row.GetGuid(0), Position: row.GetInt32(1), Name: row.GetString(2), Length: row.GetInt32(3)), ct, id);
        if (files.Count == 0)
        {
            return;
        }

        try
        {
            var sources = FilesBeside.Together(files.Select(f => new ImportSource(f.Name, f.Length, () => Content(id, f.Position, source))));
            var report = await ImportFiles.RunAsync(sources, new(files[0].Author, DryRun: false, limits), source,
                _ => source.ExecuteAsync("UPDATE import_batches SET files_done = least(files_done + 1, files_total) WHERE id = $1", ct, id), ct);
            await connection.ExecuteAsync("UPDATE import_batches SET status = 'done', result = $2::jsonb, files_done = files_total WHERE id = $1", ct, id, JsonSerializer.Serialize(report, Json.Options));
            await connection.ExecuteAsync("DELETE FROM import_files WHERE batch_id = $1", ct, id);
            await turn.CommitAsync(ct);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            await source.ExecuteAsync("UPDATE import_batches SET status = 'failed' WHERE id = $1", CancellationToken.None, id);
            throw; // the job tries again
        }
    }

    // An upload is at most some megabytes, and one file of it at a time is in memory.
    private static MemoryStream Content(Guid id, int position, NpgsqlDataSource source)
    {
        using var command = source.CreateCommand("SELECT content FROM import_files WHERE batch_id = $1 AND position = $2");
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = position });
        return new MemoryStream((byte[])command.ExecuteScalar()!, writable: false);
    }
}
