using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Attempts;

/// <summary>Writes what a regrade, or its undoing, changes: answers, attempt totals and one new grade revision for every result that changed.</summary>
public static class StoreRegrade
{
    internal const string TotalsSql = """
        WITH changed AS (
            UPDATE attempts t SET points = s.points, points_max = s.points_max, points_open = s.points_open, percent = percent_of(s.points, s.points_max, s.points_open),
                passed = is_passed(s.points, s.points_max, s.points_open, (t.policy->>'passMarkPercent')::real), grade_revision = t.grade_revision + 1
            FROM (
                SELECT attempt_id, LEAST(sum(points), sum(points_max))::real AS points, sum(points_max)::real AS points_max,
                    GREATEST(0, LEAST(sum(points_open), sum(points_max) - sum(points)))::real AS points_open
                FROM answers WHERE attempt_id = ANY ($1) GROUP BY attempt_id
            ) s WHERE t.id = s.attempt_id
            RETURNING t.id, t.grade_revision, t.points, t.points_max, t.points_open, t.percent, t.passed, t.profile
        )
        INSERT INTO grades (attempt_id, revision, cause, regrade_id, points, points_max, points_open, percent, passed, profile, graded_at)
        SELECT id, grade_revision, $2, $3, points, points_max, points_open, percent, passed, profile, $4 FROM changed
        """;

    public static async Task RunAsync(NpgsqlConnection connection, Guid regradeId, RegradePlan plan, DateTimeOffset now, CancellationToken ct)
    {
        await connection.ExecuteAsync("""
            WITH given AS (
                SELECT * FROM unnest($2::uuid[], $3::smallint[], $4::integer[], $5::real[], $6::boolean[], $7::real[], $8::boolean[], $9::real[], $10::jsonb[])
                    AS g(attempt_id, position, from_version_id, from_points, from_correct, to_points, to_correct, to_points_open, to_traits)
            ), change AS (
                INSERT INTO regrade_changes (regrade_id, attempt_id, position, from_version_id, from_points, from_correct, to_points, to_correct, from_points_open, to_points_open, from_traits)
                SELECT $1, c.attempt_id, c.position, c.from_version_id, c.from_points, c.from_correct, c.to_points, c.to_correct, a.points_open, c.to_points_open, a.traits
                FROM given c JOIN answers a ON a.attempt_id = c.attempt_id AND a.position = c.position
            )
            UPDATE answers a SET points = c.to_points, correct = c.to_correct, points_open = c.to_points_open, traits = c.to_traits, graded_version_id = $11
            FROM given c WHERE a.attempt_id = c.attempt_id AND a.position = c.position
            """, ct, regradeId, Column(plan, r => r.AttemptId), Column(plan, r => r.Position), Column(plan, r => r.FromVersionId),
            Column(plan, r => r.FromPoints), Column(plan, r => r.FromCorrect), Column(plan, r => r.ToPoints), Column(plan, r => r.ToCorrect),
            Column(plan, r => r.ToPointsOpen), Column(plan, r => r.ToTraits), plan.VersionId);
        var changed = plan.Rows.Where(row => row.ChangesResult).Select(row => row.AttemptId).Distinct().ToArray();
        await connection.ExecuteAsync(TotalsSql, ct, changed, "regrade", regradeId, now);
        await RescaleAttempts.RunAsync(connection, changed, ct);
        await GradedFacts.AddAsync(connection, changed, "regrade", ct);
        await FreeAnswers.TellAsync(connection, [.. plan.Rows.Where(row => row.ToPointsOpen > 0).Select(row => row.AttemptId).Distinct()], ct);
    }

    public static async Task UndoAsync(NpgsqlConnection connection, Guid regradeId, string? fromProfile, DateTimeOffset now, CancellationToken ct)
    {
        var changed = await connection.QueryAsync(
            "SELECT DISTINCT attempt_id FROM regrade_changes WHERE regrade_id = $1 AND (to_points_max IS NOT NULL OR from_points <> to_points OR from_points_open <> to_points_open OR from_correct IS DISTINCT FROM to_correct) ORDER BY attempt_id",
            row => row.GetGuid(0), ct, regradeId);
        await connection.ExecuteAsync("SELECT FROM attempts WHERE id IN (SELECT attempt_id FROM regrade_changes WHERE regrade_id = $1) ORDER BY id FOR NO KEY UPDATE", ct, regradeId);
        await connection.ExecuteAsync("""
            UPDATE answers a SET points = c.from_points, correct = c.from_correct, points_open = c.from_points_open, traits = c.from_traits,
                points_max = COALESCE(c.from_points_max, a.points_max), graded_version_id = c.from_version_id
            FROM regrade_changes c WHERE c.regrade_id = $1 AND a.attempt_id = c.attempt_id AND a.position = c.position
            """, ct, regradeId);
        if (fromProfile is not null)
        {
            await SetProfileAsync(connection, changed, fromProfile, ct);
        }

        await connection.ExecuteAsync(TotalsSql, ct, changed.ToArray(), "undo", regradeId, now);
        await RescaleAttempts.RunAsync(connection, changed, ct);
        await GradedFacts.AddAsync(connection, changed, "regrade", ct);
    }

    /// <summary>Writes what another profile makes of whole attempts: their answers, totals, scaled scores and one new grade revision each.</summary>
    public static async Task RunAsync(NpgsqlConnection connection, Guid regradeId, ProfileRegradePlan plan, DateTimeOffset now, CancellationToken ct)
    {
        var answers = plan.Rows.SelectMany(row => row.Grade.Items.Select((item, i) => (row.AttemptId, Item: item, PointsMax: row.PointsMax[i]))).ToList();
        await connection.ExecuteAsync("""
            WITH given AS (
                SELECT * FROM unnest($2::uuid[], $3::smallint[], $4::real[], $5::real[], $6::real[], $7::boolean[], $8::jsonb[])
                    AS g(attempt_id, position, to_points, to_points_max, to_points_open, to_correct, to_traits)
            ), change AS (
                INSERT INTO regrade_changes (regrade_id, attempt_id, position, from_version_id, from_points, from_correct, to_points, to_correct,
                    from_points_max, to_points_max, from_points_open, to_points_open, from_traits)
                SELECT $1, c.attempt_id, c.position, COALESCE(a.graded_version_id, a.question_version_id), COALESCE(a.points, 0), a.correct, c.to_points, c.to_correct,
                    a.points_max, c.to_points_max, a.points_open, c.to_points_open, a.traits
                FROM given c JOIN answers a ON a.attempt_id = c.attempt_id AND a.position = c.position
            )
            UPDATE answers a SET points = LEAST(c.to_points, c.to_points_max), points_max = c.to_points_max, points_open = c.to_points_open, correct = c.to_correct, traits = c.to_traits
            FROM given c WHERE a.attempt_id = c.attempt_id AND a.position = c.position
            """, ct, regradeId, answers.Select(a => a.AttemptId).ToArray(), answers.Select(a => a.Item.Position).ToArray(), answers.Select(a => a.Item.Points).ToArray(),
            answers.Select(a => a.PointsMax).ToArray(), answers.Select(a => a.Item.PointsOpen).ToArray(), answers.Select(a => a.Item.Correct).ToArray(), answers.Select(a => a.Item.Traits).ToArray());
        var attempts = plan.Rows.Select(row => row.AttemptId).ToArray();
        await SetProfileAsync(connection, attempts, plan.ToProfile, ct);
        await connection.ExecuteAsync(TotalsSql, ct, attempts, "profile", regradeId, now);
        await RescaleAttempts.RunAsync(connection, attempts, ct);
        await GradedFacts.AddAsync(connection, attempts, "regrade", ct);
        await FreeAnswers.TellAsync(connection, [.. plan.Rows.Where(row => row.Grade.PointsOpen > 0).Select(row => row.AttemptId)], ct);
    }

    private static Task<int> SetProfileAsync(NpgsqlConnection connection, IReadOnlyList<Guid> attempts, string profile, CancellationToken ct) =>
        connection.ExecuteAsync("UPDATE attempts SET profile = $2, policy = jsonb_set(policy, '{test,profile}', to_jsonb($2::text)) WHERE id = ANY ($1)", ct, attempts.ToArray(), profile);

    private static T[] Column<T>(RegradePlan plan, Func<RegradeRow, T> value) => [.. plan.Rows.Select(value)];
}
