using Tripos.Formats;
using Tripos.Scoring;
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
        Profile = exam.ScoringProfile ?? before.Profile,
        Linear = exam.Linear ?? before.Linear,
        FreeAnswers = exam.TeachersMark is { } mark ? mark ? FreeAnswerPolicy.Marked : FreeAnswerPolicy.Estimated : before.FreeAnswers,
        Parts = exam.Parts is null || (before.Parts is { } same && same.SequenceEqual(Of(exam.Parts))) ? before.Parts : exam.Parts.Count == 0 ? null : [.. Of(exam.Parts)],
    };

    /// <summary>Without a profile this server does not have.</summary>
    public static ExamFile Known(ExamFile exam, DiagnosticList findings)
    {
        if (exam.ScoringProfile is not { } name || ScoringProfiles.All.Any(profile => profile.Name == name))
        {
            return exam;
        }

        findings.Warning("scoringProfile", $"There is no scoring profile \"{name}\": it is left out.", $"The profiles are {string.Join(", ", ScoringProfiles.All.Select(profile => profile.Name))}.");
        return exam with { ScoringProfile = null };
    }

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
        ScoringProfile = policy.Profile,
        Linear = policy.Linear ? true : null,
        TeachersMark = policy.FreeAnswers == FreeAnswerPolicy.Marked ? true : null,
        Parts = policy.Parts is { } parts ? [.. parts.Select(part => new ExamPart(part.Section, part.Title, part.TimeLimitMs))] : null,
    };

    private static IEnumerable<PartRule> Of(IEnumerable<ExamPart> parts) => parts.Select(part => new PartRule(part.Section, part.Title, part.TimeLimitMs));
}
