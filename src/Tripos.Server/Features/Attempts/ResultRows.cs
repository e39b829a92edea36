using System.Text.Json;
using Npgsql;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Attempts;

/// <summary>A finished attempt as it is stored. One round trip.</summary>
public sealed record ResultRows(ResultRows.Attempt Header, IReadOnlyList<ResultRows.Item> Items, IReadOnlyList<GradeStep> Grades)
{
    public sealed record Attempt(
        Guid AttemptId, Guid LearnerId, string LearnerName, Guid? TestId, string Title, AttemptMode Mode, int Number, AttemptRules Rules, long Seed, DateTimeOffset StartedAt, DateTimeOffset? SubmittedAt,
        SubmitType SubmitType, long DurationMs, int AnsweredCount, float Points, float PointsMax, float PointsOpen, float Percent, bool? Passed, string? Profile, string Scores, bool IsSessionOpen);

    public sealed record Item(
        short Position, int VersionId, int? GradedVersionId, string? Response, float? Points, float PointsMax, float PointsOpen, string? Traits, bool? Correct, short? Confidence, long? ElapsedMs, bool Flagged,
        int? TopicId, string? TopicName, string? Module, string? Section);

    /// <summary>The attempt, or null when it does not exist or the reader has no business with it.</summary>
    public static async Task<ResultRows?> LoadAsync(Guid attemptId, CurrentUser reader, NpgsqlDataSource source, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        batch.With("""
                SELECT a.learner_id, u.display_name, a.test_id, a.title, a.mode, a.number, a.policy::text, a.seed, COALESCE(a.started_at, a.created_at), a.submitted_at,
                    COALESCE(a.submit_type, 'manual'), COALESCE(a.duration_ms, 0), COALESCE(a.answered_count, 0::smallint), COALESCE(a.points, 0), COALESCE(a.points_max, 0), a.points_open, COALESCE(a.percent, 0), a.passed, a.profile, a.scores::text,
                    EXISTS (SELECT FROM live_sessions s WHERE s.id = a.session_id AND s.status = 'in_progress')
                FROM attempts a JOIN users u ON u.id = a.learner_id WHERE a.id = $1 AND (a.learner_id = $2 OR $3)
                """, attemptId, reader.Id, reader.IsTeacher || reader.IsAdmin)
            .With("""
                SELECT a.position, a.question_version_id, a.graded_version_id, a.response::text, a.points, a.points_max, a.points_open, a.traits::text, a.correct, a.confidence, a.elapsed_ms, a.flagged, a.topic_id, t.name, m.name, a.section
                FROM answers a LEFT JOIN topics t ON t.id = a.topic_id LEFT JOIN modules m ON m.id = t.module_id WHERE a.attempt_id = $1 ORDER BY a.position
                """, attemptId)
            .With("""
                SELECT g.revision, g.cause, g.percent, g.passed, g.graded_at, r.reason
                FROM grades g LEFT JOIN regrades r ON r.id = g.regrade_id WHERE g.attempt_id = $1 ORDER BY g.revision
                """, attemptId);
        await using var rows = await batch.ExecuteReaderAsync(ct);
        if (!await rows.ReadAsync(ct))
        {
            return null;
        }

        var header = ReadHeader(rows, attemptId);
        await rows.NextResultAsync(ct);
        var items = await rows.ReadAllAsync(ReadItem, ct);
        await rows.NextResultAsync(ct);
        return new ResultRows(header, items, await rows.ReadAllAsync(row => new GradeStep(
            row.GetInt32(0), row.Word<GradeCause>(1), row.GetFloat(2), row.Maybe<bool?>(3), row.Time(4), row.Maybe<string>(5)), ct));
    }

    private static Attempt ReadHeader(NpgsqlDataReader row, Guid id) => new(
        id, row.GetGuid(0), row.GetString(1), row.Maybe<Guid?>(2), row.GetString(3), row.Word<AttemptMode>(4), row.GetInt32(5),
        JsonSerializer.Deserialize<AttemptRules>(row.GetString(6), Json.Options)!, row.GetInt64(7), row.Time(8), row.MaybeTime(9),
        row.Word<SubmitType>(10), row.GetInt64(11), row.GetInt16(12), row.GetFloat(13), row.GetFloat(14), row.GetFloat(15), row.GetFloat(16), row.Maybe<bool?>(17), row.Maybe<string>(18), row.GetString(19), row.GetBoolean(20));

    private static Item ReadItem(NpgsqlDataReader row) => new(
        row.GetInt16(0), row.GetInt32(1), row.Maybe<int?>(2), row.Maybe<string>(3), row.Maybe<float?>(4), row.GetFloat(5), row.GetFloat(6), row.Maybe<string>(7), row.Maybe<bool?>(8),
        row.Maybe<short?>(9), row.Maybe<long?>(10), row.GetBoolean(11), row.Maybe<int?>(12), row.Maybe<string>(13), row.Maybe<string>(14), row.Maybe<string>(15));
}
