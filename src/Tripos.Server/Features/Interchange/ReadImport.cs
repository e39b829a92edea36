using System.Text.Json;
using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Interchange;

/// <summary>An upload as its author sees it: what was found, how far the import is, what it did.</summary>
public static class ReadImport
{
    /// <param name="Totals">Of what would happen while it is ready, of what happened once it is done.</param>
    /// <param name="Files">The same, file by file.</param>
    public sealed record View(Guid Id, ImportStatus Status, int FilesTotal, int FilesDone, ImportReport.Totals Totals, IReadOnlyList<ImportedFile> Files);

    public sealed record Summary(Guid Id, ImportStatus Status, DateTimeOffset CreatedAt, int Files, string FirstName);

    /// <summary>Its owner's and administrators' alone; anybody else finds nothing.</summary>
    public static async Task<Outcome<View>> RunAsync(Guid id, CurrentUser user, NpgsqlDataSource source, CancellationToken ct)
    {
        var rows = await source.QueryAsync(
            "SELECT status, files_total, files_done, coalesce(result, preview)::text FROM import_batches WHERE id = $1 AND (created_by = $2 OR $3)",
            row => (Status: row.Word<ImportStatus>(0), Total: row.GetInt32(1), Done: row.GetInt32(2), Report: row.GetString(3)), ct, id, user.Id, user.IsAdmin);
        if (rows is not [var batch])
        {
            return InterchangeProblems.ImportNotFound;
        }

        var report = JsonSerializer.Deserialize<ImportReport>(batch.Report, Json.Options)!;
        return new View(id, batch.Status, batch.Total, batch.Done, report.Total(), report.Files);
    }

    /// <summary>The last ten uploads of one person.</summary>
    public static Task<List<Summary>> LastAsync(CurrentUser user, NpgsqlDataSource source, CancellationToken ct) => source.QueryAsync("""
        SELECT id, status, created_at, files_total, coalesce(preview->'files'->0->>'name', '') FROM import_batches
        WHERE created_by = $1 ORDER BY created_at DESC LIMIT 10
        """, row => new Summary(row.GetGuid(0), row.Word<ImportStatus>(1), row.Time(2), row.GetInt32(3), row.GetString(4)), ct, user.Id);
}
