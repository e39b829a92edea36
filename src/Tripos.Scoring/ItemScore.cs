namespace Tripos.Scoring;

/// <summary>What one response earned.</summary>
/// <param name="Fraction">Share of the item's points, in [0, 1].</param>
/// <param name="Correct">True for full marks, false for less; null when the item is not scored.</param>
public readonly record struct ItemScore(double Fraction, bool? Correct)
{
    /// <summary>No mark and wrong: what an unanswered item earns.</summary>
    public static ItemScore None { get; } = new(0, false);
}
