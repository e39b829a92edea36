using Npgsql;

namespace Tripos.Server.Platform.Jobs;

/// <summary>Work that comes round again; registered by features with <see cref="JobsSetup.AddSchedule"/>.</summary>
/// <param name="Name">Unique, and the same on every node.</param>
public sealed record Schedule(string Name, TimeSpan Every, Func<IServiceProvider, CancellationToken, Task> RunAsync);

/// <summary>Runs every schedule at its pace, each on one node at a time.</summary>
internal sealed partial class Schedules(IEnumerable<Schedule> all, NpgsqlDataSource source, IServiceScopeFactory scopes, TimeProvider clock, ILogger<Schedules> log) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(all.Select(schedule => RepeatAsync(schedule, stoppingToken)));

    private async Task RepeatAsync(Schedule schedule, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(schedule.Every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                await RunAsync(schedule, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The server is stopping.
        }
    }

    private async Task RunAsync(Schedule schedule, CancellationToken ct)
    {
        try
        {
            // The lock goes with the transaction, so that a node that dies frees it.
            await using var connection = await source.OpenConnectionAsync(ct);
            await using var transaction = await connection.BeginTransactionAsync(ct);
            await using var take = new NpgsqlCommand("SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0))", connection) { Parameters = { new() { Value = schedule.Name } } };
            if ((bool)(await take.ExecuteScalarAsync(ct))!)
            {
                await using var scope = scopes.CreateAsyncScope();
                await schedule.RunAsync(scope.ServiceProvider, ct);
            }
        }
#pragma warning disable CA1031 // one bad run must not end the schedule
        catch (Exception failure) when (!ct.IsCancellationRequested) // a command that ran into a time limit counts as cancelled too
#pragma warning restore CA1031
        {
            Failed(log, schedule.Name, failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The schedule {Name} failed and will run again")]
    private static partial void Failed(ILogger log, string name, Exception failure);
}
