using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Npgsql;
using Tripos.Formats;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.MediaStore;

/// <summary>Content that is here and may be read, and how it is served.</summary>
public sealed record StoredContent(byte[] Sha256, string MediaType, int ByteLength, DateTimeOffset CreatedAt)
{
    // The bytes are somebody's upload: opened on their own they may draw themselves and do nothing else.
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src 'self'; sandbox";

    public string Hash => Convert.ToHexStringLower(Sha256);

    /// <summary>Streams it; a browser that has it already is told so, and a part is served as a part (audio elements ask for parts).</summary>
    /// <param name="isForever">Whether everybody who could read it once may keep it; else the browser asks again each time.</param>
    public FileStreamHttpResult ToHttp(HttpContext http, NpgsqlDataSource source, bool isForever)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = isForever ? "private, max-age=31536000, immutable" : "private, no-cache";
        headers.ContentDisposition = $"inline; filename=\"{Hash[..12]}.{MediaFormat.Find(MediaType)?.Extension ?? "bin"}\"";
        return TypedResults.Stream(new MediaStream(source, Sha256, ByteLength), MediaType, entityTag: new EntityTagHeaderValue($"\"{Hash}\""), enableRangeProcessing: true);
    }
}

/// <summary>Finds content by its hash.</summary>
public static class ReadMedia
{
    /// <summary>For everybody who is signed in: what authors put into the library, and nothing a learner recorded.</summary>
    /// <param name="hash">64 hexadecimal digits.</param>
    public static async Task<Outcome<StoredContent>> OfLibraryAsync(string hash, NpgsqlDataSource source, CancellationToken ct)
    {
        if (hash.Length != 64 || !hash.All(char.IsAsciiHexDigitLower))
        {
            return MediaProblems.NotFound;
        }

        var found = await source.QueryAsync("SELECT m.sha256, m.media_type, m.byte_length, m.created_at FROM media m JOIN media_files f USING (sha256) WHERE sha256 = $1",
            Read, ct, Convert.FromHexString(hash));
        return found is [var content] ? content : MediaProblems.NotFound;
    }

    /// <summary>Whatever has this hash: for features that have decided that the reader may have it.</summary>
    /// <returns>Null when there is nothing.</returns>
    public static async Task<StoredContent?> OfHashAsync(byte[] sha256, NpgsqlDataSource source, CancellationToken ct) =>
        (await source.QueryAsync("SELECT sha256, media_type, byte_length, created_at FROM media WHERE sha256 = $1", Read, ct, sha256)).SingleOrDefault();

    /// <summary>The bytes themselves, for what works on them.</summary>
    public static async Task<byte[]> BytesAsync(byte[] sha256, NpgsqlDataSource source, CancellationToken ct) =>
        [.. (await source.QueryAsync("SELECT bytes FROM media_chunks WHERE sha256 = $1 ORDER BY number", row => row.GetFieldValue<byte[]>(0), ct, sha256)).SelectMany(piece => piece)];

    private static StoredContent Read(NpgsqlDataReader row) => new(row.GetFieldValue<byte[]>(0), row.GetString(1), row.GetInt32(2), row.Time(3));
}
