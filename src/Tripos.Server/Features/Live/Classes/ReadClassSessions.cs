using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Live;

/// <summary>A session in a list.</summary>
/// <param name="LimitMs">Its own limit or that of the test; null for none.</param>
/// <param name="Participants">Who has joined it, for who runs the class; 0 for its learners.</param>
/// <param name="AttemptId">The reader's own attempt in it; null for none.</param>
public sealed record SessionRow(
    Guid Id, Guid ClassId, string ClassName, string Title, string TestTitle, SessionStatus Status, DateTimeOffset? ScheduledAt, long? OpensBeforeMs, long? LimitMs, bool FullScreen,
    DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, int Revision, int Participants, Guid? AttemptId)
{
    /// <summary>Learners may come in.</summary>
    public bool IsOpen => Status is SessionStatus.WaitingForStudents or SessionStatus.InProgress;

    /// <summary>Is open or will be.</summary>
    public bool IsAhead => IsOpen || Status == SessionStatus.Scheduled;
}

/// <summary>The sessions of a class, or what is on and next in all classes of somebody.</summary>
public static class ReadClassSessions
{
    private const string Sql = """
        SELECT s.id, s.class_id, c.name, s.title, t.title, s.status, s.scheduled_at, s.opens_before_ms, COALESCE(s.time_limit_ms, t.time_limit_ms), s.full_screen, s.started_at,
            COALESCE(s.completed_at, s.cancelled_at), s.revision, (SELECT count(*) FROM live_participants p WHERE p.session_id = s.id)::integer,
            (SELECT p.attempt_id FROM live_participants p WHERE p.session_id = s.id AND p.learner_id = $2)
        FROM live_sessions s JOIN classes c ON c.id = s.class_id JOIN tests t ON t.id = s.test_id
        """;

    /// <summary>What is on first, then what comes next, then what is over, newest first.</summary>
    private const string Order = """
        ORDER BY array_position(ARRAY['in_progress', 'waiting_for_students', 'scheduled', 'completed', 'cancelled'], s.status),
            CASE WHEN s.status = 'scheduled' THEN s.scheduled_at END NULLS LAST, COALESCE(s.completed_at, s.cancelled_at, s.started_at) DESC, s.id DESC LIMIT 200
        """;

    public static async Task<Outcome<List<SessionRow>>> RunAsync(Guid classId, CurrentUser user, NpgsqlDataSource source, CancellationToken ct) =>
        await ReadClasses.OneAsync(classId, user, source, ct) is { } found ? await OfAsync(found, user, source, ct) : ClassProblems.NotFound;

    public static Task<List<SessionRow>> OfAsync(ClassView found, CurrentUser user, NpgsqlDataSource source, CancellationToken ct) =>
        source.QueryAsync($"{Sql} WHERE s.class_id = $1 {Order}", row => Read(row, found.Runs), ct, found.Id, user.Id);

    /// <summary>Open and planned sessions of several classes.</summary>
    public static Task<List<SessionRow>> AheadAsync(IReadOnlyCollection<ClassView> classes, CurrentUser user, NpgsqlDataSource source, CancellationToken ct)
    {
        var running = classes.Where(c => c.Runs).Select(c => c.Id).ToHashSet();
        return source.QueryAsync($"{Sql} WHERE s.class_id = ANY ($1) AND s.status IN ('scheduled', 'waiting_for_students', 'in_progress') {Order}",
            row => Read(row, running.Contains(row.GetGuid(1))), ct, classes.Select(c => c.Id).ToArray(), user.Id);
    }

    private static SessionRow Read(NpgsqlDataReader row, bool runs) => new(
        row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetString(3), row.GetString(4), row.Word<SessionStatus>(5), row.MaybeTime(6), row.Maybe<long?>(7), row.Maybe<long?>(8), row.GetBoolean(9),
        row.MaybeTime(10), row.MaybeTime(11), row.GetInt32(12), runs ? row.GetInt32(13) : 0, row.Maybe<Guid?>(14));
}
