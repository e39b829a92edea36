using Npgsql;
using Tripos.Server.Features.Attempts;

namespace Tripos.Server.Features.Evaluation;

/// <summary>Works through the queues as long as the server runs, each evaluator in its own lanes.</summary>
internal sealed partial class EvaluationWorker(EvaluateNext next, IEnumerable<IEvaluator> evaluators, TimeProvider clock, ILogger<EvaluationWorker> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(evaluators.SelectMany(evaluator => Enumerable.Range(0, evaluator.Lanes).Select(_ => WorkAsync(evaluator.Kind, stoppingToken))));

    private async Task WorkAsync(EvaluatorKind kind, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        try
        {
            do
            {
                await DrainAsync(kind, ct);
            }
            while (await timer.WaitForNextTickAsync(ct));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The server is stopping.
        }
    }

    private async Task DrainAsync(EvaluatorKind kind, CancellationToken ct)
    {
        try
        {
            while (await next.RunAsync(kind, ct))
            {
            }
        }
#pragma warning disable CA1031 // the database may come back, and one bad answer must not end the lane
        catch (Exception failure) when (!ct.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Interrupted(log, kind, failure is NpgsqlException ? failure.Message : failure.ToString());
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Evaluations ({Evaluator}) are interrupted and go on: {Reason}")]
    private static partial void Interrupted(ILogger log, EvaluatorKind evaluator, string reason);
}
