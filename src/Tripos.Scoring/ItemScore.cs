namespace Tripos.Scoring;

/// <summary>What one trait of a response earned.</summary>
/// <param name="Name">Permanent name, such as <c>form</c> or <c>content</c>.</param>
/// <param name="Score">Points in [0, <paramref name="Max"/>]; null when no rule can decide it and nobody has evaluated it yet.</param>
/// <param name="Max">The most points, more than 0.</param>
/// <param name="Why">The evidence, in one sentence a learner understands: "312 words; 200 to 300 were asked for". Null when there is nothing to say.</param>
public sealed record TraitScore(string Name, double? Score, double Max, string? Why = null);

/// <summary>What one response earned.</summary>
/// <param name="Fraction">Share of the item's points earned so far, in [0, 1].</param>
/// <param name="Correct">True for full marks, false for less; null when the item is not scored or not decided yet.</param>
public sealed record ItemScore(double Fraction, bool? Correct)
{
    /// <summary>Share of the item's points that waits for an evaluator, in [0, 1 - Fraction].</summary>
    public double OpenFraction { get; init; }

    /// <summary>The traits the points are made of; empty for items that are simply right or wrong.</summary>
    public IReadOnlyList<TraitScore> Traits { get; init; } = [];

    /// <summary>No mark and wrong: what an unanswered item earns.</summary>
    public static ItemScore None { get; } = new(0, false);

    /// <summary>Nothing to earn: descriptions and introductions.</summary>
    public static ItemScore Unscored { get; } = new(0, null);
}
