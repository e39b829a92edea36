using Npgsql;
using Tripos.Formats;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.MediaStore;

/// <summary>The authors' library as a list, newest first, a page at a time, and one file of it.</summary>
public static class ReadLibrary
{
    public const int PageSize = 24;

    /// <param name="Find">A part of title or text alternative, or a whole tag; null for any.</param>
    /// <param name="Kind">Null for both.</param>
    /// <param name="Before">Where the page before ended; null for the newest.</param>
    public sealed record Filter(string? Find, MediaKind? Kind, string? Before);

    /// <param name="Older">Where to go on from; null on the last page.</param>
    public sealed record Page(IReadOnlyList<LibraryFile> Files, string? Older);

    /// <param name="Prompt">Its beginning, as plain text.</param>
    public sealed record Use(int QuestionId, string Prompt);

    public sealed record Detail(LibraryFile File, IReadOnlyList<Use> UsedBy);

    /// <summary>"image" or "audio"; anything else means both.</summary>
    public static MediaKind? KindOf(string? word) => Enum.TryParse<MediaKind>(word, ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind : null;

    public static async Task<Page> RunAsync(Filter filter, NpgsqlDataSource source, CancellationToken ct)
    {
        string? find = string.IsNullOrWhiteSpace(filter.Find) ? null : filter.Find.Trim();
        bool isLater = Keyset.TryParse(filter.Before, out var place);
        var files = await source.QueryAsync(LibraryFile.Select + """

            WHERE ($1::text IS NULL OR strpos(lower(f.title), lower($1)) > 0 OR strpos(lower(f.alt_text), lower($1)) > 0 OR lower($1) IN (SELECT lower(tag) FROM unnest(f.tags) tag))
                AND ($2::text IS NULL OR m.media_type LIKE $2) AND ($3::timestamptz IS NULL OR (f.created_at, f.id) < ($3, $4::uuid))
            ORDER BY f.created_at DESC, f.id DESC LIMIT $5
            """, LibraryFile.Read, ct, find, filter.Kind switch { MediaKind.Image => "image/%", MediaKind.Audio => "audio/%", _ => null },
            isLater ? place.At : null, isLater ? place.Id : null, PageSize + 1);
        return files.Count <= PageSize
            ? new Page(files, null)
            : new Page(files[..PageSize], Keyset.Write(files[PageSize - 1].CreatedAt, files[PageSize - 1].Id));
    }

    public static async Task<Outcome<Detail>> FindAsync(Guid fileId, NpgsqlDataSource source, CancellationToken ct)
    {
        var found = await source.QueryAsync(LibraryFile.Select + " WHERE f.id = $1", LibraryFile.Read, ct, fileId);
        if (found is not [var file])
        {
            return MediaProblems.NotFound;
        }

        var uses = await source.QueryAsync("""
            SELECT q.id, v.body->>'prompt' FROM question_versions v JOIN questions q ON q.current_version_id = v.id WHERE media_of(v.body) @> ARRAY[$1] ORDER BY q.id LIMIT 100
            """, row => new Use(row.GetInt32(0), Beginning(row.Maybe<string>(1) ?? "")), ct, file.Sha256);
        return new Detail(file, uses);
    }

    private static string Beginning(string prompt)
    {
        string text = HtmlSanitizer.ToText(prompt);
        return text.Length > 120 ? text[..117] + "…" : text.Length == 0 ? "Question without words" : text;
    }
}
