using Npgsql;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Live;

/// <summary>Starts a session: the attempts of all connected learners are made at once, under one clock. Of two who press the button, one starts it and the other finds it started.</summary>
public static class StartTogether
{
    private static readonly TimeSpan ConnectedWithin = TimeSpan.FromSeconds(20); // heartbeats come every five seconds

    internal static async Task<Outcome<LiveSession>> RunAsync(
        Guid sessionId, CurrentUser teacher, NpgsqlDataSource source, QuestionVersions versions, AttemptPapers papers, LiveBoards boards, SaveBoards save, TimeProvider clock, CancellationToken ct)
    {
        await save.RunAsync(boards.Loaded, ct); // who came a moment ago counts
        try
        {
            return await TryAsync(sessionId, teacher, source, versions, papers, clock, ct);
        }
        catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return await TryAsync(sessionId, teacher, source, versions, papers, clock, ct); // one of them has started the same test alone in this moment
        }
    }

    private static async Task<Outcome<LiveSession>> TryAsync(
        Guid sessionId, CurrentUser teacher, NpgsqlDataSource source, QuestionVersions versions, AttemptPapers papers, TimeProvider clock, CancellationToken ct)
    {
        List<NewAttempt> attempts = [];
        var started = await Transition.RunAsync(sessionId, teacher, source, async (connection, session) =>
        {
            if (session.Status != SessionStatus.WaitingForStudents)
            {
                return session.Status == SessionStatus.InProgress ? null : LiveProblems.Transition(session.Status, SessionStatus.InProgress);
            }

            // Load
            var now = clock.GetUtcNow();
            var connected = await connection.QueryAsync("SELECT learner_id FROM live_participants WHERE session_id = $1 AND removed_at IS NULL AND state = 1 AND last_seen > $2",
                row => row.GetGuid(0), ct, sessionId, now - ConnectedWithin);
            var test = (await StartableTest.LoadAsync(connection, session.TestId, Guid.Empty, ct))!;

            // Decide
            if (ReasonAgainst(connected.Count, test) is { } problem)
            {
                return problem;
            }

            // Write
            var deadline = SessionAttempts.LimitOf(session, test) is { } limit ? now.AddMilliseconds(limit) : (DateTimeOffset?)null;
            attempts = await SessionAttempts.PrepareAsync(connection, session with { DeadlineAt = deadline }, test, connected, versions, now, ct);
            await SessionAttempts.WriteAsync(connection, sessionId, attempts, ct);
            await Transition.WriteAsync(connection, "status = 'in_progress', started_at = $2, deadline_at = $3::timestamptz", ct, sessionId, now, deadline);
            await LiveAudit.AddAsync(connection, new(sessionId, teacher.Id, LiveActionKind.Started, ToAll: true, new { Learners = attempts.Count }, now), [], ct);
            return null;
        }, ct);
        attempts.ForEach(attempt => papers.Keep(attempt.Attempt.Id, attempt.Paper));
        return started;
    }

    private static Problem? ReasonAgainst(int connected, StartableTest test) =>
        connected == 0 ? LiveProblems.NobodyConnected
        : test.Slots.Count == 0 ? LiveProblems.NoQuestions
        : test.Slots.Count(slot => slot.NeedsKey) is > 0 and var missing ? AttemptProblems.NeedsKey(missing)
        : null;
}
