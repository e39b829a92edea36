using System.Threading.Channels;
using Npgsql;

namespace Tripos.Server.Features.Attempts;

/// <summary>
/// Group commit for answers: requests wait here, two lanes write what has gathered in one transaction each, and every request is answered
/// after the commit that holds its change. While a commit is on its way to the disk the next batch gathers, so load makes batches, not queues.
/// </summary>
public sealed partial class AnswerWriter(NpgsqlDataSource source, ILogger<AnswerWriter> log) : BackgroundService
{
    private const int LaneCount = 2;
    private const int MostPerBatch = 256;

    // A nested loop over the primary key whatever the statistics say: the tables grow from nothing to tens of millions of rows under one plan.
    private const string PlannerSettings = "SET enable_hashjoin = off; SET enable_mergejoin = off; SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan";

    private readonly Channel<Pending>[] _lanes = [.. Enumerable.Range(0, LaneCount).Select(_ =>
        Channel.CreateBounded<Pending>(new BoundedChannelOptions(20_000) { SingleReader = true }))];

    /// <summary>Stores one change; returns after its commit. Changes of one attempt keep their order.</summary>
    /// <exception cref="NpgsqlException">The database refused or did not answer; nothing was acknowledged.</exception>
    public async Task<JudgedChange> StoreAsync(AnswerChange change)
    {
        var pending = new Pending(change);
        await _lanes[(uint)change.AttemptId.GetHashCode() % LaneCount].Writer.WriteAsync(pending);
        return await pending.Task;
    }

    /// <summary>SQLSTATE class 22, data exception: the database is well, but this value cannot be stored.</summary>
    public static bool IsFaultOfTheChange(PostgresException failure) => failure.SqlState.StartsWith("22", StringComparison.Ordinal);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var lane in _lanes)
        {
            lane.Writer.TryComplete(); // what has gathered is still written
        }

        await (ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken);
        await base.StopAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(_lanes.Select(lane => Task.Run(() => RunLaneAsync(lane.Reader), CancellationToken.None)));

    private async Task RunLaneAsync(ChannelReader<Pending> queue)
    {
        List<Pending> batch = new(MostPerBatch);
        HashSet<(Guid, short)> items = new(MostPerBatch);
        Pending? heldBack = null;
        await using var lane = new Lane(source);
        while (heldBack is not null || await queue.WaitToReadAsync())
        {
            batch.Clear();
            items.Clear();
            if (heldBack is not null)
            {
                batch.Add(heldBack);
                items.Add(heldBack.Item);
                heldBack = null;
            }

            while (batch.Count < MostPerBatch && queue.TryRead(out var next))
            {
                if (!items.Add(next.Item))
                {
                    heldBack = next; // a second change of the same item belongs to the next batch
                    break;
                }

                batch.Add(next);
            }

            await WriteAsync(lane, batch);
        }
    }

    private async Task WriteAsync(Lane lane, List<Pending> batch)
    {
        try
        {
            var judged = await lane.StoreAsync([.. batch.Select(pending => pending.Change)]);
            for (int i = 0; i < judged.Length; i++)
            {
                batch[i].SetResult(judged[i]);
            }
        }
        catch (PostgresException failure) when (batch.Count > 1 && !failure.IsTransient)
        {
            foreach (var pending in batch)
            {
                await WriteAsync(lane, [pending]); // one bad change must not take the others with it
            }
        }
        catch (PostgresException failure) when (IsFaultOfTheChange(failure))
        {
            batch[0].SetException(failure); // the connection is fine, the change is not
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException or IOException)
        {
            LogFailure(log, batch.Count, failure);
            await lane.ResetAsync();
            batch.ForEach(pending => pending.SetException(failure));
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} answers could not be stored; their senders were told so.")]
    private static partial void LogFailure(ILogger log, int count, Exception failure);

    private sealed class Pending(AnswerChange change) : TaskCompletionSource<JudgedChange>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public AnswerChange Change => change;
        public (Guid, short) Item => (change.AttemptId, change.Position);
    }

    /// <summary>One connection of its own (its settings must not leak into the pool) with the statement prepared on it, opened again after a failure.</summary>
    private sealed class Lane(NpgsqlDataSource source) : IAsyncDisposable
    {
        private readonly string _settings = new NpgsqlConnectionStringBuilder(source.ConnectionString) { Pooling = false, ApplicationName = "tripos answers" }.ConnectionString;
        private NpgsqlConnection? _connection;
        private NpgsqlCommand? _command;

        public async Task<JudgedChange[]> StoreAsync(IReadOnlyList<AnswerChange> changes)
        {
            if (_command is null)
            {
                _connection = new NpgsqlConnection(_settings);
                await _connection.OpenAsync();
                await using var settings = new NpgsqlCommand(PlannerSettings, _connection);
                await settings.ExecuteNonQueryAsync();
                _command = AnswerBatch.CreateCommand(_connection);
                await _command.PrepareAsync();
            }

            return await AnswerBatch.StoreAsync(_command, changes, CancellationToken.None);
        }

        public async Task ResetAsync()
        {
            await (_command?.DisposeAsync() ?? ValueTask.CompletedTask);
            await (_connection?.DisposeAsync() ?? ValueTask.CompletedTask);
            _command = null;
        }

        public ValueTask DisposeAsync() => new(ResetAsync());
    }
}
