using Npgsql;
using Tripos.Formats;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Interchange;

/// <summary>The one importer behind the command line, the wizard and the API: each file in its own transaction, a bad one stops no other.</summary>
public static class ImportFiles
{
    // Imports take turns: two of the same exam at once must not both find it missing.
    private const long LockKey = 0x5472_6970_496D_7001;

    /// <param name="Author">Who imports; null for the command line.</param>
    /// <param name="DryRun">Does everything and takes it back, so that the report says exactly what would happen.</param>
    public sealed record Request(Guid? Author, bool DryRun, ImportLimits Limits);

    /// <summary>What a file's importer works with.</summary>
    internal sealed record Work(NpgsqlConnection Connection, Guid? Author, string FileName, CancellationToken Ct);

    /// <param name="sources">The files; archives are opened, key files are read last.</param>
    /// <param name="progress">Told of each file when it is finished.</param>
    public static async Task<ImportReport> RunAsync(IEnumerable<ImportSource> sources, Request request, NpgsqlDataSource database, Func<ImportedFile, Task>? progress, CancellationToken ct)
    {
        List<ImportedFile> done = [];
        List<Func<Task<ImportedFile>>> keys = [];
        Task FinishAsync(ImportedFile file)
        {
            done.Add(file);
            return progress?.Invoke(file) ?? Task.CompletedTask;
        }

        foreach (var source in sources)
        {
            if (FileKinds.IsArchive(source.Name))
            {
                await ImportArchiveAsync(source, request, database, FinishAsync, ct);
            }
            else if (FileKinds.IsKeyList(source.Name))
            {
                keys.Add(() => ImportOneAsync(source, request, database, ct));
            }
            else
            {
                await FinishAsync(await ImportOneAsync(source, request, database, ct));
            }
        }

        foreach (var key in keys)
        {
            await FinishAsync(await key());
        }

        return new ImportReport(done);
    }

    private static async Task ImportArchiveAsync(ImportSource source, Request request, NpgsqlDataSource database, Func<ImportedFile, Task> finish, CancellationToken ct)
    {
        if (source.Length > request.Limits.Archive.TotalBytes)
        {
            await finish(ImportedFile.Fault(source.Name, Diagnostic.Error(source.Name, "", $"The file has {source.Length >> 20} MB; at most {request.Limits.Archive.TotalBytes >> 20} MB are read.", "Split it.")));
            return;
        }

        var opened = ArchiveFile.Open(source.Open(), source.Name, request.Limits.Archive);
        if (opened.Value is not { } archive)
        {
            await finish(ImportedFile.Fault(source.Name, opened.Diagnostics));
            return;
        }

        using (archive)
        {
            var entries = archive.Entries.Select(e => new ImportSource(e.Name, e.Length, e.Open, source.AppliesKeys));
            foreach (var file in (await RunAsync(entries, request, database, null, ct)).Files)
            {
                await finish(file);
            }
        }
    }

    private static async Task<ImportedFile> ImportOneAsync(ImportSource source, Request request, NpgsqlDataSource database, CancellationToken ct)
    {
        try
        {
            await using var connection = await database.OpenConnectionAsync(ct);
            await using var transaction = await connection.BeginTransactionAsync(ct);
            await connection.ExecuteAsync("SELECT pg_advisory_xact_lock($1)", ct, LockKey);
            var file = await FileKinds.ImportAsync(source, request.Limits, new Work(connection, request.Author, source.Name, ct));
            bool nothing = file is { Failed: true } or { Kind: ImportedKind.Trivia, Questions: 0 }; // no empty topic for it
            await (nothing || request.DryRun ? transaction.RollbackAsync(ct) : transaction.CommitAsync(ct));
            return file;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // The disk, a permission or a damaged archive entry: the person can cure it, and the other files are fine.
            return ImportedFile.Fault(source.Name, Diagnostic.Error(source.Name, "", $"The file cannot be read: {failure.Message}", "Check the file and try again."));
        }
    }
}
