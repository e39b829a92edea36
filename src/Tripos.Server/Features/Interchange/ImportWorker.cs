using System.Text.Json;
using System.Threading.Channels;
using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Interchange;

/// <summary>Imports committed uploads one after the other, and takes up again those a restart cut short: importing twice is importing once.</summary>
public sealed class ImportWorker(NpgsqlDataSource source, ImportLimits limits, ILogger<ImportWorker> log) : BackgroundService
{
    private readonly Channel<(Guid Id, TaskCompletionSource Done)> _waiting = Channel.CreateUnbounded<(Guid, TaskCompletionSource)>();

    /// <summary>Puts an upload in line.</summary>
    /// <returns>Completes when it is imported or has failed.</returns>
    public Task Enqueue(Guid id)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Writer.TryWrite((id, done));
        return done.Task;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var id in await source.QueryAsync("SELECT id FROM import_batches WHERE status = 'importing' ORDER BY id", row => row.GetGuid(0), stoppingToken))
        {
            _ = Enqueue(id);
        }

        await foreach (var (id, done) in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await ImportAsync(id, stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // The next upload must not suffer; the author sees that this one failed and can try again.
                log.LogError(fault, "Import {Import} failed", id);
                await source.ExecuteAsync("UPDATE import_batches SET status = 'failed' WHERE id = $1", stoppingToken, id);
            }

            done.TrySetResult();
        }
    }

    private async Task ImportAsync(Guid id, CancellationToken ct)
    {
        var rows = await source.QueryAsync("SELECT b.created_by, f.position, f.name, length(f.content) FROM import_batches b JOIN import_files f ON f.batch_id = b.id WHERE b.id = $1 ORDER BY f.position",
            row => (Author: row.GetGuid(0), Position: row.GetInt32(1), Name: row.GetString(2), Length: row.GetInt32(3)), ct, id);
        if (rows.Count == 0)
        {
            return; // committed twice at the same moment: the other one did it
        }

        var sources = rows.Select(row => new ImportSource(row.Name, row.Length, () => Content(id, row.Position)));
        var report = await ImportFiles.RunAsync(sources, new(rows[0].Author, DryRun: false, limits), source,
            _ => source.ExecuteAsync("UPDATE import_batches SET files_done = least(files_done + 1, files_total) WHERE id = $1", ct, id), ct);
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await connection.ExecuteAsync("UPDATE import_batches SET status = 'done', result = $2::jsonb, files_done = files_total WHERE id = $1", ct, id, JsonSerializer.Serialize(report, Json.Options));
        await connection.ExecuteAsync("DELETE FROM import_files WHERE batch_id = $1", ct, id);
        await transaction.CommitAsync(ct);
    }

    // An upload is at most some megabytes, and one file of it at a time is in memory.
    private MemoryStream Content(Guid id, int position)
    {
        using var command = source.CreateCommand("SELECT content FROM import_files WHERE batch_id = $1 AND position = $2");
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = position });
        return new MemoryStream((byte[])command.ExecuteScalar()!, writable: false);
    }
}
