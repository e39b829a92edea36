using Npgsql;
using Tripos.Formats;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Review;

/// <summary>What is in a file of cards, and what importing it would add.</summary>
/// <param name="Duplicates">Notes whose front is in the deck, or twice in the file.</param>
/// <param name="Samples">The first new notes.</param>
/// <param name="Added">Notes that were added; null before the learner said yes.</param>
public sealed record CardImport(
    Guid Id, string FileName, int Notes, int Cards, int Duplicates, IReadOnlyList<AnkiNote> Samples, IReadOnlyList<Diagnostic> Problems, DateTimeOffset CreatedAt, int? Added)
{
    public int NotesToAdd => Notes - Duplicates;
}

/// <summary>Takes a file exported from Anki, shows what it holds, and adds its cards when the learner says so. Nothing is added before.</summary>
public static class ImportCards
{
    private const int MostSamples = 5;

    public static async Task<Outcome<CardImport>> UploadAsync(IFormFile? file, CurrentUser learner, NpgsqlDataSource source, CancellationToken ct)
    {
        if (file is null or { Length: 0 })
        {
            return ReviewProblems.NothingToImport;
        }

        if (file.Length > AnkiReader.LargestFile)
        {
            return new Problem("card-import-too-large", 413, "The file is too large", $"Files of up to {AnkiReader.LargestFile >> 20} MB are read. Split it into smaller ones.");
        }

        using var content = new MemoryStream();
        await file.CopyToAsync(content, ct);
        var id = Guid.CreateVersion7();
        string name = PlainText.OneLine(Path.GetFileName(file.FileName.Replace('\\', '/')));
        await using var connection = await source.OpenConnectionAsync(ct);
        await connection.ExecuteAsync("DELETE FROM card_imports WHERE learner_id = $1 AND committed_at IS NULL AND created_at < now() - interval '7 days'", ct, learner.Id);
        await connection.ExecuteAsync("INSERT INTO card_imports (id, learner_id, file_name, content) VALUES ($1, $2, $3, $4)", ct, id, learner.Id, name.Length > 300 ? name[^300..] : name, content.ToArray());
        return await ReadAsync(id, learner, source, ct);
    }

    public static async Task<Outcome<CardImport>> ReadAsync(Guid id, CurrentUser learner, NpgsqlDataSource source, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        var rows = await connection.QueryAsync("SELECT file_name, content, created_at, added FROM card_imports WHERE id = $1 AND learner_id = $2", Row.Read, ct, id, learner.Id);
        if (rows is not [var row])
        {
            return ReviewProblems.ImportNotFound;
        }

        if (row.Content is null)
        {
            return new CardImport(id, row.Name, 0, 0, 0, [], [], row.CreatedAt, row.Added);
        }

        var read = await AnkiReader.ReadAsync(new MemoryStream(row.Content), row.Name, ct: ct);
        var notes = read.Value ?? [];
        var known = await KnownAsync(connection, notes, learner.Id, ct);
        var fresh = notes.DistinctBy(AddNote.KeyOf).Where(note => !known.Contains(AddNote.KeyOf(note))).ToList();
        return new CardImport(id, row.Name, notes.Count, fresh.Sum(note => note.Cards.Count), notes.Count - fresh.Count, [.. fresh.Take(MostSamples)], read.Diagnostics, row.CreatedAt, row.Added);
    }

    public static async Task<Outcome<CardImport>> CommitAsync(Guid id, CurrentUser learner, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        await using (var connection = await source.OpenConnectionAsync(ct))
        {
            await using var transaction = await connection.BeginTransactionAsync(ct);
            var rows = await connection.QueryAsync("SELECT file_name, content, created_at, added FROM card_imports WHERE id = $1 AND learner_id = $2 FOR UPDATE", Row.Read, ct, id, learner.Id);
            if (rows is not [var row])
            {
                return ReviewProblems.ImportNotFound;
            }

            if (row.Content is null)
            {
                return ReviewProblems.AlreadyImported;
            }

            var read = await AnkiReader.ReadAsync(new MemoryStream(row.Content), row.Name, ct: ct);
            var added = await AddNote.StoreAsync(connection, read.Value ?? [], "anki", learner.Id, StoredTime.Of(clock.GetUtcNow()), ct);
            await connection.ExecuteAsync("UPDATE card_imports SET content = NULL, added = $2, committed_at = now() WHERE id = $1", ct, id, added.Count);
            await transaction.CommitAsync(ct);
        }

        return await ReadAsync(id, learner, source, ct);
    }

    private static async Task<HashSet<Guid>> KnownAsync(NpgsqlConnection connection, IReadOnlyList<AnkiNote> notes, Guid learnerId, CancellationToken ct) =>
        [.. await connection.QueryAsync("SELECT front_key FROM notes WHERE learner_id = $1 AND front_key = ANY ($2)", row => row.GetGuid(0), ct, learnerId, notes.Select(AddNote.KeyOf).Distinct().ToArray())];

    private sealed record Row(string Name, byte[]? Content, DateTimeOffset CreatedAt, int? Added)
    {
        public static Row Read(NpgsqlDataReader row) => new(row.GetString(0), row.Maybe<byte[]>(1), row.Time(2), row.Maybe<int?>(3));
    }
}
