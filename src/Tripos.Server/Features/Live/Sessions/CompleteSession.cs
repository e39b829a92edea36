using Npgsql;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Live;

/// <summary>Ends a session: nobody joins any more, and every attempt that is still open is submitted, as forced by the teacher.</summary>
public static class CompleteSession
{
    private const int AtOnce = 4;
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(700);

    public static async Task<Outcome<LiveSession>> RunAsync(Guid sessionId, CurrentUser teacher, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct)
    {
        var ended = await Transition.RunAsync(sessionId, teacher, source, async (connection, session) =>
        {
            if (session.Status != SessionStatus.InProgress)
            {
                return session.Status == SessionStatus.Completed ? null : LiveProblems.Transition(session.Status, SessionStatus.Completed);
            }

            await WriteAsync(connection, sessionId, teacher.Id, clock.GetUtcNow(), ct);
            return null;
        }, ct);
        if (ended.Problem is null)
        {
            // Whoever asked may be gone by now, as a page is that goes on to the results. If the server dies, the sweep goes on with it.
            await WaitForLastWordsAsync(clock);
            await SubmitOpenAsync(sessionId, source, versions, clock, CancellationToken.None);
        }

        return ended;
    }

    internal static async Task WriteAsync(NpgsqlConnection connection, Guid sessionId, Guid? actorId, DateTimeOffset now, CancellationToken ct)
    {
        await Transition.WriteAsync(connection, "status = 'completed', completed_at = $2, paused_at = NULL", ct, sessionId, now);
        await LiveAudit.AddAsync(connection, new(sessionId, actorId, LiveActionKind.Completed, ToAll: true, null, now), [], ct);
    }

    /// <summary>Pages have been told that it ends: what was typed in the last second may still arrive.</summary>
    internal static Task WaitForLastWordsAsync(TimeProvider clock) => Task.Delay(LastWords, clock);

    internal static async Task SubmitOpenAsync(Guid sessionId, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct)
    {
        var open = await source.QueryAsync("SELECT id FROM attempts WHERE session_id = $1 AND status IN ('in_progress', 'paused') ORDER BY id", row => row.GetGuid(0), ct, sessionId);
        await SubmitAsync(open, source, versions, clock, ct);
    }

    internal static Task SubmitAsync(IEnumerable<Guid> attemptIds, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct) =>
        Parallel.ForEachAsync(attemptIds, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
            async (attempt, stop) => await SubmitAttempt.ForceAsync(attempt, SubmitType.Forced, source, versions, clock, stop));
}
