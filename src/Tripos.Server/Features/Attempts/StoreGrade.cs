using Npgsql;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Jobs;

namespace Tripos.Server.Features.Attempts;

/// <summary>Writes the first result of an attempt: item points, the totals and grade revision 1. One round trip.</summary>
public static class StoreGrade
{
    private const string AttemptSql = """
        UPDATE attempts SET status = 'graded', paused_at = NULL, submitted_at = $2, submit_type = $3, duration_ms = $4, answered_count = $5,
            points = $6, points_max = $7, points_open = $8, percent = $9, passed = $10::boolean, grade_revision = 1
        WHERE id = $1
        """;

    private static readonly string ScaledAttemptSql = AttemptSql.Replace("WHERE", $", {ScaledScores.Assignments(11)} WHERE", StringComparison.Ordinal);

    public static async Task RunAsync(NpgsqlConnection connection, GradeableAttempt attempt, AttemptGrade grade, SubmitType type, DateTimeOffset now, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.With("""
                UPDATE answers a SET points = g.points, points_open = g.points_open, correct = g.correct, traits = g.traits, graded_version_id = a.question_version_id
                FROM unnest($2::smallint[], $3::real[], $4::real[], $5::boolean[], $6::jsonb[]) AS g(position, points, points_open, correct, traits)
                WHERE a.attempt_id = $1 AND a.position = g.position
                """, attempt.Id, Column(grade, i => i.Position), Column(grade, i => i.Points), Column(grade, i => i.PointsOpen), Column(grade, i => i.Correct), Column(grade, i => i.Traits))
            .With(grade.Report is null ? AttemptSql : ScaledAttemptSql, [attempt.Id, now, AppDb.SnakeCase(type.ToString()), DurationMs(attempt, now), (short)grade.AnsweredCount,
                grade.Points, grade.PointsMax, grade.PointsOpen, grade.Percent, grade.Passed, .. grade.Report is null ? [] : ScaledScores.Values(grade.Report)])
            .With("""
                INSERT INTO grades (attempt_id, revision, cause, points, points_max, points_open, percent, passed, profile, scores, graded_at)
                VALUES ($1, 1, 'submission', $2, $3, $4, $5, $6::boolean, $7, $8::jsonb, $9)
                """, attempt.Id, grade.Points, grade.PointsMax, grade.PointsOpen, grade.Percent, grade.Passed, grade.Report?.Profile, ScaledScores.Json(grade.Report), now)
            .WithGradedFact(attempt.Id, "submission");
        if (grade.PointsOpen > 0)
        {
            batch.WithJob(FreeAnswers.Kind, new FreeAnswers(attempt.Id, null));
        }

        if (attempt.SessionId is not null)
        {
            batch.WithSessionNotice(attempt.Id);
        }

        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Time the learner had it open, without pauses, never more than they were given.</summary>
    private static long DurationMs(GradeableAttempt attempt, DateTimeOffset now)
    {
        var last = attempt.PausedAt ?? now;
        var end = attempt.DeadlineAt is { } deadline && deadline < last ? deadline : last;
        return Math.Max(0, (long)(end - attempt.StartedAt).TotalMilliseconds - attempt.PausedMs);
    }

    private static T[] Column<T>(AttemptGrade grade, Func<GradedItem, T> value) => [.. grade.Items.Select(value)];
}
