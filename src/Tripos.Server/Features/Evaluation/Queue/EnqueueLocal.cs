using Npgsql;
using Tripos.Questions;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Evaluation;

/// <summary>Puts the open answers of an attempt into the queue of the local evaluator, which costs nothing. Doing it again changes nothing.</summary>
public static class EnqueueLocal
{
    private sealed record OpenAnswer(short Position, Guid LearnerId, int VersionId, string Profile);

    public static async Task RunAsync(FreeAnswers fact, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        var open = await connection.QueryAsync("""
            SELECT a.position, t.learner_id, COALESCE(a.graded_version_id, a.question_version_id), COALESCE(t.policy->'test'->>'profile', '')
            FROM answers a JOIN attempts t ON t.id = a.attempt_id WHERE a.attempt_id = $1 AND a.points_open > 0 AND ($2::smallint IS NULL OR a.position = $2) ORDER BY a.position
            """, row => new OpenAnswer(row.GetInt16(0), row.GetGuid(1), row.GetInt32(2), row.GetString(3)), ct, fact.AttemptId, fact.Position);
        var bodies = await versions.LoadAsync([.. open.Select(answer => answer.VersionId)], ct);
        var now = clock.GetUtcNow();
        for (int i = 0; i < open.Count; i++)
        {
            await InsertAsync(connection, fact.AttemptId, open[i], UsageOf(bodies[i]), now, ct);
        }
    }

    public static UsageType UsageOf(LoadedVersion version) => version.Body switch
    {
        Spoken => UsageType.Speaking,
        CodeAnswer => UsageType.Code,
        _ => version.Kind.Name == "prompt-draft" ? UsageType.Prompt : UsageType.Writing,
    };

    private static Task<int> InsertAsync(NpgsqlConnection connection, Guid attemptId, OpenAnswer answer, UsageType usage, DateTimeOffset now, CancellationToken ct) =>
        connection.ExecuteAsync("""
            INSERT INTO evaluations (id, attempt_id, position, learner_id, question_version_id, profile, evaluator, usage_type, run_at, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, 'local', $7, $8, $8) ON CONFLICT DO NOTHING
            """, ct, Guid.CreateVersion7(now), attemptId, answer.Position, answer.LearnerId, answer.VersionId, answer.Profile, AppDb.SnakeCase(usage.ToString()), now);
}
