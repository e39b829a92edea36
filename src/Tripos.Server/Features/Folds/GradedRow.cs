using System.Text.Json;
using Npgsql;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Folds;

/// <summary>A graded answer of an attempt that a fact names, with what the log already says of it.</summary>
internal sealed record GradedRow(
    Guid AttemptId, short Position, Guid LearnerId, Guid? TestId, AttemptMode Mode, int QuestionId, int VersionId, int? TopicId, short Difficulty,
    string? Response, float Points, float PointsMax, float PointsOpen, bool? Correct, long? ElapsedMs, short? Confidence, DateTimeOffset AnsweredAt, string? TimeZone,
    short? LastRevision, double? LastScore, bool? LastCorrect)
{
    private const float Nothing = 0.0005f; // points are single precision

    // A fact without a position means the whole attempt. Facts of one batch come in the order they were made.
    private const string Sql = """
        SELECT a.attempt_id, a.position, t.learner_id, t.test_id, t.mode, v.question_id, a.question_version_id, a.topic_id, q.difficulty,
            a.response::text, a.points, a.points_max, a.points_open, a.correct, a.elapsed_ms, a.confidence, COALESCE(a.changed_at, a.answered_at, a.checked_at, t.submitted_at, t.created_at), p.time_zone,
            last.revision, last.score, last.correct
        FROM unnest($1::bigint[], $2::uuid[], $3::smallint[]) AS f(id, attempt_id, position)
        JOIN attempts t ON t.id = f.attempt_id AND t.status <> 'voided'
        JOIN answers a ON a.attempt_id = f.attempt_id AND (f.position IS NULL OR a.position = f.position)
        JOIN question_versions v ON v.id = a.question_version_id
        JOIN questions q ON q.id = v.question_id
        LEFT JOIN profiles p ON p.user_id = t.learner_id
        LEFT JOIN LATERAL (SELECT r.revision, r.score, r.correct FROM responses r WHERE r.attempt_id = a.attempt_id AND r.position = a.position ORDER BY r.revision DESC LIMIT 1) last ON true
        WHERE a.points IS NOT NULL AND a.points_max - a.points_open > $4
        ORDER BY f.id, a.position
        """;

    public static Task<List<GradedRow>> OfAsync(NpgsqlConnection connection, IReadOnlyList<GradedFact> facts, CancellationToken ct) => connection.QueryAsync(Sql, Read, ct,
        facts.Select(fact => fact.Id).ToArray(), facts.Select(fact => fact.AttemptId).ToArray(), facts.Select(fact => fact.Position).ToArray(), Nothing);

    /// <summary>Share of the points that are decided.</summary>
    public double Score => Math.Clamp((double)Points / (PointsMax - PointsOpen), 0, 1);

    /// <summary>Right; where a kind has no plain right and wrong, whether the score passes.</summary>
    public bool IsCorrect => Correct ?? Score > QuestionFold.PassScore;

    /// <summary>Whether the log already says what this row says.</summary>
    public bool IsLogged => LastScore == Score && LastCorrect == IsCorrect;

    /// <summary>The day of the learner's own time zone; UTC where none is known.</summary>
    public DateOnly LocalDay => DateOnly.FromDateTime(
        (TimeZone is { } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? TimeZoneInfo.ConvertTime(AnsweredAt, zone) : AnsweredAt.ToUniversalTime()).DateTime);

    private static GradedRow Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetInt16(1), row.GetGuid(2), row.Maybe<Guid?>(3), row.Word<AttemptMode>(4), row.GetInt32(5), row.GetInt32(6), row.Maybe<int?>(7), row.GetInt16(8),
        row.Maybe<string>(9), row.GetFloat(10), row.GetFloat(11), row.GetFloat(12), row.Maybe<bool?>(13), row.Maybe<long?>(14), row.Maybe<short?>(15), row.Time(16), row.Maybe<string>(17),
        row.Maybe<short?>(18), row.Maybe<double?>(19), row.Maybe<bool?>(20));
}

/// <param name="Position">Null for the whole attempt.</param>
internal sealed record GradedFact(long Id, Guid AttemptId, short? Position, DateTimeOffset CreatedAt);
