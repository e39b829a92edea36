using Npgsql;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Evaluation;

/// <summary>A free answer of an attempt, and how far its evaluation is.</summary>
/// <param name="By">Whose word counts; null while nobody has spoken.</param>
/// <param name="Running">What waits or runs: "local", "model"; null for nothing.</param>
/// <param name="Notice">What the learner is told of it.</param>
public sealed record EvaluatedItem(int Position, string KindTitle, float Points, float PointsMax, float PointsOpen, EvaluatorKind? By, string? ByName, string? Running, string? Notice);

/// <summary>The free answers of an attempt on one page.</summary>
public static class ReadEvaluations
{
    public static async Task<List<EvaluatedItem>> RunAsync(Guid attemptId, NpgsqlDataSource source, QuestionVersions versions, CancellationToken ct)
    {
        var rows = await source.QueryAsync("""
            SELECT a.position, COALESCE(a.graded_version_id, a.question_version_id), COALESCE(a.points, 0), a.points_max, a.points_open, e.evaluator, e.by_name, r.evaluators, r.notice
            FROM answers a JOIN question_versions v ON v.id = a.question_version_id LEFT JOIN evaluated_answers e ON e.attempt_id = a.attempt_id AND e.position = a.position
                LEFT JOIN LATERAL (
                    SELECT string_agg(DISTINCT evaluator, ', ') FILTER (WHERE status IN ('waiting', 'running', 'held')) AS evaluators, max(notice) AS notice
                    FROM evaluations WHERE attempt_id = a.attempt_id AND position = a.position) r ON true
            WHERE a.attempt_id = $1 AND v.kind = ANY ($2) AND a.points_max > 0 AND a.response IS NOT NULL ORDER BY a.position
            """, row => (VersionId: row.GetInt32(1), Item: new EvaluatedItem(row.GetInt16(0), "", row.GetFloat(2), row.GetFloat(3), row.GetFloat(4),
                row.IsDBNull(5) ? null : row.Word<EvaluatorKind>(5), row.Maybe<string>(6), row.Maybe<string>(7), row.Maybe<string>(8))), ct, attemptId, Askable.FreeKinds);
        var loaded = await versions.LoadAsync([.. rows.Select(row => row.VersionId)], ct);
        return [.. rows.Zip(loaded, (row, version) => row.Item with { KindTitle = version.Kind.Title })];
    }
}
