using Tripos.Scoring;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Features.Catalog.Interactions;

namespace Tripos.Server.Features.Attempts;

/// <summary>A stored answer that is shown with its key before the attempt is over.</summary>
public sealed record FeedbackRow(Guid AttemptId, short Position, int VersionId, float PointsMax, string? Response, short? Confidence, long? ElapsedMs, bool Flagged)
{
    /// <summary>Scored now; nothing of it is stored, submitting scores it again.</summary>
    public ReviewItem Review(LoadedVersion version, AttemptRules rules, long seed, ScoringResources resources) =>
        Review(version, rules, seed, GradeAttempt.GradeItem(new GradeableItem(Position, VersionId, PointsMax, Response), version, rules.Profile, resources));

    /// <summary>With a grade that was just computed.</summary>
    public ReviewItem Review(LoadedVersion version, AttemptRules rules, long seed, GradedItem graded) => new(
        Position, version, ResponseText.Parse(Response), seed, rules.Test.ShuffleOptions, version.Body, Explained: true, graded.Scored.Score.Traits,
        graded.Correct, graded.Points, PointsMax, graded.PointsOpen, version.ExplanationHtml, Confidence, ElapsedMs, Flagged, Regraded: false, TopicName: null, Section: null) { AttemptId = AttemptId };
}
