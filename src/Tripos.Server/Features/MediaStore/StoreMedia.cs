using Npgsql;
using Tripos.Formats;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.MediaStore;

/// <summary>Puts a file into the authors' library; content that is in it already stays as it is.</summary>
public static class StoreMedia
{
    public const long LargestPicture = 5L << 20;
    public const long LargestSound = 20L << 20;

    /// <param name="FileName">Gives the title when there is none; what the file is, is read from its bytes.</param>
    public sealed record Request(ReadOnlyMemory<byte> Content, string FileName, string? Title = null, string? AltText = null, IReadOnlyList<string>? Tags = null);

    /// <param name="tags">With commas between them.</param>
    public static async Task<Outcome<LibraryFile>> UploadAsync(IFormFile file, string? title, string? altText, string? tags, CurrentUser user, NpgsqlDataSource source, CancellationToken ct)
    {
        if (file.Length > LargestSound)
        {
            return MediaProblems.TooLarge("sound", LargestSound);
        }

        byte[] content = new byte[file.Length];
        await using (var stream = file.OpenReadStream())
        {
            await stream.ReadExactlyAsync(content, ct);
        }

        return await RunAsync(new(content, file.FileName, title, altText, (tags ?? "").Split(',')), user.Id, source, ct);
    }

    /// <param name="by">Null when the server brings the file itself.</param>
    public static async Task<Outcome<LibraryFile>> RunAsync(Request request, Guid? by, NpgsqlDataSource source, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var outcome = await RunAsync(request, by, connection, ct);
        await transaction.CommitAsync(ct);
        return outcome;
    }

    /// <summary>Within the caller's transaction.</summary>
    public static async Task<Outcome<LibraryFile>> RunAsync(Request request, Guid? by, NpgsqlConnection connection, CancellationToken ct)
    {
        // Decide
        var accepted = Accept(request.Content);
        var described = MediaDescription.Of(string.IsNullOrWhiteSpace(request.Title) ? TitleOf(request.FileName) : request.Title, request.AltText ?? "", request.Tags ?? []);
        if (accepted.Value is not var (format, content) || described.Value is not { } description)
        {
            return (accepted.Problem ?? described.Problem)!;
        }

        // Write
        byte[] sha256 = await MediaContent.WriteAsync(connection, content, format, null, by, ct);
        await connection.ExecuteAsync("""
            INSERT INTO media_files AS f (id, sha256, title, alt_text, tags, created_by) VALUES ($1, $2, $3, $4, $5, $6::uuid)
            ON CONFLICT (sha256) DO UPDATE SET alt_text = excluded.alt_text WHERE f.alt_text = ''
            """, ct, Guid.CreateVersion7(), sha256, description.Title, description.AltText, description.Tags, by);
        return (await connection.QueryAsync(LibraryFile.Select + " WHERE f.sha256 = $1", LibraryFile.Read, ct, sha256)).Single();
    }

    private sealed record Accepted(MediaFormat Format, ReadOnlyMemory<byte> Content);

    private static Outcome<Accepted> Accept(ReadOnlyMemory<byte> content)
    {
        if (content.Length == 0)
        {
            return MediaProblems.Empty;
        }

        if (MediaFormat.Recognise(content.Span) is not { } format)
        {
            return MediaProblems.Unsupported;
        }

        bool isPicture = format.Kind == MediaKind.Image;
        if (content.Length > (isPicture ? LargestPicture : LargestSound))
        {
            return isPicture ? MediaProblems.TooLarge("picture", LargestPicture) : MediaProblems.TooLarge("sound", LargestSound);
        }

        return format != MediaFormat.Svg ? new Accepted(format, content)
            : SvgSanitizer.Sanitize(content) is { } harmless ? new Accepted(format, harmless)
            : MediaProblems.BadDrawing;
    }

    // Browsers may send a path.
    private static string TitleOf(string fileName)
    {
        string name = PlainText.OneLine(Path.GetFileNameWithoutExtension(fileName.Replace('\\', '/')));
        return name.Length == 0 ? "Untitled" : name.Length > MediaDescription.LongestTitle ? name[..MediaDescription.LongestTitle] : name;
    }
}
