using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.MediaStore;

/// <summary>Changes what the library says about a file; the content itself never changes.</summary>
public static class DescribeMedia
{
    /// <summary>What is null stays as it is.</summary>
    public sealed record Request(string? Title, string? AltText, string[]? Tags);

    public static async Task<Outcome<LibraryFile>> RunAsync(Guid fileId, Request request, NpgsqlDataSource source, CancellationToken ct)
    {
        // Load
        await using var connection = await source.OpenConnectionAsync(ct);
        var found = await connection.QueryAsync(LibraryFile.Select + " WHERE f.id = $1", LibraryFile.Read, ct, fileId);
        if (found is not [var file])
        {
            return MediaProblems.NotFound;
        }

        // Decide
        var described = MediaDescription.Of(request.Title ?? file.Title, request.AltText ?? file.AltText, request.Tags ?? file.Tags);
        if (described.Value is not { } description)
        {
            return described.Problem!;
        }

        // Write
        await connection.ExecuteAsync("UPDATE media_files SET title = $2, alt_text = $3, tags = $4 WHERE id = $1", ct, fileId, description.Title, description.AltText, description.Tags);
        return file with { Title = description.Title, AltText = description.AltText, Tags = description.Tags };
    }
}
