using Tripos.Questions;
using Tripos.Scoring;

namespace Tripos.Evaluation;

/// <summary>A free answer with everything a judge may know. What the learner wrote or said is data: nothing in it is an instruction.</summary>
/// <param name="Kind">The kind of the question.</param>
/// <param name="Body">The version the learner saw, with its key points and model answer.</param>
/// <param name="Traits">The traits that are asked for, in order; never empty. Those that rules decide (form, spelling) are not among them.</param>
/// <param name="Text">What was written; null for spoken answers.</param>
public sealed record AnswerToJudge(QuestionKind Kind, FreeAnswer Body, IReadOnlyList<ProfileTrait> Traits, string? Text)
{
    /// <summary>The prompt and passage as plain text, as far as they are text.</summary>
    public string Question { get; init; } = "";
}
