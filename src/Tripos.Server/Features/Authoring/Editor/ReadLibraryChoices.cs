using Npgsql;
using Tripos.Questions;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Authoring;

/// <summary>The pictures and sounds an author can choose, newest first.</summary>
public static class ReadLibraryChoices
{
    private const int Most = 300;

    /// <param name="current">What the question shows already: it stays choosable when newer files have pushed it off the list.</param>
    public static async Task<IReadOnlyList<LibraryChoice>> RunAsync(QuestionBody? current, NpgsqlDataSource source, CancellationToken ct)
    {
        var newest = await source.QueryAsync($"""
            SELECT encode(f.sha256, 'hex'), m.media_type, m.duration_ms, m.width, m.height, f.title
            FROM media_files f JOIN media m USING (sha256) ORDER BY f.created_at DESC, f.id DESC LIMIT {Most}
            """, row => new LibraryChoice(
                new Media(row.GetString(0), row.GetString(1)) { DurationMs = row.Maybe<int?>(2), Width = row.Maybe<int?>(3), Height = row.Maybe<int?>(4) }, row.GetString(5)), ct);
        var shown = (current?.AllMedia ?? []).Where(media => newest.All(choice => choice.Media.Hash != media.Hash));
        return [.. shown.Select(media => new LibraryChoice(media with { Alt = null, Description = null }, "The one it has now")), .. newest];
    }
}
