namespace Tripos.Scoring;

/// <summary>One scored item of an attempt.</summary>
/// <param name="Position">1 is the first.</param>
/// <param name="Kind">Name of its kind.</param>
/// <param name="PointsMax">Raw points of the item under the profile (<see cref="Scorer.MaxOf"/>).</param>
/// <param name="Score">What the response earned.</param>
public sealed record ScoredItem(int Position, string Kind, double PointsMax, ItemScore Score);

/// <summary>What one item gives to one reported score, in weighted points.</summary>
/// <param name="Position">The item.</param>
/// <param name="Trait">The trait the points come from; null for the whole item.</param>
/// <param name="Earned">Points earned.</param>
/// <param name="Max">Points possible.</param>
/// <param name="Open">Points not evaluated yet.</param>
public sealed record Contribution(int Position, string? Trait, double Earned, double Max, double Open);

/// <summary>One reported score.</summary>
/// <param name="Name">Permanent name: <c>overall</c>, <c>speaking</c>, <c>writing</c>, <c>reading</c>, <c>listening</c>, <c>grammar</c>, <c>fluency</c>, <c>pronunciation</c>, <c>spelling</c>, <c>vocabulary</c>, <c>discourse</c>, <c>content</c>.</param>
/// <param name="Score">The estimate on the profile's scale, from what is evaluated; null when nothing is.</param>
/// <param name="Low">Low end of the interval; null with the score.</param>
/// <param name="High">High end of the interval; null with the score.</param>
/// <param name="Earned">Weighted points earned.</param>
/// <param name="Max">Weighted points possible; 0 when no item of the attempt feeds this score.</param>
/// <param name="Open">Weighted points not evaluated yet.</param>
/// <param name="From">What it is made of, by item.</param>
public sealed record ScaledScore(string Name, int? Score, int? Low, int? High, double Earned, double Max, double Open, IReadOnlyList<Contribution> From);

/// <summary>Everything a profile says of an attempt.</summary>
/// <param name="Profile">Name of the profile.</param>
/// <param name="Scores">Overall first, then the communicative skills, then traits.</param>
public sealed record ScoreReport(string Profile, IReadOnlyList<ScaledScore> Scores)
{
    /// <summary>A score by its name; null when the profile does not report it.</summary>
    /// <param name="name">As in <see cref="ScaledScore"/>.</param>
    public ScaledScore? Of(string name) => Scores.FirstOrDefault(score => score.Name == name);

    /// <summary>Rolls item scores up; null where the profile has no scale.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="items">Every item of the attempt, answered or not. Kinds the profile does not mention feed nothing.</param>
    /// <remarks>The formula, with a worked example, is in docs/scoring.md.</remarks>
    public static ScoreReport? Of(ScoringProfile profile, IReadOnlyList<ScoredItem> items) =>
        profile.Scale is not { } scale ? null : new(profile.Name, [.. profile.Scores.Select(score => RollUp.Of(score, scale, RollUp.Feeding(score, profile, items)))]);
}
