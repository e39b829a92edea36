using Npgsql;
using Tripos.Formats;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Review;

/// <summary>What a learner's own card shows: harmless HTML.</summary>
/// <param name="FrontHtml">What is asked.</param>
/// <param name="AnswerHtml">Front and answer together, as shown afterwards.</param>
public sealed record NoteSides(Guid NoteId, NoteKind Kind, string FrontHtml, string AnswerHtml, IReadOnlyList<string> Tags)
{
    /// <summary>The sides of one card; null when the note is gone.</summary>
    public static async Task<NoteSides?> FindAsync(NpgsqlConnection connection, Guid noteId, short ordinal, CancellationToken ct)
    {
        var rows = await connection.QueryAsync("SELECT id, kind, front, back, tags FROM notes WHERE id = $1",
            row => Of(row.GetGuid(0), row.Word<NoteKind>(1), row.GetString(2), row.GetString(3), row.GetFieldValue<string[]>(4), ordinal), ct, noteId);
        return rows is [var note] ? note : null;
    }

    public static NoteSides Of(Guid id, NoteKind kind, string front, string back, IReadOnlyList<string> tags, short ordinal) => kind == NoteKind.Cloze
        ? new(id, kind, ClozeText.Render(front, ordinal, revealed: false), ClozeText.Render(front, ordinal, revealed: true) + (back.Length == 0 ? "" : $"<hr>{back}"), tags)
        : new(id, kind, front, back, tags);
}
