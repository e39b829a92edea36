using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Live;

/// <summary>Calls a session off before it has started; cancelling it again changes nothing.</summary>
public static class CancelSession
{
    public static Task<Outcome<LiveSession>> RunAsync(Guid sessionId, CurrentUser teacher, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct) =>
        Transition.RunAsync(sessionId, teacher, source, async (connection, session) =>
        {
            if (session.Status is not (SessionStatus.Scheduled or SessionStatus.WaitingForStudents))
            {
                return session.Status == SessionStatus.Cancelled ? null : LiveProblems.Transition(session.Status, SessionStatus.Cancelled);
            }

            var now = clock.GetUtcNow();
            await Transition.WriteAsync(connection, "status = 'cancelled', cancelled_at = $2", ct, sessionId, now);
            await LiveAudit.AddAsync(connection, new(sessionId, teacher.Id, LiveActionKind.Cancelled, ToAll: true, null, now), [], ct);
            return null;
        }, ct);
}
