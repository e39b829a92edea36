using System.Security.Cryptography;
using Npgsql;
using Tripos.Formats;
using Tripos.Server.Features.MediaStore;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Recordings;

/// <summary>Puts the chunks of a take together, checks the whole and keeps it by its hash. Completing twice answers twice and stores once.</summary>
public static class CompleteTake
{
    /// <param name="Chunks">How many there are: numbers 1 to this.</param>
    /// <param name="DurationMs">How long was recorded.</param>
    /// <param name="Sha256">Of the whole, as 64 hexadecimal digits.</param>
    public sealed record Request(int Chunks, int DurationMs, string Sha256);

    public sealed record Completed(Guid RecordingId, string Sha256, int ByteLength, int DurationMs);

    public static async Task<Outcome<Completed>> RunAsync(
        Guid attemptId, Guid recordingId, Request request, CurrentUser learner, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
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
        if (take.Sha256 is { } before)
        {
            return Same(before, request.Sha256) ? new Completed(recordingId, Convert.ToHexStringLower(before), take.ByteLength, take.DurationMs!.Value) : RecordingProblems.Finished(take.State);
        }

        var now = clock.GetUtcNow();
        if (Refusal(take, request, now) is { } refusal)
        {
            return refusal;
        }

        var assembled = await AssembleAsync(connection, recordingId, request, ct);
        if (assembled.Value is not { } whole)
        {
            return assembled.Problem!;
        }

        if (MediaFormat.Recognise(whole) is not { } format || !RecordingRules.IsRecordable(format.MediaType))
        {
            return RecordingProblems.NotASound;
        }

        // Write
        byte[] sha256 = await MediaContent.WriteAsync(connection, whole, format, request.DurationMs, learner.Id, ct);
        await FinishAsync(connection, recordingId, sha256, format, whole.Length, request.DurationMs, now, ct);
        await transaction.CommitAsync(ct);
        return new Completed(recordingId, Convert.ToHexStringLower(sha256), whole.Length, request.DurationMs);
    }

    private static Problem? Refusal(HeldTake take, Request request, DateTimeOffset now) =>
        take.State != RecordingState.Uploading ? RecordingProblems.Finished(take.State)
        : request.Chunks is < 1 or > RecordingRules.MostChunks ? RecordingProblems.BadRequest("A recording has at least one chunk.")
        : request.DurationMs < 1 ? RecordingProblems.BadRequest("\"durationMs\" must be 1 or more.")
        : request.DurationMs > take.LongestMs ? RecordingProblems.TooLong(take.LongestMs)
        : take.Window.Refusal(take.StartedAt, now);

    private static async Task<Outcome<byte[]>> AssembleAsync(NpgsqlConnection connection, Guid recordingId, Request request, CancellationToken ct)
    {
        var chunks = await connection.QueryAsync("SELECT number, bytes FROM recording_chunks WHERE recording_id = $1 AND number <= $2 ORDER BY number",
            row => (Number: row.GetInt32(0), Bytes: row.GetFieldValue<byte[]>(1)), ct, recordingId, request.Chunks);
        if (chunks.Count < request.Chunks)
        {
            return RecordingProblems.ChunksMissing([.. Enumerable.Range(1, request.Chunks).Except(chunks.Select(chunk => chunk.Number))]);
        }

        byte[] whole = [.. chunks.SelectMany(chunk => chunk.Bytes)];
        return Same(SHA256.HashData(whole), request.Sha256) ? whole : RecordingProblems.DigestWrong;
    }

    private static Task<int> FinishAsync(
        NpgsqlConnection connection, Guid recordingId, byte[] sha256, MediaFormat format, int byteLength, int durationMs, DateTimeOffset now, CancellationToken ct) =>
        connection.ExecuteAsync("""
            WITH gone AS (DELETE FROM recording_chunks WHERE recording_id = $1)
            UPDATE recordings SET state = 'complete', sha256 = $2, media_type = $3, byte_length = $4, duration_ms = $5, finished_at = $6, changed_at = $6 WHERE id = $1
            """, ct, recordingId, sha256, format.MediaType, byteLength, durationMs, now);

    private static bool Same(byte[] sha256, string hash) => Convert.ToHexStringLower(sha256).Equals(hash, StringComparison.OrdinalIgnoreCase);
}
