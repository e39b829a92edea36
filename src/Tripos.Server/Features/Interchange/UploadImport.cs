using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Tripos.Formats;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Interchange;

/// <summary>Takes files, says what importing them would do, and keeps them until their author decides.</summary>
public static class UploadImport
{
    private const int LongestName = 300;

    public static async Task<Outcome<ReadImport.View>> RunAsync(IReadOnlyList<IFormFile> files, ImportLimits limits, CurrentUser user, NpgsqlDataSource source, CancellationToken ct)
    {
        // Decide
        if (files.Count == 0 || files.All(f => f.FileName.Length == 0))
        {
            return InterchangeProblems.NothingToImport;
        }

        if (files.Count > limits.UploadFiles)
        {
            return InterchangeProblems.TooMany(limits.UploadFiles);
        }

        if (files.Sum(f => f.Length) > limits.UploadBytes)
        {
            return InterchangeProblems.TooLarge(limits.UploadBytes);
        }

        // Write
        var sources = FilesBeside.Together(files.Select(f => new ImportSource(NameOf(f), f.Length, f.OpenReadStream)));
        var preview = await ImportFiles.RunAsync(sources, new(user.Id, DryRun: true, limits), source, null, ct);
        var id = Guid.CreateVersion7();
        await StoreAsync(id, user, preview, sources, source, ct);
        return await ReadImport.RunAsync(id, user, source, ct);
    }

    // Browsers may send a path; control characters have no place in a name.
    private static string NameOf(IFormFile file)
    {
        string name = PlainText.OneLine(Path.GetFileName(file.FileName.Replace('\\', '/')));
        return name.Length == 0 ? "unnamed" : name.Length > LongestName ? name[^LongestName..] : name;
    }

    private static async Task StoreAsync(Guid id, CurrentUser user, ImportReport preview, List<ImportSource> sources, NpgsqlDataSource source, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await connection.ExecuteAsync("DELETE FROM import_files f USING import_batches b WHERE b.id = f.batch_id AND b.status = 'ready' AND b.created_at < now() - interval '7 days'", ct);
        await connection.ExecuteAsync("INSERT INTO import_batches (id, created_by, preview, files_total) VALUES ($1, $2, $3::jsonb, $4)",
            ct, id, user.Id, JsonSerializer.Serialize(preview, Json.Options), preview.Files.Count);
        for (int i = 0; i < sources.Count; i++)
        {
            await using var content = sources[i].Open();
            await using var insert = new NpgsqlCommand("INSERT INTO import_files (batch_id, position, name, content) VALUES ($1, $2, $3, $4)", connection);
            insert.Parameters.Add(new() { Value = id });
            insert.Parameters.Add(new() { Value = i + 1 });
            insert.Parameters.Add(new() { Value = sources[i].Name });
            insert.Parameters.Add(new() { Value = content, NpgsqlDbType = NpgsqlDbType.Bytea });
            await insert.ExecuteNonQueryAsync(ct);
        }

        await transaction.CommitAsync(ct);
    }
}
