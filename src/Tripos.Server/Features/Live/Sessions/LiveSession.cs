using Npgsql;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Live;

public enum SessionStatus { Scheduled, WaitingForStudents, InProgress, Completed, Cancelled }

/// <summary>A test that a class sits together under one clock.</summary>
/// <param name="OpensBeforeMs">How long before <paramref name="ScheduledAt"/> the waiting room opens by itself; null: a teacher opens it.</param>
/// <param name="TimeLimitMs">Its own limit; null for that of the test.</param>
/// <param name="TestLimitMs">The limit of the test; null for none.</param>
/// <param name="DeadlineAt">The clock of the session, with all pauses and extra time for everybody; null before the start and without a limit.</param>
/// <param name="PausedAt">Since when everybody is paused.</param>
public sealed record LiveSession(
    Guid Id, Guid ClassId, string ClassName, Guid TeacherId, Guid TestId, string TestTitle, Guid CreatedBy, string Title, SessionStatus Status, DateTimeOffset? ScheduledAt, long? OpensBeforeMs,
    long? TimeLimitMs, long? TestLimitMs, bool FullScreen, DateTimeOffset? OpenedAt, DateTimeOffset? StartedAt, DateTimeOffset? DeadlineAt, DateTimeOffset? PausedAt, DateTimeOffset? CompletedAt,
    DateTimeOffset? CancelledAt, int Revision, int ItemCount)
{
    /// <summary>Learners may come in.</summary>
    public bool IsOpen => Status is SessionStatus.WaitingForStudents or SessionStatus.InProgress;

    /// <summary>In ms; null for as long as one likes.</summary>
    public long? LimitMs => TimeLimitMs ?? TestLimitMs;

    /// <summary>The teacher of its class, as long as they are a teacher, or an administrator.</summary>
    public bool IsRunBy(CurrentUser user) => user.IsAdmin || (user.IsTeacher && user.Id == TeacherId);

    public static async Task<LiveSession?> LoadAsync(Guid id, NpgsqlDataSource source, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        return await LoadAsync(connection, id, "", ct);
    }

    /// <summary>Held until the transaction ends: of two who change its state at once, the second sees what the first has done.</summary>
    public static Task<LiveSession?> LockAsync(NpgsqlConnection connection, Guid id, CancellationToken ct) => LoadAsync(connection, id, "FOR NO KEY UPDATE OF s", ct);

    /// <summary>Others may read it too, but nobody may change its state until the transaction ends.</summary>
    public static Task<LiveSession?> HoldAsync(NpgsqlConnection connection, Guid id, CancellationToken ct) => LoadAsync(connection, id, "FOR SHARE OF s", ct);

    private static async Task<LiveSession?> LoadAsync(NpgsqlConnection connection, Guid id, string locking, CancellationToken ct) =>
        await connection.QueryAsync($"""
            SELECT s.id, s.class_id, c.name, c.teacher_id, s.test_id, t.title, s.created_by, s.title, s.status, s.scheduled_at, s.opens_before_ms, s.time_limit_ms, t.time_limit_ms, s.full_screen,
                s.opened_at, s.started_at, s.deadline_at, s.paused_at, s.completed_at, s.cancelled_at, s.revision, (SELECT count(*)::integer FROM test_slots WHERE test_id = s.test_id)
            FROM live_sessions s JOIN classes c ON c.id = s.class_id JOIN tests t ON t.id = s.test_id WHERE s.id = $1 {locking}
            """, Read, ct, id) is [var session] ? session : null;

    private static LiveSession Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetGuid(3), row.GetGuid(4), row.GetString(5), row.GetGuid(6), row.GetString(7), row.Word<SessionStatus>(8), row.MaybeTime(9), row.Maybe<long?>(10),
        row.Maybe<long?>(11), row.Maybe<long?>(12), row.GetBoolean(13), row.MaybeTime(14), row.MaybeTime(15), row.MaybeTime(16), row.MaybeTime(17), row.MaybeTime(18), row.MaybeTime(19), row.GetInt32(20), row.GetInt32(21));
}
