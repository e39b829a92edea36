using System.Threading.Channels;
using Npgsql;

namespace Tripos.Server.Features.Attempts;

/// <summary>
/// Group commit for answers: requests wait here, a lane writes what has gathered in one transaction, and every request is answered after the
/// commit that holds its change. While a commit is on its way to the disk the next batch gathers, so load makes batches, not queues.
/// Attempts that are being submitted or regraded are passed over and wait in a lane of their own, so that they hold up nobody else.
/// </summary>
public sealed partial class AnswerWriter(NpgsqlDataSource source, AnswerNews news, ILogger<AnswerWriter> log) : BackgroundService
{
    private const int MostPerBatch = 256;

    // One lane, not more: two make smaller batches, and a batch costs more than its rows (docs/benchmarks.md).
    private readonly Channel<Pending> _arriving = Channel.CreateBounded<Pending>(new BoundedChannelOptions(20_000) { SingleReader = true });
    private readonly Channel<Pending> _waiting = Channel.CreateUnbounded<Pending>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Who wants to hear at once what was stored.</summary>
    public AnswerNews News => news;

    /// <summary>Stores one change; returns after its commit.</summary>
    /// <exception cref="NpgsqlException">The database refused or did not answer; nothing was acknowledged.</exception>
    /// <exception cref="ChannelClosedException">The server is stopping; nothing was acknowledged.</exception>
    public async Task<JudgedChange> StoreAsync(AnswerChange change)
    {
        var pending = new Pending(change);
        await _arriving.Writer.WriteAsync(pending);
        return await pending.Task;
    }

    /// <summary>SQLSTATE class 22, data exception: the database is well, but this value cannot be stored.</summary>
    public static bool IsFaultOfTheChange(PostgresException failure) => failure.SqlState.StartsWith("22", StringComparison.Ordinal);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _arriving.Writer.TryComplete(); // what has gathered is still written
        await (ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var waiting = Task.Run(() => RunLaneAsync(_waiting.Reader, passOverLocked: false), CancellationToken.None);
        await Task.Run(() => RunLaneAsync(_arriving.Reader, passOverLocked: true), CancellationToken.None);
        _waiting.Writer.Complete();
        await waiting;
    }

    private async Task RunLaneAsync(ChannelReader<Pending> queue, bool passOverLocked)
    {
        List<Pending> batch = new(MostPerBatch);
        HashSet<(Guid, short)> items = new(MostPerBatch);
        Pending? heldBack = null;
        await using var lane = new AnswerLane(source, passOverLocked);
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

    private async Task WriteAsync(AnswerLane lane, List<Pending> batch)
    {
        try
        {
            var judged = await lane.StoreAsync([.. batch.Select(pending => pending.Change)]);
            for (int i = 0; i < judged.Length; i++)
            {
                Tell(batch[i], judged[i]);
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
            batch.ForEach(pending => pending.SetException(failure as NpgsqlException ?? new NpgsqlException("The database did not answer.", failure)));
        }
    }

    private void Tell(Pending pending, JudgedChange judged)
    {
        if (judged.Verdict != ChangeVerdict.Locked)
        {
            pending.SetResult(judged);
        }
        else if (!_waiting.Writer.TryWrite(pending))
        {
            pending.SetException(new ChannelClosedException());
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} answers could not be stored; their senders were told so.")]
    private static partial void LogFailure(ILogger log, int count, Exception failure);

    private sealed class Pending(AnswerChange change) : TaskCompletionSource<JudgedChange>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public AnswerChange Change => change;
        public (Guid, short) Item => (change.AttemptId, change.Position);
    }
}
