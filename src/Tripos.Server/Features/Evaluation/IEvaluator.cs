using Tripos.Evaluation;
using Tripos.Server.Features.Attempts;

namespace Tripos.Server.Features.Evaluation;

/// <summary>What an evaluator found, and what it cost.</summary>
/// <param name="ByName">The program with its version, as learners read it.</param>
/// <param name="CostMicros">In millionths of the configured currency; 0 where nobody charges.</param>
public sealed record Evaluated(Verdict Verdict, string ByName, int InputTokens = 0, int OutputTokens = 0, long CostMicros = 0);

/// <summary>A program that judges free answers.</summary>
public interface IEvaluator
{
    EvaluatorKind Kind { get; }

    /// <summary>How many answers it may work on at once.</summary>
    int Lanes { get; }

    /// <exception cref="EvaluationException">It cannot judge this answer now, or at all.</exception>
    Task<Evaluated> EvaluateAsync(LoadedAnswer answer, CancellationToken ct);
}

/// <summary>An evaluator could not do its work. The message is for operators and holds no secret and nothing of the answer.</summary>
/// <param name="isFinal">Trying again will not help.</param>
public sealed class EvaluationException(string message, bool isFinal = false, Exception? inner = null) : Exception(message, inner)
{
    public bool IsFinal { get; } = isFinal;

    /// <summary>How long the provider asks to be left alone; null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
