using Npgsql;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Folds;

/// <summary>Keeps derived tables up with graded answers: writes the log, then lets every fold read on.</summary>
public sealed class FoldRunner(IEnumerable<Fold> folds, NpgsqlDataSource source, QuestionVersions versions, FoldLag lag, TimeProvider clock) : IDisposable
{
    private const int BatchSize = 2_000;

    private readonly IReadOnlyList<Fold> _folds = [.. folds];
    private readonly SemaphoreSlim _pulse = new(0, 1);

    public IReadOnlyList<Fold> Folds => _folds;

    /// <summary>Set by the worker; without one, whoever waits runs the folds.</summary>
    internal bool HasWorker { get; set; }

    public void Dispose() => _pulse.Dispose();

    /// <summary>Wakes the worker: call it after a commit that graded something, so that nobody waits for its next look.</summary>
    public void Pulse()
    {
        if (_pulse.CurrentCount == 0)
        {
            try
            {
                _pulse.Release();
            }
            catch (SemaphoreFullException)
            {
                // Somebody else woke it in the same moment.
            }
        }
    }

    internal Task<bool> WaitForPulseAsync(TimeSpan atMost, CancellationToken ct) => _pulse.WaitAsync(atMost, ct);

    /// <summary>Logs and folds until nothing is left to do.</summary>
    /// <returns>How many facts were logged and responses folded.</returns>
    public async Task<int> RunDueAsync(CancellationToken ct)
    {
        int done = 0;
        while (true)
        {
            var facts = await ResponseLog.WriteAsync(source, versions, clock, ct);
            int folded = 0;
            List<Exception>? failures = null;
            foreach (var fold in _folds)
            {
                try
                {
                    folded += await CatchUpAsync(fold, ct);
                }
#pragma warning disable CA1031 // a fold that fails holds up itself and not the others; it is reported when they are done
                catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
                {
                    (failures ??= []).Add(new InvalidOperationException($"The fold \"{fold.Name}\" failed: {failure.Message}", failure));
                }
            }

            if (failures is not null)
            {
                throw new AggregateException(failures);
            }

            lag.Add(facts);
            done += facts.Count + folded;
            if (facts.Count + folded == 0)
            {
                return done;
            }
        }
    }

    /// <summary>Whether there is anything to do, in one small query: an idle server asks it four times a second.</summary>
    /// <returns>Graded facts wait or a fold is behind; and the newest response there is.</returns>
    public async Task<(bool IsBehind, long Newest)> LookAsync(CancellationToken ct) => (await source.QueryAsync("""
        WITH newest AS (SELECT COALESCE(max(sequence), 0) AS sequence FROM responses)
        SELECT EXISTS (SELECT FROM graded_facts) OR (sequence > 0 AND (SELECT count(*) FROM folds WHERE name = ANY ($1) AND position >= sequence) < cardinality($1)), sequence FROM newest
        """, row => (row.GetBoolean(0), row.GetInt64(1)), ct, [_folds.Select(fold => fold.Name).ToArray()]))[0];

    /// <summary>Waits until an answer has reached everything that is derived from it.</summary>
    /// <returns>False when it took longer.</returns>
    public async Task<bool> WaitForAsync(Guid attemptId, int position, TimeSpan atMost, CancellationToken ct)
    {
        long start = clock.GetTimestamp();
        while (true)
        {
            if (!HasWorker)
            {
                await RunDueAsync(ct);
            }

            if (await IsFoldedAsync(attemptId, position, ct))
            {
                return true;
            }

            if (!HasWorker || clock.GetElapsedTime(start) > atMost)
            {
                return false;
            }

            Pulse();
            await Task.Delay(TimeSpan.FromMilliseconds(15), ct);
        }
    }

    /// <summary>Empties what a fold has computed and computes it again from the first response, in one transaction: readers see the old rows until then.</summary>
    public async Task<long> RebuildAsync(Fold fold, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await PositionOfAsync(connection, fold, wait: true, ct);
        foreach (string table in fold.Tables)
        {
            await connection.ExecuteAsync($"DELETE FROM {table}", ct); // unlike TRUNCATE, this lets others read meanwhile
        }

        if (fold.ResetAsync is not null)
        {
            await fold.ResetAsync(connection, ct);
        }

        long position = 0, count = 0;
        while (await LoggedResponse.AfterAsync(connection, position, BatchSize, ct) is { Count: > 0 } batch)
        {
            await fold.ApplyAsync(connection, batch, ct);
            position = batch[^1].Sequence;
            count += batch.Count;
        }

        await MoveAsync(connection, fold, position, ct);
        await transaction.CommitAsync(ct);
        return count;
    }

    private async Task<int> CatchUpAsync(Fold fold, CancellationToken ct)
    {
        int folded = 0;
        while (true)
        {
            await using var connection = await source.OpenConnectionAsync(ct);
            await using var transaction = await connection.BeginTransactionAsync(ct);
            await connection.ExecuteAsync("SET LOCAL synchronous_commit = off", ct); // what a crash takes back is computed again
            if (await PositionOfAsync(connection, fold, wait: false, ct) is not { } position || await LoggedResponse.AfterAsync(connection, position, BatchSize, ct) is not { Count: > 0 } batch)
            {
                return folded;
            }

            await fold.ApplyAsync(connection, batch, ct);
            await MoveAsync(connection, fold, batch[^1].Sequence, ct);
            await transaction.CommitAsync(ct);
            folded += batch.Count;
        }
    }

    /// <summary>How far the fold is, with its row locked; null when another server has it in hand.</summary>
    private static async Task<long?> PositionOfAsync(NpgsqlConnection connection, Fold fold, bool wait, CancellationToken ct)
    {
        string sql = $"SELECT position FROM folds WHERE name = $1 FOR UPDATE {(wait ? "" : "SKIP LOCKED")}";
        var rows = await connection.QueryAsync(sql, row => row.GetInt64(0), ct, fold.Name);
        if (rows.Count == 0 && await connection.ExecuteAsync("INSERT INTO folds (name) VALUES ($1) ON CONFLICT (name) DO NOTHING", ct, fold.Name) == 1)
        {
            return 0;
        }

        return rows is [var position] ? position : null;
    }

    private Task<int> MoveAsync(NpgsqlConnection connection, Fold fold, long position, CancellationToken ct) =>
        connection.ExecuteAsync("UPDATE folds SET position = $2, updated_at = $3 WHERE name = $1", ct, fold.Name, position, clock.GetUtcNow());

    private async Task<bool> IsFoldedAsync(Guid attemptId, int position, CancellationToken ct) => (await source.QueryAsync("""
        SELECT COALESCE((SELECT max(sequence) FROM responses WHERE attempt_id = $1 AND position = $2) <= (SELECT min(position) FROM folds WHERE name = ANY ($3)), false)
        """, row => row.GetBoolean(0), ct, attemptId, (short)position, _folds.Select(fold => fold.Name).ToArray()))[0];
}
