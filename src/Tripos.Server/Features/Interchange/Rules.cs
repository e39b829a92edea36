using Tripos.Formats;
using Tripos.Server.Features.Catalog;

namespace Tripos.Server.Features.Interchange;

/// <summary>The rules of a test as a file states them; what it does not state stays.</summary>
internal static class Rules
{
    public static TestPolicy Of(ExamFile exam, TestPolicy before) => before with
    {
        ShuffleQuestions = exam.ShuffleQuestions ?? before.ShuffleQuestions,
        ShuffleOptions = exam.ShuffleOptions ?? before.ShuffleOptions,
        AllowedAttempts = exam.AllowedAttempts is { } allowed ? allowed == 0 ? null : allowed : before.AllowedAttempts,
        GraceMs = exam.GraceMs ?? before.GraceMs,
        ShowReview = exam.ShowReview ?? before.ShowReview,
        ShowCorrectness = exam.ShowCorrectness ?? before.ShowCorrectness,
        ShowAnswers = exam.ShowAnswers ?? before.ShowAnswers,
        // An explanation tells the answer: a file that hides answers hides it too, unless it says otherwise.
        ShowExplanations = exam.ShowExplanations ?? exam.ShowAnswers ?? before.ShowExplanations,
        ShowScore = exam.ShowScore ?? before.ShowScore,
    };

    public static ExamFile Into(ExamFile exam, TestPolicy policy) => exam with
    {
        ShuffleQuestions = policy.ShuffleQuestions,
        ShuffleOptions = policy.ShuffleOptions,
        AllowedAttempts = policy.AllowedAttempts ?? 0,
        GraceMs = policy.GraceMs,
        ShowReview = policy.ShowReview,
        ShowCorrectness = policy.ShowCorrectness,
        ShowAnswers = policy.ShowAnswers,
        ShowExplanations = policy.ShowExplanations,
        ShowScore = policy.ShowScore,
    };
}
