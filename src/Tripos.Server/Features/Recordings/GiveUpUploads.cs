using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Recordings;

/// <summary>Gives up uploads nobody went on with for a day, and frees their space.</summary>
public static class GiveUpUploads
{
    private static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    /// <returns>How many were given up.</returns>
    public static Task<int> RunAsync(NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return source.ExecuteAsync("""
            WITH left_alone AS (SELECT id FROM recordings WHERE state = 'uploading' AND changed_at < $1 FOR NO KEY UPDATE SKIP LOCKED),
                gone AS (DELETE FROM recording_chunks c USING left_alone l WHERE c.recording_id = l.id)
            UPDATE recordings r SET state = 'failed', finished_at = $2, byte_length = 0, trouble = 'The upload was not finished within a day.' FROM left_alone l WHERE r.id = l.id
            """, ct, now - Patience, now);
    }
}
