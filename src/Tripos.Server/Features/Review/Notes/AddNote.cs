using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Tripos.Formats;
using Tripos.Server.Features.Accounts;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Review;

/// <summary>Adds a note of the learner's own to the deck: one card, or one for each number of a gap.</summary>
public static class AddNote
{
    public const int LongestSide = AnkiReader.LongestSide;

    /// <param name="Kind">Basic, or cloze for a text with gaps.</param>
    /// <param name="Front">Text or HTML.</param>
    /// <param name="Back">Text or HTML; needed for a basic note.</param>
    /// <param name="Tags">Words, parted by spaces.</param>
    public sealed record Request(NoteKind Kind, string Front, string? Back = null, string? Tags = null);

    public sealed record Added(Guid NoteId, int Cards);

    public static async Task<Outcome<Added>> RunAsync(Request request, CurrentUser learner, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        var note = new AnkiNote(0, request.Kind, HtmlSanitizer.Sanitize(request.Front), HtmlSanitizer.Sanitize(request.Back ?? ""), TagsOf(request.Tags));
        var errors = Check(note).ToList();
        if (errors.Count > 0)
        {
            return AccountProblems.Invalid(errors);
        }

        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var added = await StoreAsync(connection, [note], "own", learner.Id, StoredTime.Of(clock.GetUtcNow()), ct);
        if (added is not [var id])
        {
            return ReviewProblems.Duplicate(HtmlSanitizer.ToText(note.Front));
        }

        await transaction.CommitAsync(ct);
        return new Added(id, note.Cards.Count);
    }

    /// <summary>Stores notes whose fronts the learner does not have yet, with their cards, in order.</summary>
    /// <returns>Ids of those that were added.</returns>
    internal static async Task<List<Guid>> StoreAsync(NpgsqlConnection connection, IReadOnlyList<AnkiNote> notes, string from, Guid learnerId, DateTime now, CancellationToken ct)
    {
        var rows = notes.DistinctBy(KeyOf).Select(note => (Id: Guid.CreateVersion7(), Note: note)).ToDictionary(row => row.Id, row => row.Note);
        var added = await connection.QueryAsync("""
            INSERT INTO notes (id, learner_id, kind, front, back, front_key, tags, source)
            SELECT n.id, $1, n.kind, n.front, n.back, n.front_key, string_to_array(n.tags, ' '), $2
            FROM unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::text[]) AS n(id, kind, front, back, front_key, tags)
            ON CONFLICT (learner_id, front_key) DO NOTHING RETURNING id
            """, row => row.GetGuid(0), ct, learnerId, from, rows.Keys.ToArray(), rows.Values.Select(note => AppDb.SnakeCase(note.Kind.ToString())).ToArray(),
            rows.Values.Select(note => note.Front).ToArray(), rows.Values.Select(note => note.Back).ToArray(), rows.Values.Select(KeyOf).ToArray(), rows.Values.Select(note => string.Join(' ', note.Tags)).ToArray());
        var cards = rows.Keys.Where(added.ToHashSet().Contains).SelectMany(id => rows[id].Cards.Select(ordinal => (Id: id, Ordinal: (short)ordinal))).ToList();
        await connection.ExecuteAsync("""
            INSERT INTO review_cards (learner_id, note_id, ordinal, due_at, added_at)
            SELECT $1, n.id, n.ordinal, $2, $2 FROM unnest($3::uuid[], $4::smallint[]) WITH ORDINALITY AS n(id, ordinal, place) ORDER BY place
            """, ct, learnerId, now, cards.Select(card => card.Id).ToArray(), cards.Select(card => card.Ordinal).ToArray());
        return added;
    }

    /// <summary>Notes whose fronts read the same are the same.</summary>
    internal static Guid KeyOf(AnkiNote note) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes(PlainText.OneLine(HtmlSanitizer.ToText(note.Front)) is { Length: > 0 } text ? text.ToUpperInvariant() : note.Front)).AsSpan(0, 16));

    private static string[] TagsOf(string? tags) => [.. (tags ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(tag => tag.Length <= 100).Distinct().Take(50)];

    private static IEnumerable<(string Field, string Message)> Check(AnkiNote note)
    {
        if (note.Front.Length is 0 or > LongestSide)
        {
            yield return ("front", $"Write what is asked, up to {LongestSide:N0} characters");
        }
        else if (note.Kind == NoteKind.Cloze && note.Cards.Count == 0)
        {
            yield return ("front", "Mark what is hidden, such as {{c1::Paris}}");
        }

        if (note.Back.Length > LongestSide || (note.Kind == NoteKind.Basic && note.Back.Length == 0))
        {
            yield return ("back", $"Write the answer, up to {LongestSide:N0} characters");
        }
    }
}
