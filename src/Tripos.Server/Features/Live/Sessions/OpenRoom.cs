using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Live;

/// <summary>Opens the waiting room of a scheduled session; opening it again changes nothing.</summary>
public static class OpenRoom
{
    public static Task<Outcome<LiveSession>> RunAsync(Guid sessionId, CurrentUser teacher, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct) =>
        Transition.RunAsync(sessionId, teacher, source, async (connection, session) =>
        {
            if (session.Status != SessionStatus.Scheduled)
            {
                return session.Status == SessionStatus.WaitingForStudents ? null : LiveProblems.Transition(session.Status, SessionStatus.WaitingForStudents);
            }

            await WriteAsync(connection, sessionId, teacher.Id, clock.GetUtcNow(), ct);
            return null;
        }, ct);

    /// <param name="connection">With the transaction that holds the session.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="actorId">Null for the server itself.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Gives up.</param>
    internal static async Task WriteAsync(NpgsqlConnection connection, Guid sessionId, Guid? actorId, DateTimeOffset now, CancellationToken ct)
    {
        await Transition.WriteAsync(connection, "status = 'waiting_for_students', opened_at = $2", ct, sessionId, now);
        await LiveAudit.AddAsync(connection, new(sessionId, actorId, LiveActionKind.Opened, ToAll: true, null, now), [], ct);
    }
}
