using System.Security.Cryptography;
using Npgsql;
using Tripos.Formats;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.MediaStore;

/// <summary>Puts content under its hash, in pieces of one size.</summary>
public static class MediaContent
{
    public const int ChunkBytes = 256 * 1024;

    /// <summary>Stores content unless it is here already; within the caller's transaction.</summary>
    /// <param name="durationMs">What the recorder measured; null to read it from the file.</param>
    /// <returns>Its SHA-256.</returns>
    public static async Task<byte[]> WriteAsync(NpgsqlConnection connection, ReadOnlyMemory<byte> content, MediaFormat format, int? durationMs, Guid? createdBy, CancellationToken ct)
    {
        byte[] sha256 = SHA256.HashData(content.Span);
        var size = ImageSize.Of(format, content.Span);
        int isNew = await connection.ExecuteAsync("""
            INSERT INTO media (sha256, media_type, byte_length, width, height, duration_ms, created_by)
            VALUES ($1, $2, $3, $4::integer, $5::integer, $6::integer, $7::uuid) ON CONFLICT (sha256) DO NOTHING
            """, ct, sha256, format.MediaType, content.Length, size?.Width, size?.Height, durationMs ?? AudioLength.OfMs(format, content.Span), createdBy);
        for (int number = 0; isNew == 1 && number * ChunkBytes < content.Length; number++)
        {
            var piece = content.Slice(number * ChunkBytes, Math.Min(ChunkBytes, content.Length - number * ChunkBytes));
            await connection.ExecuteAsync("INSERT INTO media_chunks (sha256, number, bytes) VALUES ($1, $2, $3)", ct, sha256, number, piece);
        }

        return sha256;
    }
}
