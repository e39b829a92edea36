using System.Text.Json;
using Npgsql;
using Tripos.Questions;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Features.Evaluation.Credits;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Evaluation;

/// <summary>Takes evaluations with a lease, and writes what came of them. Whoever lost the lease writes nothing.</summary>
public sealed class EvaluationQueue(NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock)
{
    /// <summary>After this an evaluation is given up.</summary>
    public const int MostTries = 5;

    /// <summary>How long a worker that is not heard of keeps what it took.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(3);

    // The oldest of each learner that is due; of these, the one whose learner was served longest ago.
    private const string TakeSql = """
        WITH due AS (
            SELECT DISTINCT ON (learner_id) id, learner_id, run_at FROM evaluations
            WHERE evaluator = $1 AND ((status = 'waiting' AND run_at <= $2) OR (status = 'running' AND locked_until < $2)) ORDER BY learner_id, run_at, id
        ), next AS (
            SELECT e.id FROM evaluations e JOIN due d ON d.id = e.id LEFT JOIN evaluation_turns t ON t.evaluator = $1 AND t.learner_id = d.learner_id
            WHERE (e.status = 'waiting' AND e.run_at <= $2) OR (e.status = 'running' AND e.locked_until < $2)
            ORDER BY t.served_at NULLS FIRST, d.run_at, d.id LIMIT 1 FOR UPDATE OF e SKIP LOCKED
        ), taken AS (
            UPDATE evaluations e SET status = 'running', locked_until = $3, tries = tries + 1 FROM next WHERE e.id = next.id RETURNING e.*
        ), turn AS (
            INSERT INTO evaluation_turns (evaluator, learner_id, served_at) SELECT $1, learner_id, clock_timestamp() FROM taken
            ON CONFLICT (evaluator, learner_id) DO UPDATE SET served_at = excluded.served_at
        )
        """;

    public async Task<TakenEvaluation?> TakeAsync(EvaluatorKind evaluator, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return (await source.QueryAsync($"{TakeSql} SELECT {TakenEvaluation.Columns} FROM taken", TakenEvaluation.Read, ct, Word(evaluator), now, now + Lease)).SingleOrDefault();
    }

    /// <summary>The verdict, what it makes of the score and of the credits: one transaction.</summary>
    public async Task CompleteAsync(TakenEvaluation taken, Evaluated evaluated, TimeSpan took, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var now = clock.GetUtcNow();
        int kept = await connection.ExecuteAsync("""
            UPDATE evaluations SET status = 'done', locked_until = NULL, verdict = $3::jsonb, by_name = $4, input_tokens = $5, output_tokens = $6, cost_micros = $7, elapsed_ms = $8, done_at = $9, last_error = NULL
            WHERE id = $1 AND tries = $2 AND status = 'running'
            """, ct, taken.Id, taken.Tries, JsonSerializer.Serialize(evaluated.Verdict, QuestionJson.Options), evaluated.ByName,
            evaluated.InputTokens, evaluated.OutputTokens, evaluated.CostMicros, (int)took.TotalMilliseconds, now);
        if (kept == 0)
        {
            return; // somebody else has it, or had it
        }

        if (evaluated.Verdict.Scores(Word(taken.Evaluator)) is { Count: > 0 } scores)
        {
            await StoreEvaluated.RunAsync(connection, taken.AttemptId, taken.Position, new Judgement(taken.Evaluator, evaluated.ByName, scores), versions, now, ct);
        }

        if (taken.RequestedBy is not null)
        {
            await CreditLedger.SettleAsync(connection, taken.Id, evaluated.CostMicros, now, ct);
        }

        await transaction.CommitAsync(ct);
    }

    /// <summary>Puts it back as if it had not been taken: the server is stopping.</summary>
    public Task ReleaseAsync(TakenEvaluation taken) => source.ExecuteAsync(
        "UPDATE evaluations SET status = 'waiting', locked_until = NULL, tries = tries - 1 WHERE id = $1 AND tries = $2 AND status = 'running'", CancellationToken.None, taken.Id, taken.Tries);

    /// <summary>Later again.</summary>
    /// <param name="notice">Told to the learner meanwhile; null for nothing.</param>
    public Task PostponeAsync(TakenEvaluation taken, string error, string? notice, TimeSpan pause) => source.ExecuteAsync(
        "UPDATE evaluations SET status = 'waiting', locked_until = NULL, last_error = $3, notice = $4, run_at = $5 WHERE id = $1 AND tries = $2 AND status = 'running'",
        CancellationToken.None, taken.Id, taken.Tries, error, notice, clock.GetUtcNow() + pause);

    /// <summary>Never again; the learner is told, and the credits go back.</summary>
    public async Task GiveUpAsync(TakenEvaluation taken, string error, string notice)
    {
        await using var connection = await source.OpenConnectionAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None);
        var now = clock.GetUtcNow();
        int kept = await connection.ExecuteAsync(
            "UPDATE evaluations SET status = 'failed', locked_until = NULL, last_error = $3, notice = $4, done_at = $5 WHERE id = $1 AND tries = $2 AND status = 'running'",
            CancellationToken.None, taken.Id, taken.Tries, error, notice, now);
        if (kept > 0 && taken.RequestedBy is not null)
        {
            await CreditLedger.RefundAsync(connection, taken.Id, notice, now, CancellationToken.None);
        }

        await transaction.CommitAsync(CancellationToken.None);
    }

    internal static string Word(EvaluatorKind evaluator) => AppDb.SnakeCase(evaluator.ToString());
}
