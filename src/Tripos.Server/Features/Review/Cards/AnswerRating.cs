using Tripos.Server.Features.Folds;
using Tripos.Spacing;

namespace Tripos.Server.Features.Review;

/// <summary>How well something was remembered, judged by an answer to it; docs/review-deck.md tells learners.</summary>
public static class AnswerRating
{
    /// <summary>Where the lines are: partly right counts from half of the points, slow and fast by the learner's own median.</summary>
    public static readonly AnswerRules Rules = AnswerRules.Default;

    /// <param name="response">A decided answer.</param>
    /// <param name="medianMs">What the learner usually takes for the kind of question; null when that is not known.</param>
    public static Recall Of(LoggedResponse response, double? medianMs) => Of(response.Correct ? 1 : Math.Min(response.Score, 0.999), response.ElapsedMs, medianMs, response.Confidence).Recall;

    public static AnswerRecall Of(double fraction, long? elapsedMs, double? medianMs, short? confidence) =>
        ReviewFromAnswer.Rate(fraction, elapsedMs ?? 0, medianMs is { } median ? (long)median : null, confidence, Rules);
}
