using Npgsql;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Recordings;

public enum RecordingState { Uploading, Complete, Failed }

/// <summary>One recording of one answer, and how much of it is here.</summary>
/// <param name="Number">1 is the first take of this question in this attempt.</param>
/// <param name="LongestMs">How long it may be.</param>
/// <param name="MostBytes">How many bytes the whole may have.</param>
/// <param name="LargestChunk">How many bytes one chunk may have.</param>
/// <param name="Chunks">Numbers of the chunks that are here; none when it is complete.</param>
/// <param name="Trouble">Why it failed; null when it did not.</param>
public sealed record Take(
    Guid RecordingId, int Position, int Number, string MediaType, RecordingState State, DateTimeOffset StartedAt, int LongestMs, int MostBytes, int LargestChunk,
    int[] Chunks, int ByteLength, int? DurationMs, string? Sha256, string? Trouble)
{
    internal const string Select = """
        SELECT r.id, r.position, r.take, r.media_type, r.state, r.started_at, r.longest_ms,
            ARRAY(SELECT number FROM recording_chunks WHERE recording_id = r.id ORDER BY number), r.byte_length, r.duration_ms, encode(r.sha256, 'hex'), r.trouble
        FROM recordings r
        """;

    internal static Take Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetInt16(1), row.GetInt16(2), row.GetString(3), row.Word<RecordingState>(4), row.Time(5), row.GetInt32(6),
        RecordingRules.MostBytes(row.GetInt32(6)), RecordingRules.LargestChunk, row.GetFieldValue<int[]>(7), row.GetInt32(8), row.Maybe<int?>(9), row.Maybe<string>(10), row.Maybe<string>(11));
}

/// <summary>A take under lock: its attempt cannot be submitted and no other chunk of it can be stored until the transaction ends.</summary>
internal sealed record HeldTake(RecordingState State, DateTimeOffset StartedAt, int LongestMs, int ByteLength, int? DurationMs, byte[]? Sha256, AttemptWindow Window)
{
    /// <returns>Null when there is no such take, or it is somebody else's.</returns>
    public static async Task<HeldTake?> LoadAsync(NpgsqlConnection connection, Guid attemptId, Guid recordingId, CurrentUser learner, CancellationToken ct) =>
        (await connection.QueryAsync("""
            SELECT r.state, r.started_at, r.longest_ms, r.byte_length, r.duration_ms, r.sha256, a.status, a.deadline_at, a.late_until, a.submitted_at
            FROM recordings r JOIN attempts a ON a.id = r.attempt_id WHERE r.id = $1 AND r.attempt_id = $2 AND a.learner_id = $3 FOR NO KEY UPDATE OF r FOR SHARE OF a
            """, row => new HeldTake(row.Word<RecordingState>(0), row.Time(1), row.GetInt32(2), row.GetInt32(3), row.Maybe<int?>(4), row.Maybe<byte[]>(5), AttemptWindow.Read(row, 6)),
            ct, recordingId, attemptId, learner.Id)).SingleOrDefault();
}

/// <summary>Until when an attempt takes recordings: as for answers, what began in time may arrive within the grace. The clock of a part decides whether
/// a take may begin; its sound may arrive while the attempt is open, also after the next part was opened.</summary>
internal sealed record AttemptWindow(AttemptStatus Status, DateTimeOffset? DeadlineAt, DateTimeOffset? LateUntil, DateTimeOffset? SubmittedAt)
{
    /// <summary>For a take of one question that begins; the attempt stays open until the transaction ends.</summary>
    /// <remarks>A part that is over ended when the next one was opened; a part that has not been opened ends before it begins.</remarks>
    public static async Task<AttemptWindow> AtStartAsync(NpgsqlConnection connection, Guid attemptId, short position, CancellationToken ct) =>
        (await connection.QueryAsync("""
            SELECT status, ends_at, ends_at + COALESCE(late_until - deadline_at, interval '2 minutes'), submitted_at
            FROM attempts CROSS JOIN LATERAL (SELECT LEAST(deadline_at, CASE
                WHEN position_asked > part_last THEN started_at
                WHEN position_asked < part_first THEN part_started_at
                ELSE part_deadline_at END) AS ends_at FROM (SELECT $2::smallint AS position_asked) asked) ends
            WHERE id = $1 FOR SHARE OF attempts
            """, row => Read(row, 0), ct, attemptId, position)).Single();

    public static AttemptWindow Read(NpgsqlDataReader row, int first) => new(row.Word<AttemptStatus>(first), row.MaybeTime(first + 1), row.MaybeTime(first + 2), row.MaybeTime(first + 3));

    /// <returns>Null when a take that began then may still arrive now.</returns>
    public Problem? Refusal(DateTimeOffset startedAt, DateTimeOffset now) =>
        Status != AttemptStatus.InProgress ? AttemptProblems.Closed(SubmittedAt)
        : DeadlineAt is not { } deadline || now <= deadline || (startedAt <= deadline && now <= LateUntil) ? null
        : RecordingProblems.Late(deadline);
}
