using Npgsql;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;

namespace Tripos.Server.Features.Evaluation;

/// <summary>Takes the next answer from the queue of an evaluator, and has it judged.</summary>
public sealed partial class EvaluateNext(EvaluationQueue queue, IEnumerable<IEvaluator> evaluators, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, ILogger<EvaluateNext> log)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    /// <returns>False when nothing is due.</returns>
    public async Task<bool> RunAsync(EvaluatorKind kind, CancellationToken ct)
    {
        if (await queue.TakeAsync(kind, ct) is not { } taken)
        {
            return false;
        }

        if (taken.Tries > EvaluationQueue.MostTries)
        {
            await queue.GiveUpAsync(taken, "Every server that took it was lost.", GivenUp(taken)); // perhaps because of it
            return true;
        }

        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(EvaluationQueue.Lease - TimeSpan.FromSeconds(10)); // before another worker may take it
            await JudgeAsync(taken, limit.Token);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await queue.ReleaseAsync(taken);
        }
#pragma warning disable CA1031 // whatever an evaluator throws belongs to its answer, not to the worker
        catch (Exception failure) when (failure is not NpgsqlException)
#pragma warning restore CA1031
        {
            await FailAsync(taken, failure);
        }

        return true;
    }

    private async Task JudgeAsync(TakenEvaluation taken, CancellationToken ct)
    {
        long started = clock.GetTimestamp();
        var answer = await LoadedAnswer.FindAsync(taken.AttemptId, taken.Position, source, versions, ct)
            ?? throw new EvaluationException("There is no answer to judge any more.", isFinal: true);
        var evaluated = await evaluators.First(evaluator => evaluator.Kind == taken.Evaluator).EvaluateAsync(answer, ct);
        await queue.CompleteAsync(taken, evaluated, clock.GetElapsedTime(started), CancellationToken.None); // a verdict that is there is kept, also when the server is stopping
    }

    private async Task FailAsync(TakenEvaluation taken, Exception failure)
    {
        string error = failure is EvaluationException ? failure.Message : $"{failure.GetType().Name}: {failure.Message}";
        Failed(log, taken.Id, taken.Evaluator, taken.Tries, error);
        if (failure is EvaluationException { IsFinal: true } || taken.Tries >= EvaluationQueue.MostTries)
        {
            await queue.GiveUpAsync(taken, error, GivenUp(taken));
        }
        else
        {
            await queue.PostponeAsync(taken, error, Waiting(taken), PauseOf(taken.Tries, (failure as EvaluationException)?.RetryAfter));
        }
    }

    private static string? Waiting(TakenEvaluation taken) =>
        taken.Evaluator == EvaluatorKind.Model ? "The language model does not answer at the moment. It is asked again; until then the local estimate counts." : null;

    private static string GivenUp(TakenEvaluation taken) => taken.Evaluator == EvaluatorKind.Model
        ? "The language model could not evaluate this answer. Its credits are back, and the local estimate counts."
        : "The local evaluator could not judge this answer.";

    // Twice as long each time, with a jitter of half: what failed together does not come back together.
    private static TimeSpan PauseOf(int tries, TimeSpan? asked)
    {
        double longest = Math.Min(FirstPause.TotalSeconds * Math.Pow(2, tries), LongestPause.TotalSeconds);
        var pause = TimeSpan.FromSeconds(longest * (0.5 + Random.Shared.NextDouble() / 2));
        return asked is { } atLeast && atLeast > pause ? atLeast : pause;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Evaluation {Id} ({Evaluator}) failed at try {Try}: {Reason}")]
    private static partial void Failed(ILogger log, Guid id, EvaluatorKind evaluator, int @try, string reason);
}
