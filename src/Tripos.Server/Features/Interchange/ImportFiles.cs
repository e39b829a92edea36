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
    /// <param name="Beside">Finds a file by its path beside the one that is imported.</param>
    internal sealed record Work(NpgsqlConnection Connection, Guid? Author, string FileName, Func<string, ImportSource?> Beside, CancellationToken Ct);

    /// <param name="Preview">The one transaction of a dry run, so that later files meet what earlier ones would have brought; null otherwise.</param>
    private sealed record Batch(Request Request, NpgsqlDataSource Database, NpgsqlTransaction? Preview, Func<ImportedFile, Task> FinishAsync, CancellationToken Ct);

    /// <param name="sources">The files; archives are opened, key files are read last.</param>
    /// <param name="request">Who imports, and whether to keep it.</param>
    /// <param name="database">Where to.</param>
    /// <param name="progress">Told of each file when it is finished.</param>
    /// <param name="ct">Stops after the file at hand, which is then not imported.</param>
    public static async Task<ImportReport> RunAsync(IEnumerable<ImportSource> sources, Request request, NpgsqlDataSource database, Func<ImportedFile, Task>? progress, CancellationToken ct)
    {
        List<ImportedFile> done = [];
        Task FinishAsync(ImportedFile file)
        {
            done.Add(file);
            return progress?.Invoke(file) ?? Task.CompletedTask;
        }

        if (!request.DryRun)
        {
            await RunAsync(sources, new(request, database, null, FinishAsync, ct));
            return new ImportReport(done);
        }

        await using var connection = await database.OpenConnectionAsync(ct);
        await using var preview = await BeginAsync(connection, ct);
        await RunAsync(sources, new(request, database, preview, FinishAsync, ct));
        return new ImportReport(done); // and the preview is rolled back
    }

    private static async Task RunAsync(IEnumerable<ImportSource> sources, Batch batch)
    {
        List<ImportSource> keys = [], media = [];
        foreach (var source in sources)
        {
            if (FileKinds.IsArchive(source.Name))
            {
                await ImportArchiveAsync(source, batch);
            }
            else if (FileKinds.IsKeyList(source.Name))
            {
                keys.Add(source);
            }
            else if (FilesBeside.IsMedia(source.Name))
            {
                media.Add(source);
            }
            else
            {
                await batch.FinishAsync(await ImportOneAsync(source, batch));
            }
        }

        foreach (var unnamed in media.Where(file => !file.WasNamed()))
        {
            await batch.FinishAsync(await ImportOneAsync(unnamed, batch));
        }

        foreach (var key in keys)
        {
            await batch.FinishAsync(await ImportOneAsync(key, batch));
        }
    }

    private static async Task ImportArchiveAsync(ImportSource source, Batch batch)
    {
        var limits = batch.Request.Limits.Archive;
        if (source.Length > limits.TotalBytes)
        {
            await batch.FinishAsync(ImportedFile.Fault(source.Name, Diagnostic.Error(source.Name, "", $"The file has {source.Length >> 20} MB; at most {limits.TotalBytes >> 20} MB are read.", "Split it.")));
            return;
        }

        var opened = ArchiveFile.Open(source.Open(), source.Name, limits);
        if (opened.Value is not { } archive)
        {
            await batch.FinishAsync(ImportedFile.Fault(source.Name, opened.Diagnostics));
            return;
        }

        using (archive)
        {
            await RunAsync(FilesBeside.Together(archive.Entries.Select(e => new ImportSource(e.Name, e.Length, e.Open, source.AppliesKeys))), batch);
        }
    }

    private static async Task<ImportedFile> ImportOneAsync(ImportSource source, Batch batch)
    {
        try
        {
            return batch.Preview is { } preview ? await ImportAsync(source, batch, preview) : await ImportAloneAsync(source, batch);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // The disk, a permission or a damaged archive entry: the person can cure it, and the other files are fine.
            return ImportedFile.Fault(source.Name, Diagnostic.Error(source.Name, "", $"The file cannot be read: {failure.Message}", "Check the file and try again."));
        }
    }

    private static async Task<ImportedFile> ImportAloneAsync(ImportSource source, Batch batch)
    {
        await using var connection = await batch.Database.OpenConnectionAsync(batch.Ct);
        await using var transaction = await BeginAsync(connection, batch.Ct);
        var file = await ImportAsync(source, batch, transaction);
        await transaction.CommitAsync(batch.Ct);
        return file;
    }

    private static async Task<ImportedFile> ImportAsync(ImportSource source, Batch batch, NpgsqlTransaction transaction)
    {
        const string before = "before_file";
        await transaction.SaveAsync(before, batch.Ct);
        bool keep = false;
        try
        {
            var file = await FileKinds.ImportAsync(source, batch.Request.Limits, new Work(transaction.Connection!, batch.Request.Author, source.Name, source.Beside, batch.Ct));
            keep = file is { Failed: false } and not { Kind: ImportedKind.Trivia, Questions: 0 }; // no empty topic for a file whose questions are elsewhere
            return file;
        }
        finally
        {
            await (keep ? transaction.ReleaseAsync(before, batch.Ct) : transaction.RollbackAsync(before, batch.Ct));
        }
    }

    private static async Task<NpgsqlTransaction> BeginAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var transaction = await connection.BeginTransactionAsync(ct);
        await connection.ExecuteAsync("SELECT pg_advisory_xact_lock($1)", ct, LockKey);
        return transaction;
    }
}
