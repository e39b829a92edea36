using System.Security.Cryptography;
using Tripos.Server.Platform;

namespace Tripos.Server.Features.Recordings;

/// <summary>A chunk as it arrived, with the checksum its sender gave it.</summary>
public sealed record ChunkBody(byte[] Bytes, byte[] Sha256)
{
    /// <returns>The chunk, when it is what was sent (RFC 9530, section 2).</returns>
    public static async Task<Outcome<ChunkBody>> ReadAsync(HttpRequest http, CancellationToken ct)
    {
        if (DigestOf(http.Headers["Content-Digest"].ToString()) is not { } digest)
        {
            return RecordingProblems.DigestMissing;
        }

        if (http.ContentLength > RecordingRules.LargestChunk)
        {
            return RecordingProblems.TooLarge("chunk", RecordingRules.LargestChunk);
        }

        using MemoryStream body = new();
        await http.Body.CopyToAsync(body, ct); // the server ends a body of unknown length that grows too large
        byte[] bytes = body.ToArray();
        return bytes.Length > RecordingRules.LargestChunk ? RecordingProblems.TooLarge("chunk", RecordingRules.LargestChunk)
            : bytes.Length == 0 ? RecordingProblems.BadRequest("The chunk is empty.")
            : !digest.AsSpan().SequenceEqual(SHA256.HashData(bytes)) ? RecordingProblems.DigestWrong
            : new ChunkBody(bytes, digest);
    }

    // A dictionary of byte sequences: sha-512=:…:, sha-256=:…:
    private static byte[]? DigestOf(string header)
    {
        foreach (string member in header.Split(',', StringSplitOptions.TrimEntries))
        {
            if (member.StartsWith("sha-256=:", StringComparison.Ordinal) && member.EndsWith(':') && member.Length > 10)
            {
                byte[] digest = new byte[32];
                return Convert.TryFromBase64String(member[9..^1], digest, out int length) && length == 32 ? digest : null;
            }
        }

        return null;
    }
}
