using Tripos.Evaluation;

namespace Tripos.Server.Features.Evaluation.Speech;

/// <summary>Judges recordings with a recogniser on this machine.</summary>
internal sealed class SpeechEvaluator
{
    public const string Name = "Local evaluator for speech 1";

    private readonly string _absent = "this server has no speech recogniser.";

    public Task<Verdict> EvaluateAsync(LoadedAnswer answer, CancellationToken ct) => Task.FromResult(new Verdict(
        [.. answer.Judged.Traits.Select(trait => TraitVerdict.NotEvaluated(trait, _absent))], "Your recording was not evaluated.", []));
}
