using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Attempts;

/// <summary>Stops, starts and moves the clocks of open attempts, many at once, inside the caller's transaction. Each statement waits for answers that are being stored.</summary>
public static class AttemptClock
{
    /// <summary>An attempt whose clock was touched.</summary>
    public sealed record Touched(Guid AttemptId, Guid LearnerId, DateTimeOffset? DeadlineAt);

    private const string Held = "(SELECT id FROM attempts WHERE id = ANY ($1) AND status = ANY ($2) ORDER BY id FOR NO KEY UPDATE) h WHERE a.id = h.id";

    /// <summary>From now on nobody can answer; those already paused stay so.</summary>
    public static Task<List<Touched>> PauseAsync(NpgsqlConnection connection, IReadOnlyCollection<Guid> attemptIds, DateTimeOffset now, CancellationToken ct) =>
        RunAsync(connection, $"UPDATE attempts a SET status = 'paused', paused_at = $3 FROM {Held}", attemptIds, ["in_progress"], now, ct);

    /// <summary>Every deadline moves by as long as the pause was.</summary>
    public static Task<List<Touched>> ResumeAsync(NpgsqlConnection connection, IReadOnlyCollection<Guid> attemptIds, DateTimeOffset now, CancellationToken ct) =>
        RunAsync(connection, $"""
            UPDATE attempts a SET status = 'in_progress', deadline_at = deadline_at + ($3 - paused_at), late_until = late_until + ($3 - paused_at), part_deadline_at = part_deadline_at + ($3 - paused_at),
                paused_ms = paused_ms + (EXTRACT(EPOCH FROM $3 - paused_at) * 1000)::bigint, paused_at = NULL
            FROM {Held}
            """, attemptIds, ["paused"], now, ct);

    /// <summary>More time, in the open part too; attempts without a limit stay as they are.</summary>
    public static Task<List<Touched>> ExtendAsync(NpgsqlConnection connection, IReadOnlyCollection<Guid> attemptIds, long byMs, CancellationToken ct) =>
        RunAsync(connection, $"""
            UPDATE attempts a SET deadline_at = deadline_at + $3 * interval '1 ms', late_until = late_until + $3 * interval '1 ms', part_deadline_at = part_deadline_at + $3 * interval '1 ms'
            FROM {Held} AND a.deadline_at IS NOT NULL
            """, attemptIds, ["in_progress", "paused"], byMs, ct);

    private static Task<List<Touched>> RunAsync(NpgsqlConnection connection, string sql, IReadOnlyCollection<Guid> attemptIds, string[] statuses, object value, CancellationToken ct) =>
        connection.QueryAsync($"{sql} RETURNING a.id, a.learner_id, a.deadline_at", row => new Touched(row.GetGuid(0), row.GetGuid(1), row.MaybeTime(2)), ct, attemptIds.ToArray(), statuses, value);
}
