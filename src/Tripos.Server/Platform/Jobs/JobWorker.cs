using Npgsql;

namespace Tripos.Server.Platform.Jobs;

/// <summary>Keeps doing jobs as long as the server runs; when it stops, the job at hand is put back.</summary>
internal sealed partial class JobWorker(JobRunner runner, TimeProvider clock, ILogger<JobWorker> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        try
        {
            do
            {
                await RunDueAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server is stopping.
        }
    }

    private async Task RunDueAsync(CancellationToken ct)
    {
        try
        {
            while (await runner.RunOneAsync(ct))
            {
            }
        }
        catch (NpgsqlException failure)
        {
            Unreachable(log, failure.Message); // the database may come back
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Jobs wait for the database: {Reason}")]
    private static partial void Unreachable(ILogger log, string reason);
}
