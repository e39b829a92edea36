using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Attempts;

/// <summary>What somebody may see of a finished attempt.</summary>
/// <param name="Withheld">Why the questions are not shown again; null when they are.</param>
public sealed record Disclosure(bool Score, bool Correctness, bool Answers, bool Explanations, string? Withheld)
{
    private static readonly Disclosure Everything = new(true, true, true, true, null);

    public static Disclosure Of(ResultRows.Attempt attempt, CurrentUser reader, DateTimeOffset now)
    {
        bool supervises = reader.IsTeacher || reader.IsAdmin;
        return supervises && attempt.LearnerId != reader.Id ? Everything
            : attempt.IsSessionOpen ? new Disclosure(attempt.Rules.Test.ShowScore, false, false, false, "The questions are shown again when the session is over for everybody, as far as the test allows.")
            : ToLearner(attempt.Mode, attempt.Rules.Test, now);
    }

    /// <summary>What the learner whose attempt it is may see.</summary>
    public static Disclosure ToLearner(AttemptMode mode, TestPolicy policy, DateTimeOffset now) =>
        AttemptModes.Of(mode).FollowsReviewPolicy ? ByPolicy(policy, now) : Everything;

    private static Disclosure ByPolicy(TestPolicy policy, DateTimeOffset now)
    {
        string? withheld = !policy.ShowReview ? "This test does not show its questions again."
            : now < policy.ReviewOpensAt ? $"The review opens on {policy.ReviewOpensAt:d MMMM yyyy 'at' HH:mm} UTC."
            : null;
        bool open = withheld is null;
        return new Disclosure(policy.ShowScore, open && policy.ShowCorrectness && policy.ShowScore, open && policy.ShowAnswers, open && policy.ShowExplanations, withheld);
    }
}
