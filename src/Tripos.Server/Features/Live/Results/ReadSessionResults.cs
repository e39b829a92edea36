using System.Text.Json;
using Npgsql;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Live;

/// <summary>How a learner came out of a session.</summary>
/// <param name="Status">Of the attempt; null when they never got one.</param>
/// <param name="Percent">Null until it is graded; so are the points.</param>
/// <param name="Answered">While the attempt is open, how many answers have arrived.</param>
/// <param name="UsedMs">Without pauses.</param>
/// <param name="ExtraMs">What they had more than the session's limit: by an accommodation and by the teacher.</param>
/// <param name="SubmitType">How it was handed in; null while it is open.</param>
/// <param name="Events">What their page reported, as evidence; connections are not counted.</param>
public sealed record SessionResult(
    Guid LearnerId, string Name, Guid? AttemptId, AttemptStatus? Status, float? Percent, float? Points, float? PointsMax, bool? Passed, int Answered, int ItemCount, long? UsedMs, long ExtraMs,
    SubmitType? SubmitType, DateTimeOffset? SubmittedAt, bool IsRemoved, int Events, int Highlights)
{
    public bool IsGraded => Status == AttemptStatus.Graded;
}

/// <summary>What came of a session: learner by learner and question by question. Before its end, as far as it has come.</summary>
public static class ReadSessionResults
{
    /// <param name="Results">Best first, then those who are not done, by name.</param>
    /// <param name="Items">In the order of the test.</param>
    /// <param name="Alpha">How well the questions measure the same (Cronbach); null with fewer than <see cref="SessionItem.FewestToJudge"/> people or without any spread.</param>
    public sealed record View(
        Guid SessionId, Guid ClassId, string ClassName, Guid TestId, string TestTitle, string Title, SessionStatus Status, DateTimeOffset? StartedAt, DateTimeOffset? CompletedAt,
        IReadOnlyList<SessionResult> Results, IReadOnlyList<SessionItem> Items, double? Alpha)
    {
        public bool IsOver => Status is SessionStatus.Completed or SessionStatus.Cancelled;
    }

    private const string ResultsSql = """
        SELECT p.learner_id, u.display_name, p.attempt_id, a.status, a.percent, a.points, a.points_max, a.passed,
            COALESCE(a.answered_count, (SELECT count(*) FROM answers x WHERE x.attempt_id = a.id AND x.response IS NOT NULL))::integer, COALESCE(a.item_count, 0)::integer,
            a.duration_ms, a.allowance::text, COALESCE(extra.ms, 0)::bigint, a.submit_type, a.submitted_at, p.removed_at IS NOT NULL,
            (SELECT count(*)::integer FROM live_events e WHERE e.session_id = p.session_id AND e.learner_id = p.learner_id AND e.kind NOT IN ('joined', 'connected', 'disconnected')),
            (SELECT count(*)::integer FROM annotations n WHERE n.attempt_id = p.attempt_id AND n.removed_at IS NULL)
        FROM live_participants p JOIN users u ON u.id = p.learner_id LEFT JOIN attempts a ON a.id = p.attempt_id
            LEFT JOIN LATERAL (SELECT sum((x.details->>'ms')::bigint) AS ms FROM live_actions x JOIN live_receipts r ON r.action_id = x.id
                WHERE x.session_id = p.session_id AND x.kind = 'extra_time' AND r.learner_id = p.learner_id) extra ON true
        WHERE p.session_id = $1 ORDER BY a.percent DESC NULLS LAST, u.display_name, u.id
        """;

    /// <param name="teacher">Only those who run the session are told.</param>
    public static async Task<Outcome<View>> RunAsync(Guid sessionId, CurrentUser teacher, NpgsqlDataSource source, QuestionVersions versions, CancellationToken ct)
    {
        if (await LiveSession.LoadAsync(sessionId, source, ct) is not { } session || !session.IsRunBy(teacher))
        {
            return LiveProblems.NotFound;
        }

        await using var connection = await source.OpenConnectionAsync(ct);
        var results = await connection.QueryAsync(ResultsSql, row => Read(row, session.LimitMs), ct, sessionId);
        var (items, alpha) = await SessionItems.RunAsync(sessionId, session.TestId, connection, versions, ct);
        return new View(
            sessionId, session.ClassId, session.ClassName, session.TestId, session.TestTitle, session.Title, session.Status, session.StartedAt, session.CompletedAt, results, items, alpha);
    }

    private static SessionResult Read(NpgsqlDataReader row, long? limitMs)
    {
        var allowance = row.Maybe<string>(11) is { } json ? JsonSerializer.Deserialize<TimeAllowance>(json, Json.Options) : null;
        long accommodation = limitMs is { } limit && allowance is not null ? allowance.Of(limit) - limit : 0;
        return new SessionResult(
            row.GetGuid(0), row.GetString(1), row.Maybe<Guid?>(2), row.IsDBNull(3) ? null : row.Word<AttemptStatus>(3), row.Maybe<float?>(4), row.Maybe<float?>(5), row.Maybe<float?>(6), row.Maybe<bool?>(7),
            row.GetInt32(8), row.GetInt32(9), row.Maybe<long?>(10), accommodation + row.GetInt64(12), row.IsDBNull(13) ? null : row.Word<SubmitType>(13), row.MaybeTime(14), row.GetBoolean(15),
            row.GetInt32(16), row.GetInt32(17));
    }
}
