using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.MediaStore;

/// <summary>Takes a file out of the library, unless a version of a question names it: results show what learners saw.</summary>
public static class RemoveMedia
{
    public static async Task<Outcome<Done>> RunAsync(Guid fileId, NpgsqlDataSource source, CancellationToken ct)
    {
        // Load
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var found = await connection.QueryAsync("SELECT sha256 FROM media_files WHERE id = $1 FOR UPDATE", row => row.GetFieldValue<byte[]>(0), ct, fileId);
        if (found is not [var sha256])
        {
            return MediaProblems.NotFound;
        }

        // Decide
        var uses = await connection.QueryAsync("SELECT count(DISTINCT question_id)::integer FROM question_versions WHERE media_of(body) @> ARRAY[$1]",
            row => row.GetInt32(0), ct, Convert.ToHexStringLower(sha256));
        if (uses[0] > 0)
        {
            return MediaProblems.InUse(uses[0]);
        }

        // Write
        await connection.ExecuteAsync("DELETE FROM media_files WHERE id = $1", ct, fileId);
        await connection.ExecuteAsync("DELETE FROM media m WHERE sha256 = $1 AND NOT EXISTS (SELECT FROM recordings r WHERE r.sha256 = m.sha256)", ct, sha256);
        await transaction.CommitAsync(ct);
        return Done.Instance;
    }
}
