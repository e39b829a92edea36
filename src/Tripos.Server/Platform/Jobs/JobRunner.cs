using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Platform.Jobs;

/// <summary>Takes jobs that are due, one at a time, and does them.</summary>
public sealed partial class JobRunner(NpgsqlDataSource source, IReadOnlyDictionary<string, JobHandler> handlers, IServiceScopeFactory scopes, TimeProvider clock, ILogger<JobRunner> log)
{
    /// <summary>After this the job is given up: it stays, with its error, at the end of time.</summary>
    private const int MostTries = 12;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>Does one job; false when none is due.</summary>
    public async Task<bool> RunOneAsync(CancellationToken ct)
    {
        if (await TakeAsync(ct) is not { } job)
        {
            return false;
        }

        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(Lease - TimeSpan.FromSeconds(10)); // before another worker may take it
            await using var scope = scopes.CreateAsyncScope();
            await HandlerOf(job.Kind).RunAsync(scope.ServiceProvider, job.Payload, limit.Token);
            await FinishAsync(job);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await ReleaseAsync(job);
        }
#pragma warning disable CA1031 // whatever a handler throws belongs to its job, not to the worker
        catch (Exception failure)
#pragma warning restore CA1031
        {
            await PostponeAsync(job, failure);
        }

        return true;
    }

    /// <summary>Waiting, due, and in nobody's hands: never taken, or taken by a worker that has not been heard of for its whole lease.</summary>
    private async Task<Job?> TakeAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var taken = await source.QueryAsync("""
            UPDATE jobs SET locked_until = $2, tries = tries + 1
            WHERE id = (
                SELECT id FROM jobs WHERE done_at IS NULL AND run_at <= $1 AND (locked_until IS NULL OR locked_until < $1)
                ORDER BY run_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING id, kind, payload::text, tries
            """, row => new Job(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt32(3)), ct, now, now + Lease);
        return taken.SingleOrDefault();
    }

    private JobHandler HandlerOf(string kind) =>
        handlers.GetValueOrDefault(kind) ?? throw new InvalidOperationException($"Nothing handles jobs of kind {kind}; JobRoutes.cs lists the kinds.");

    // What follows is written even when the server is stopping, and only while the job is still ours: tries counts the takers.
    private async Task FinishAsync(Job job) => await source.ExecuteAsync(
        "UPDATE jobs SET done_at = $3, locked_until = NULL, payload = CASE WHEN $4 THEN '{}' ELSE payload END WHERE id = $1 AND tries = $2",
        CancellationToken.None, job.Id, job.Tries, clock.GetUtcNow(), HandlerOf(job.Kind).HasSecrets);

    private async Task ReleaseAsync(Job job) => await source.ExecuteAsync(
        "UPDATE jobs SET locked_until = NULL, tries = tries - 1 WHERE id = $1 AND tries = $2", CancellationToken.None, job.Id, job.Tries);

    private async Task PostponeAsync(Job job, Exception failure)
    {
        Failed(log, job.Id, job.Kind, job.Tries, failure.Message);
        var pause = TimeSpan.FromSeconds(Math.Min(5 * Math.Pow(2, job.Tries - 1), LongestPause.TotalSeconds));
        var next = job.Tries < MostTries ? clock.GetUtcNow() + pause : DateTimeOffset.MaxValue;
        await source.ExecuteAsync("UPDATE jobs SET locked_until = NULL, last_error = $3, run_at = $4 WHERE id = $1 AND tries = $2",
            CancellationToken.None, job.Id, job.Tries, $"{failure.GetType().Name}: {failure.Message}", next);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Id} ({Kind}) failed at try {Try}: {Reason}")]
    private static partial void Failed(ILogger log, long id, string kind, int @try, string reason);

    private sealed record Job(long Id, string Kind, string Payload, int Tries);
}
