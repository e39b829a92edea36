using System.Text.Json;
using Npgsql;
using Tripos.Questions;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Attempts;

/// <summary>
/// Makes a judgement of a free answer count: the answer, the attempt's totals and scaled scores, one new grade revision, and the fact that folds read. All
/// in the caller's transaction. Telling the same judgement twice changes nothing the second time.
/// </summary>
public static class StoreEvaluated
{
    private sealed record Held(AttemptStatus Status, AttemptRules Rules, Guid? SessionId);

    private sealed record Answer(GradeableItem Item, bool IsGraded, Judgement? Before);

    /// <param name="judgement">Null takes back what counted: the points are open again.</param>
    /// <param name="takesBack">The judgement replaces one that ranks above it, because that was withdrawn.</param>
    /// <returns>Whether it counts now: not where a higher evaluator has spoken, where the test leaves it to teachers, or where the answer is not closed yet.</returns>
    public static async Task<bool> RunAsync(
        NpgsqlConnection connection, Guid attemptId, short position, Judgement? judgement, QuestionVersions versions, DateTimeOffset now, CancellationToken ct, bool takesBack = false)
    {
        // Load: the lock orders judgements of the same attempt, and keeps regrades out.
        var held = (await connection.QueryAsync("SELECT status, policy::text, session_id FROM attempts WHERE id = $1 FOR NO KEY UPDATE", row => new Held(
            row.Word<AttemptStatus>(0), JsonSerializer.Deserialize<AttemptRules>(row.GetString(1), Json.Options)!, row.Maybe<Guid?>(2)), ct, attemptId)).SingleOrDefault();
        if (held is null || await LoadAsync(connection, attemptId, position, ct) is not { IsGraded: true } answer)
        {
            return false;
        }

        // Decide
        var version = await versions.LoadAsync(answer.Item.VersionId, ct);
        if (judgement is { } given)
        {
            judgement = !Counts(given, held.Rules) ? null : takesBack ? given : given.After(answer.Before, version, held.Rules.Profile);
            if (judgement is null)
            {
                return false;
            }
        }

        var graded = GradeAttempt.GradeItem(answer.Item with { Judgement = judgement }, version, held.Rules.Profile, versions.Resources);

        // Write
        await KeepAsync(connection, attemptId, position, judgement, now, ct);
        await connection.ExecuteAsync("UPDATE answers SET points = LEAST($3, points_max), points_open = $4, correct = $5::boolean, traits = $6::jsonb WHERE attempt_id = $1 AND position = $2",
            ct, attemptId, position, graded.Points, graded.PointsOpen, graded.Correct, graded.Traits);
        if (held.Status == AttemptStatus.Graded)
        {
            await TotalAsync(connection, attemptId, held, now, ct);
        }

        await using var facts = new NpgsqlBatch(connection);
        await facts.WithGradedFact(attemptId, "evaluation", position).ExecuteNonQueryAsync(ct);
        return true;
    }

    private static bool Counts(Judgement judgement, AttemptRules rules) => judgement.Evaluator == EvaluatorKind.Teacher || rules.Test.FreeAnswers == FreeAnswerPolicy.Estimated;

    private static async Task TotalAsync(NpgsqlConnection connection, Guid attemptId, Held held, DateTimeOffset now, CancellationToken ct)
    {
        await connection.ExecuteAsync(StoreRegrade.TotalsSql, ct, new[] { attemptId }, "evaluation", (Guid?)null, now);
        await RescaleAttempts.RunAsync(connection, [attemptId], ct);
        if (held.SessionId is not null)
        {
            await using var notice = new NpgsqlBatch(connection);
            await notice.WithSessionNotice(attemptId).ExecuteNonQueryAsync(ct);
        }
    }

    private static async Task<Answer?> LoadAsync(NpgsqlConnection connection, Guid attemptId, short position, CancellationToken ct) =>
        (await connection.QueryAsync("""
            SELECT a.position, COALESCE(a.graded_version_id, a.question_version_id), a.points_max, a.response::text, a.points IS NOT NULL, e.evaluator, e.by_name, e.traits::text
            FROM answers a LEFT JOIN evaluated_answers e ON e.attempt_id = a.attempt_id AND e.position = a.position WHERE a.attempt_id = $1 AND a.position = $2
            """, row => new Answer(new GradeableItem(row.GetInt16(0), row.GetInt32(1), row.GetFloat(2), row.Maybe<string>(3)), row.GetBoolean(4),
                Judgement.Read(row.Maybe<string>(5), row.Maybe<string>(6), row.Maybe<string>(7))), ct, attemptId, position)).SingleOrDefault();

    private static Task<int> KeepAsync(NpgsqlConnection connection, Guid attemptId, short position, Judgement? judgement, DateTimeOffset now, CancellationToken ct) => judgement is null
        ? connection.ExecuteAsync("DELETE FROM evaluated_answers WHERE attempt_id = $1 AND position = $2", ct, attemptId, position)
        : connection.ExecuteAsync("""
            INSERT INTO evaluated_answers (attempt_id, position, evaluator, by_name, traits, decided_at) VALUES ($1, $2, $3, $4, $5::jsonb, $6)
            ON CONFLICT (attempt_id, position) DO UPDATE SET evaluator = excluded.evaluator, by_name = excluded.by_name, traits = excluded.traits, decided_at = excluded.decided_at
            """, ct, attemptId, position, AppDb.SnakeCase(judgement.Evaluator.ToString()), judgement.ByName, JsonSerializer.Serialize(judgement.Traits, QuestionJson.Options), now);
}
