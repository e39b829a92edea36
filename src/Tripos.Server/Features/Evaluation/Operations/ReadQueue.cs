using Npgsql;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Evaluation;

/// <summary>One evaluator's queue.</summary>
/// <param name="OldestAt">Since when the oldest answer in it waits.</param>
/// <param name="DoneLastHour">Verdicts of the last hour.</param>
/// <param name="MedianMs">How long a verdict took, half of those of the last hour.</param>
/// <param name="LastError">What went wrong last, of what still waits.</param>
public sealed record QueueState(EvaluatorKind Evaluator, long Waiting, long Running, long Held, long Retrying, DateTimeOffset? OldestAt, long DoneLastHour, double? MedianMs, long FailedLastDay, string? LastError);

/// <summary>An evaluation that was given up.</summary>
public sealed record FailedEvaluation(Guid Id, EvaluatorKind Evaluator, UsageType Usage, int Tries, string Error, DateTimeOffset At);

/// <summary>How the queues of evaluators stand.</summary>
public static class ReadQueue
{
    private const int MostFailures = 50;

    public static Task<List<QueueState>> StatesAsync(NpgsqlDataSource source, TimeProvider clock, CancellationToken ct) => source.QueryAsync("""
        SELECT k.evaluator, count(*) FILTER (WHERE e.status = 'waiting'), count(*) FILTER (WHERE e.status = 'running'), count(*) FILTER (WHERE e.status = 'held'),
            count(*) FILTER (WHERE e.status = 'waiting' AND e.tries > 0), min(e.created_at) FILTER (WHERE e.status IN ('waiting', 'running')),
            (SELECT count(*) FROM evaluations d WHERE d.evaluator = k.evaluator AND d.status = 'done' AND d.done_at > $1 - interval '1 hour'),
            (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY d.elapsed_ms) FROM evaluations d WHERE d.evaluator = k.evaluator AND d.status = 'done' AND d.done_at > $1 - interval '1 hour'),
            (SELECT count(*) FROM evaluations f WHERE f.evaluator = k.evaluator AND f.status = 'failed' AND f.done_at > $1 - interval '1 day'),
            (array_agg(e.last_error ORDER BY e.run_at DESC) FILTER (WHERE e.last_error IS NOT NULL))[1]
        FROM (VALUES ('local'), ('model')) k(evaluator) LEFT JOIN evaluations e ON e.evaluator = k.evaluator AND e.status IN ('waiting', 'running', 'held')
        GROUP BY k.evaluator ORDER BY k.evaluator
        """, row => new QueueState(row.Word<EvaluatorKind>(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.MaybeTime(5), row.GetInt64(6), row.Maybe<double?>(7), row.GetInt64(8), row.Maybe<string>(9)),
        ct, clock.GetUtcNow());

    public static Task<List<FailedEvaluation>> FailuresAsync(NpgsqlDataSource source, CancellationToken ct) => source.QueryAsync(
        "SELECT id, evaluator, usage_type, tries, COALESCE(last_error, ''), done_at FROM evaluations WHERE status = 'failed' ORDER BY done_at DESC LIMIT $1",
        row => new FailedEvaluation(row.GetGuid(0), row.Word<EvaluatorKind>(1), row.Word<UsageType>(2), row.GetInt32(3), row.GetString(4), row.Time(5)), ct, MostFailures);

    /// <summary>Gives local evaluations that were given up another chance; those of the model were paid back, so their learners ask again.</summary>
    public static Task<int> RetryAsync(NpgsqlDataSource source, TimeProvider clock, CancellationToken ct) => source.ExecuteAsync("""
        UPDATE evaluations f SET status = 'waiting', tries = 0, done_at = NULL, notice = NULL, run_at = $1 WHERE f.status = 'failed' AND f.evaluator = 'local'
            AND f.id = (SELECT o.id FROM evaluations o WHERE o.attempt_id = f.attempt_id AND o.position = f.position AND o.evaluator = 'local' AND o.status = 'failed' ORDER BY o.done_at DESC, o.id LIMIT 1)
            AND NOT EXISTS (SELECT FROM evaluations n WHERE n.attempt_id = f.attempt_id AND n.position = f.position AND n.evaluator = 'local' AND n.status <> 'failed')
        """, ct, clock.GetUtcNow());
}
