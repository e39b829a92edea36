using Tripos.Scoring;

namespace Tripos.Evaluation.Writing;

/// <summary>Judges written answers by rules that can be read and repeated: the same answer always gets the same verdict.</summary>
public static class LocalWriting
{
    /// <summary>Shown with every score it gives; the number changes when the rules do.</summary>
    public const string Name = "Local evaluator for writing 1";

    /// <summary>Judges one written answer.</summary>
    /// <param name="answer">Not blank. Code is not judged.</param>
    /// <param name="resources">Dictionaries; without them, what needs them is not evaluated.</param>
    /// <returns>One verdict for each trait that was asked for.</returns>
    public static Verdict Evaluate(AnswerToJudge answer, ScoringResources resources) =>
        new([.. answer.Traits.Select(trait => TraitVerdict.NotEvaluated(trait, "the local evaluator does not judge it."))], "Your answer was not evaluated.", []);
}
