using Npgsql;
using Tripos.Evaluation.Writing;
using Tripos.Questions;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Features.Evaluation.Speech;

namespace Tripos.Server.Features.Evaluation;

/// <summary>Judges on this machine, without a network and without a price.</summary>
internal sealed class LocalEvaluator(SpeechEvaluator speech, QuestionVersions versions) : IEvaluator
{
    public EvaluatorKind Kind => EvaluatorKind.Local;

    public int Lanes => 1; // it works with the processor that also answers requests

    public async Task<Evaluated> EvaluateAsync(LoadedAnswer answer, CancellationToken ct) => answer.Judged.Body is Spoken
        ? new Evaluated(await speech.EvaluateAsync(answer, ct), SpeechEvaluator.Name)
        : new Evaluated(LocalWriting.Evaluate(answer.Judged, versions.Resources), LocalWriting.Name);
}
