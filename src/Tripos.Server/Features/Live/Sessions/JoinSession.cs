using Npgsql;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Live;

/// <summary>A learner of the class comes in, while the room is open or the session in progress; who comes late gets an attempt with what is left of the time. Joining again changes nothing.</summary>
public static class JoinSession
{
    /// <param name="AttemptId">Null while the session has not started.</param>
    public sealed record Joined(Guid SessionId, SessionStatus Status, Guid? AttemptId, bool IsSubmitted);

    private sealed record Place(Guid? AttemptId, bool IsRemoved, bool IsSubmitted);

    internal static async Task<Outcome<Joined>> RunAsync(
        Guid sessionId, CurrentUser learner, NpgsqlDataSource source, QuestionVersions versions, AttemptPapers papers, LiveNews news, TimeProvider clock, CancellationToken ct)
    {
        try
        {
            return await TryAsync(sessionId, learner, source, versions, papers, news, clock, ct);
        }
        catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return await TryAsync(sessionId, learner, source, versions, papers, news, clock, ct); // two tabs at once: the other one has made the attempt
        }
    }

    private static async Task<Outcome<Joined>> TryAsync(
        Guid sessionId, CurrentUser learner, NpgsqlDataSource source, QuestionVersions versions, AttemptPapers papers, LiveNews news, TimeProvider clock, CancellationToken ct)
    {
        // Load: the session cannot start or end while somebody comes in.
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var session = await LiveSession.HoldAsync(connection, sessionId, ct);
        if (session is null || await FindOrClaimAsync(connection, sessionId, session.ClassId, learner.Id, ct) is not { } found)
        {
            return LiveProblems.NotFound;
        }

        // Decide
        if (found is { IsRemoved: true })
        {
            return LiveProblems.Removed;
        }

        if (found.AttemptId is { } existing)
        {
            return new Joined(sessionId, session.Status, existing, found.IsSubmitted);
        }

        if (!session.IsOpen)
        {
            return LiveProblems.NotOpen(session);
        }

        // Write
        var now = clock.GetUtcNow();
        int isNew = await connection.ExecuteAsync("INSERT INTO live_participants (session_id, learner_id, joined_at, last_seen) VALUES ($1, $2, $3, $3) ON CONFLICT DO NOTHING", ct, sessionId, learner.Id, now);
        var attempt = session.Status == SessionStatus.InProgress ? await StartLateAsync(connection, session, learner, versions, now, ct) : null;
        if (attempt is { Attempt.DeadlineAt: { } deadline } && deadline <= now && session.PausedAt is null)
        {
            return LiveProblems.TimeOver;
        }

        if (attempt is not null)
        {
            await SessionAttempts.WriteAsync(connection, sessionId, [attempt], ct);
        }

        await transaction.CommitAsync(ct);
        Tell(sessionId, learner.Id, isNew > 0, attempt, papers, news);
        return new Joined(sessionId, session.Status, attempt?.Attempt.Id, IsSubmitted: false);
    }

    private static void Tell(Guid sessionId, Guid learnerId, bool isNew, NewAttempt? attempt, AttemptPapers papers, LiveNews news)
    {
        if (attempt is not null)
        {
            papers.Keep(attempt.Attempt.Id, attempt.Paper);
        }

        if (isNew)
        {
            news.TellComing(sessionId, learnerId, "joined");
        }

        news.TellJoined(sessionId, learnerId);
    }

    /// <summary>Who is no member may be on the list of the class, and becomes one now.</summary>
    private static async Task<Place?> FindOrClaimAsync(NpgsqlConnection connection, Guid sessionId, Guid classId, Guid learnerId, CancellationToken ct) =>
        await FindAsync(connection, sessionId, classId, learnerId, ct)
        ?? (await ClaimRoster.RunAsync(learnerId, connection, ct) > 0 ? await FindAsync(connection, sessionId, classId, learnerId, ct) : null);

    /// <summary>Their place in the session; a member of the class who has none yet has an empty one, and everybody else has none.</summary>
    private static async Task<Place?> FindAsync(NpgsqlConnection connection, Guid sessionId, Guid classId, Guid learnerId, CancellationToken ct)
    {
        var rows = await connection.QueryAsync("""
            SELECT p.attempt_id, p.removed_at IS NOT NULL, COALESCE(a.status NOT IN ('in_progress', 'paused'), false)
            FROM (SELECT 1) one LEFT JOIN live_participants p ON p.session_id = $1 AND p.learner_id = $3 LEFT JOIN attempts a ON a.id = p.attempt_id
            WHERE p.learner_id IS NOT NULL OR EXISTS (SELECT FROM class_members m WHERE m.class_id = $2 AND m.learner_id = $3)
            """, row => new Place(row.Maybe<Guid?>(0), row.GetBoolean(1), row.GetBoolean(2)), ct, sessionId, classId, learnerId);
        return rows is [var place] ? place : null;
    }

    private static async Task<NewAttempt> StartLateAsync(NpgsqlConnection connection, LiveSession session, CurrentUser learner, QuestionVersions versions, DateTimeOffset now, CancellationToken ct)
    {
        var test = (await StartableTest.LoadAsync(connection, session.TestId, Guid.Empty, ct))!;
        return (await SessionAttempts.PrepareAsync(connection, session, test, [learner.Id], versions, now, ct))[0];
    }
}
