using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Recordings;

/// <summary>Stores one piece of a take; acknowledged only after the commit. Sending the same piece twice stores it once.</summary>
public static class StoreChunk
{
    public static async Task<Outcome<Done>> RunAsync(
        Guid attemptId, Guid recordingId, int number, ChunkBody chunk, CurrentUser learner, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        // Load
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var take = await HeldTake.LoadAsync(connection, attemptId, recordingId, learner, ct);
        if (take is null)
        {
            return RecordingProblems.NotFound;
        }

        // Decide
        var here = await connection.QueryAsync("SELECT sha256 FROM recording_chunks WHERE recording_id = $1 AND number = $2", row => row.GetFieldValue<byte[]>(0), ct, recordingId, number);
        if (here is [var stored])
        {
            return stored.AsSpan().SequenceEqual(chunk.Sha256) ? Done.Instance : RecordingProblems.ChunkDiffers(number);
        }

        var now = clock.GetUtcNow();
        if (Refusal(take, number, chunk, now) is { } refusal)
        {
            return refusal;
        }

        // Write
        await using var batch = new NpgsqlBatch(connection);
        await batch
            .With("INSERT INTO recording_chunks (recording_id, number, sha256, bytes) VALUES ($1, $2, $3, $4)", recordingId, number, chunk.Sha256, chunk.Bytes)
            .With("UPDATE recordings SET byte_length = byte_length + $2, changed_at = $3 WHERE id = $1", recordingId, chunk.Bytes.Length, now)
            .ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return Done.Instance;
    }

    private static Problem? Refusal(HeldTake take, int number, ChunkBody chunk, DateTimeOffset now)
    {
        int most = RecordingRules.MostBytes(take.LongestMs);
        return take.State != RecordingState.Uploading ? RecordingProblems.Finished(take.State)
            : number is < 1 or > RecordingRules.MostChunks ? RecordingProblems.BadRequest($"Chunks are numbered from 1 to {RecordingRules.MostChunks}.")
            : take.ByteLength + chunk.Bytes.Length > most ? RecordingProblems.TooLarge("recording", most)
            : take.Window.Refusal(take.StartedAt, now);
    }
}
