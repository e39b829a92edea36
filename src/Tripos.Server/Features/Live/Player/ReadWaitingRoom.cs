using Npgsql;
using Tripos.Questions;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Live;

/// <summary>A session as somebody sees it who is to sit it.</summary>
/// <param name="Runs">They run it, and belong to its wall.</param>
/// <param name="AttemptStatus">Null before there is an attempt.</param>
/// <param name="IsSpoken">Some answers are spoken, so a microphone is needed.</param>
public sealed record WaitingRoom(
    LiveSession Session, string TeacherName, bool Runs, bool HasJoined, bool IsRemoved, Guid? AttemptId, AttemptStatus? AttemptStatus, bool IsSpoken, DateTimeOffset ServerNow)
{
    public bool IsWorking => AttemptStatus is Attempts.AttemptStatus.InProgress or Attempts.AttemptStatus.Paused;

    /// <summary>When the room opens by itself; null where a teacher opens it.</summary>
    public DateTimeOffset? OpensAt => Session is { ScheduledAt: { } at, OpensBeforeMs: { } before } ? at.AddMilliseconds(-before) : null;

    /// <summary>What is left of the one clock; null before the start and without a limit.</summary>
    public TimeSpan? Left => Session.DeadlineAt - (Session.PausedAt ?? ServerNow);
}

/// <summary>Reads a session for a learner of its class, or for whoever has taken part in it; to everybody else there is none.</summary>
public static class ReadWaitingRoom
{
    private const string Sql = """
        SELECT u.display_name, p.joined_at IS NOT NULL, p.removed_at IS NOT NULL, p.attempt_id, a.status, m.learner_id IS NOT NULL
        FROM users u LEFT JOIN live_participants p ON p.session_id = $1 AND p.learner_id = $4 LEFT JOIN attempts a ON a.id = p.attempt_id LEFT JOIN class_members m ON m.class_id = $2 AND m.learner_id = $4
        WHERE u.id = $3
        """;

    private sealed record Row(string Teacher, bool HasJoined, bool IsRemoved, Guid? AttemptId, AttemptStatus? Status, bool IsMember)
    {
        public bool MayLook => HasJoined || IsMember;
    }

    public static async Task<Outcome<WaitingRoom>> RunAsync(Guid sessionId, CurrentUser reader, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct)
    {
        if (await LiveSession.LoadAsync(sessionId, source, ct) is not { } session)
        {
            return LiveProblems.NotFound;
        }

        bool runs = session.IsRunBy(reader);
        var row = await FindAsync(session, reader, source, ct);
        if (!runs && !row.MayLook)
        {
            await ClaimRoster.RunAsync(reader.Id, source, ct); // listed before they had an account
            row = await FindAsync(session, reader, source, ct);
            if (!row.MayLook)
            {
                return LiveProblems.NotFound;
            }
        }

        return new WaitingRoom(session, row.Teacher, runs, row.HasJoined, row.IsRemoved, row.AttemptId, row.Status, await IsSpokenAsync(session.TestId, source, versions, ct), clock.GetUtcNow());
    }

    private static async Task<Row> FindAsync(LiveSession session, CurrentUser reader, NpgsqlDataSource source, CancellationToken ct) =>
        (await source.QueryAsync(Sql, Read, ct, session.Id, session.ClassId, session.TeacherId, reader.Id))[0];

    private static async Task<bool> IsSpokenAsync(Guid testId, NpgsqlDataSource source, QuestionVersions versions, CancellationToken ct)
    {
        var ids = await source.QueryAsync("SELECT q.current_version_id FROM test_slots s JOIN questions q ON q.id = s.question_id WHERE s.test_id = $1", row => row.GetInt32(0), ct, testId);
        return (await versions.LoadAsync(ids, ct)).Any(version => version.Body is Spoken);
    }

    private static Row Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetBoolean(1), row.GetBoolean(2), row.Maybe<Guid?>(3), row.IsDBNull(4) ? null : row.Word<AttemptStatus>(4), row.GetBoolean(5));
}
