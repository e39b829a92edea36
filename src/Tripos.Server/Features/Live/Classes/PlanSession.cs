using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Live;

/// <summary>Plans a session for a class, and changes the plan until the session starts.</summary>
public static class PlanSession
{
    public static async Task<Outcome<LiveSession>> CreateAsync(Guid classId, SessionPlan plan, CurrentUser user, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        var id = Guid.CreateVersion7();
        var now = clock.GetUtcNow();
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var held = await HeldClass.ByTeacherAsync(classId, user, connection, ct);
        if (held.Value is not { Status: ClassStatus.Active })
        {
            return held.Problem ?? ClassProblems.Archived;
        }

        var decided = await plan.CheckAsync(null, user, connection, now, ct);
        if (decided.Value is not { } valid)
        {
            return decided.Problem!;
        }

        await connection.ExecuteAsync("""
            INSERT INTO live_sessions (id, class_id, test_id, created_by, title, scheduled_at, opens_before_ms, time_limit_ms, full_screen, created_at)
            VALUES ($1, $2, $3, $4, $5, $6::timestamptz, $7::bigint, $8::bigint, $9, $10)
            """, ct, id, classId, valid.TestId, user.Id, valid.Title, valid.ScheduledAt?.ToUniversalTime(), valid.OpensBeforeMs, valid.TimeLimitMs, valid.FullScreen, now);
        await LiveAudit.AddAsync(connection, new(id, user.Id, LiveActionKind.Created, ToAll: true, Details(valid), now), [], ct);
        await transaction.CommitAsync(ct);
        return (await LiveSession.LoadAsync(id, source, ct))!;
    }

    /// <summary>Changes a session that is scheduled or waiting; the revision says which state of it the change is meant for.</summary>
    public static async Task<Outcome<LiveSession>> EditAsync(Guid sessionId, SessionPlan plan, CurrentUser user, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await LiveSession.LockAsync(connection, sessionId, ct) is not { } before || !ClassView.IsRunBy(user, before.TeacherId))
        {
            return LiveProblems.NotFound;
        }

        if (Refuse(before, plan) is { } refusal)
        {
            return refusal;
        }

        var decided = await plan.CheckAsync(before, user, connection, now, ct);
        if (decided.Value is not { } valid)
        {
            return decided.Problem!;
        }

        await connection.ExecuteAsync("""
            UPDATE live_sessions SET test_id = $2, title = $3, scheduled_at = $4::timestamptz, opens_before_ms = $5::bigint, time_limit_ms = $6::bigint, full_screen = $7, revision = revision + 1 WHERE id = $1
            """, ct, sessionId, valid.TestId, valid.Title, valid.ScheduledAt?.ToUniversalTime(), valid.OpensBeforeMs, valid.TimeLimitMs, valid.FullScreen);
        await LiveAudit.AddAsync(connection, new(sessionId, user.Id, LiveActionKind.Edited, ToAll: true, Details(valid), now), [], ct);
        await transaction.CommitAsync(ct);
        return (await LiveSession.LoadAsync(sessionId, source, ct))!;
    }

    private static Problem? Refuse(LiveSession before, SessionPlan plan) =>
        before.Status is not (SessionStatus.Scheduled or SessionStatus.WaitingForStudents) ? PlanProblems.NotEditable
        : plan.Revision is null ? ClassProblems.Invalid(("revision", "Send the revision of the session that you have read"))
        : plan.Revision != before.Revision ? PlanProblems.Changed(before.Revision)
        : null;

    private static object Details(SessionPlan plan) => new { plan.Title, plan.TestId, plan.ScheduledAt, plan.OpensBeforeMs, plan.TimeLimitMs, plan.FullScreen };
}
