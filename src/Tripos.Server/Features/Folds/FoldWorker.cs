using Npgsql;

namespace Tripos.Server.Features.Folds;

/// <summary>Runs the folds as long as the server runs: when it is told of a graded answer, and every quarter of a second.</summary>
internal sealed partial class FoldWorker(FoldRunner runner, Predictor predictor, ILogger<FoldWorker> log) : BackgroundService
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        runner.HasWorker = true;
        try
        {
            while (true)
            {
                await RunAsync(stoppingToken);
                await runner.WaitForPulseAsync(LongestPause, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server is stopping.
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await predictor.SaveAsync(cancellationToken);
        }
        catch (NpgsqlException failure)
        {
            Unreachable(log, failure.Message); // it will learn again from where it was last saved
        }
        catch (ObjectDisposedException)
        {
            // Test hosts dispose of services before they stop them.
        }
    }

    private async Task RunAsync(CancellationToken ct)
    {
        try
        {
            var (isBehind, newest) = await runner.LookAsync(ct);
            if (isBehind)
            {
                await runner.RunDueAsync(ct);
            }

            if (isBehind || predictor.Position < newest)
            {
                await predictor.FollowAsync(ct);
            }
        }
        catch (Exception failure) when (failure is NpgsqlException or AggregateException { InnerException.InnerException: NpgsqlException { IsTransient: true } })
        {
            Unreachable(log, failure.Message); // the database may come back
            await Task.Delay(PauseAfterFailure, ct);
        }
#pragma warning disable CA1031 // a fold that fails must not end the others for ever
        catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Failed(log, failure);
            await Task.Delay(PauseAfterFailure, ct);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Derived data waits for the database: {Reason}")]
    private static partial void Unreachable(ILogger log, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Derived data could not be brought up to date and will be tried again")]
    private static partial void Failed(ILogger log, Exception failure);
}
