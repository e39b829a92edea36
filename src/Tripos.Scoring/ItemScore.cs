using System.Text.Json.Serialization;

namespace Tripos.Scoring;

/// <summary>What one trait of a response earned.</summary>
/// <param name="Name">Permanent name, such as <c>form</c> or <c>content</c>.</param>
/// <param name="Score">Points in [0, <paramref name="Max"/>]; null when no rule can decide it and nobody has evaluated it yet.</param>
/// <param name="Max">The most points, more than 0.</param>
/// <param name="Why">The evidence, in one or a few sentences a learner understands: "312 words; 200 to 300 were asked for". Null when there is nothing to say.</param>
public sealed record TraitScore(string Name, double? Score, double Max, string? Why = null)
{
    /// <summary>Something a person should look at: <c>copied</c> when much of the answer was taken from the question; null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Flag { get; init; }

    /// <summary>Who gave the points where no rule did: <c>local</c>, <c>model</c> or <c>teacher</c>; null for a rule, and for a trait that is open.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? By { get; init; }

    /// <summary>What one point counts in the item, more than 0; null for 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Weight { get; init; }
}

/// <summary>What one response earned.</summary>
/// <param name="Fraction">Share of the item's points earned so far, in [0, 1].</param>
/// <param name="Correct">True for full marks, false for less; null when the item is not scored or not decided yet.</param>
public sealed record ItemScore(double Fraction, bool? Correct)
{
    internal const double Rounding = 1e-9;

    /// <summary>Share of the item's points that waits for an evaluator, in [0, 1 - Fraction].</summary>
    public double OpenFraction { get; init; }

    /// <summary>The traits the points are made of; empty for items that are simply right or wrong.</summary>
    public IReadOnlyList<TraitScore> Traits { get; init; } = [];

    /// <summary>No mark and wrong: what an unanswered item earns.</summary>
    public static ItemScore None { get; } = new(0, false);

    /// <summary>Full marks.</summary>
    public static ItemScore Full { get; } = new(1, true);

    /// <summary>Nothing to earn: descriptions and introductions.</summary>
    public static ItemScore Unscored { get; } = new(0, null);

    /// <summary>The score of an item that is decided.</summary>
    /// <param name="points">Points earned, in [0, <paramref name="max"/>].</param>
    /// <param name="max">Points possible, more than 0.</param>
    public static ItemScore Of(double points, double max) => points >= max ? Full : points <= 0 ? None : new ItemScore(points / max, false);

    /// <summary>The score of an item made of traits.</summary>
    /// <param name="traits">At least one.</param>
    /// <returns>Correct is null while a trait is open.</returns>
    public static ItemScore Of(IReadOnlyList<TraitScore> traits)
    {
        double max = 0, earned = 0, open = 0;
        foreach (var trait in traits)
        {
            double weight = trait.Weight ?? 1;
            max += weight * trait.Max;
            earned += weight * (trait.Score ?? 0);
            open += trait.Score is null ? weight * trait.Max : 0;
        }

        double fraction = Math.Min(1, earned / max);
        bool? correct = open > 0 ? null : fraction > 1 - Rounding;
        return new ItemScore(fraction, correct) { OpenFraction = Math.Min(open / max, 1 - fraction), Traits = traits };
    }
}
