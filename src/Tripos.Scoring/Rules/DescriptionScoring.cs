namespace Tripos.Scoring;

/// <summary>Nothing to earn: descriptions, introductions, and whatever a profile leaves unscored.</summary>
internal static class DescriptionScoring
{
    public static ScoringRule Unscored { get; } = new(_ => 0, _ => ItemScore.Unscored) { Unanswered = _ => ItemScore.Unscored };
}
