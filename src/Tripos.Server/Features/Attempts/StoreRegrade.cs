using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Attempts;

/// <summary>Writes what a regrade, or its undoing, changes: answers, attempt totals and one new grade revision for every result that changed.</summary>
public static class StoreRegrade
{
    private const string TotalsSql = """
        WITH changed AS (
            UPDATE attempts t SET points = s.points, percent = s.percent, grade_revision = t.grade_revision + 1,
                passed = CASE WHEN t.policy->>'passMarkPercent' IS NULL THEN NULL ELSE s.percent >= (t.policy->>'passMarkPercent')::real END
            FROM (
                SELECT a.attempt_id, LEAST(sum(a.points), t.points_max)::real AS points,
                    CASE WHEN t.points_max > 0 THEN LEAST(100, 100 * sum(a.points) / t.points_max)::real ELSE 0 END AS percent
                FROM answers a JOIN attempts t ON t.id = a.attempt_id WHERE a.attempt_id = ANY ($1) GROUP BY a.attempt_id, t.points_max
            ) s WHERE t.id = s.attempt_id
            RETURNING t.id, t.grade_revision, t.points, t.points_max, t.percent, t.passed
        )
        INSERT INTO grades (attempt_id, revision, cause, regrade_id, points, points_max, percent, passed, graded_at)
        SELECT id, grade_revision, $2, $3, points, points_max, percent, passed, $4 FROM changed
        """;

    public static async Task RunAsync(NpgsqlConnection connection, Guid regradeId, RegradePlan plan, DateTimeOffset now, CancellationToken ct)
    {
        await connection.ExecuteAsync("""
            WITH change AS (
                INSERT INTO regrade_changes (regrade_id, attempt_id, position, from_version_id, from_points, from_correct, to_points, to_correct)
                SELECT $1, c.* FROM unnest($2::uuid[], $3::smallint[], $4::integer[], $5::real[], $6::boolean[], $7::real[], $8::boolean[]) AS c
                RETURNING attempt_id, position, to_points, to_correct
            )
            UPDATE answers a SET points = c.to_points, correct = c.to_correct, graded_version_id = $9
            FROM change c WHERE a.attempt_id = c.attempt_id AND a.position = c.position
            """, ct, regradeId, Column(plan, r => r.AttemptId), Column(plan, r => r.Position), Column(plan, r => r.FromVersionId),
            Column(plan, r => r.FromPoints), Column(plan, r => r.FromCorrect), Column(plan, r => r.ToPoints), Column(plan, r => r.ToCorrect), plan.VersionId);
        var changed = plan.Rows.Where(row => row.ChangesResult).Select(row => row.AttemptId).Distinct().ToArray();
        await connection.ExecuteAsync(TotalsSql, ct, changed, "regrade", regradeId, now);
    }

    public static async Task UndoAsync(NpgsqlConnection connection, Guid regradeId, DateTimeOffset now, CancellationToken ct)
    {
        var changed = await connection.QueryAsync(
            "SELECT DISTINCT attempt_id FROM regrade_changes WHERE regrade_id = $1 AND (from_points <> to_points OR from_correct IS DISTINCT FROM to_correct) ORDER BY attempt_id",
            row => row.GetGuid(0), ct, regradeId);
        await connection.ExecuteAsync("SELECT FROM attempts WHERE id IN (SELECT attempt_id FROM regrade_changes WHERE regrade_id = $1) ORDER BY id FOR NO KEY UPDATE", ct, regradeId);
        await connection.ExecuteAsync("""
            UPDATE answers a SET points = c.from_points, correct = c.from_correct, graded_version_id = c.from_version_id
            FROM regrade_changes c WHERE c.regrade_id = $1 AND a.attempt_id = c.attempt_id AND a.position = c.position
            """, ct, regradeId);
        await connection.ExecuteAsync(TotalsSql, ct, changed.ToArray(), "undo", regradeId, now);
    }

    private static T[] Column<T>(RegradePlan plan, Func<RegradeRow, T> value) => [.. plan.Rows.Select(value)];
}
