namespace Tripos.Scoring;

/// <summary>From points of items to one score on a scale; docs/scoring.md has the formula and a worked example.</summary>
internal static class RollUp
{
    private const double Z = 1.96; // 95 %
    private const double Rounding = 1e-9;

    /// <summary>What the items of an attempt give to a reported score.</summary>
    public static IReadOnlyList<Contribution> Feeding(ReportedScore score, ScoringProfile profile, IReadOnlyList<ScoredItem> items) =>
    [
        .. from item in items
           where item.PointsMax > 0 && profile.Kinds.ContainsKey(item.Kind)
           let rule = profile.Kinds[item.Kind]
           let weight = rule.Weight * (score.From == ScoreSource.Skill ? rule.Skills.GetValueOrDefault(score.Name) : 1)
           where weight > 0
           from given in score.From == ScoreSource.Trait ? OfTrait(item, score.Name, weight) : OfItem(item, weight)
           select given,
    ];

    /// <summary>The score, its interval and what it is made of.</summary>
    public static ScaledScore Of(ReportedScore score, ScoreScale scale, IReadOnlyList<Contribution> from)
    {
        double earned = from.Sum(given => given.Earned), max = from.Sum(given => given.Max), open = from.Sum(given => given.Open);
        double evaluated = max - open;
        if (evaluated <= Rounding)
        {
            return new(score.Name, null, null, null, earned, max, open, from);
        }

        double share = Math.Clamp(earned / evaluated, 0, 1), known = evaluated / max;
        var (low, high) = Wilson(share, ItemsThatCount(from));
        return new(
            score.Name,
            (int)Math.Round(OnScale(share, scale), MidpointRounding.AwayFromZero),
            (int)Math.Floor(OnScale(known * low, scale) + Rounding),
            (int)Math.Ceiling(OnScale(known * high + (1 - known), scale) - Rounding),
            earned, max, open, from);
    }

    private static double OnScale(double share, ScoreScale scale) => scale.Min + Math.Clamp(share, 0, 1) * (scale.Max - scale.Min);

    private static IEnumerable<Contribution> OfItem(ScoredItem item, double weight) => item.Score.Traits.Count > 0
        ? item.Score.Traits.Select(trait => OfTrait(item.Position, trait, weight))
        : [new Contribution(item.Position, null, weight * item.PointsMax * item.Score.Fraction, weight * item.PointsMax, weight * item.PointsMax * item.Score.OpenFraction)];

    private static IEnumerable<Contribution> OfTrait(ScoredItem item, string name, double weight) =>
        item.Score.Traits.Where(trait => trait.Name == name).Select(trait => OfTrait(item.Position, trait, weight));

    private static Contribution OfTrait(int position, TraitScore trait, double weight) =>
        trait.Weight is not (null or 1) ? OfTrait(position, trait with { Weight = null }, weight * trait.Weight.Value)
        : new(position, trait.Name, weight * (trait.Score ?? 0), weight * trait.Max, trait.Score is null ? weight * trait.Max : 0);

    // Kish's effective sample size: a few heavy items say less than as many light ones.
    private static double ItemsThatCount(IReadOnlyList<Contribution> from)
    {
        var points = from.GroupBy(given => given.Position).Select(item => item.Sum(given => given.Max - given.Open)).ToList();
        return Math.Pow(points.Sum(), 2) / points.Sum(max => max * max);
    }

    // Wilson 1927: unlike p ± z·sqrt(p(1-p)/n) it does not claim certainty when everything, or nothing, was right.
    private static (double Low, double High) Wilson(double p, double n)
    {
        double centre = p + Z * Z / (2 * n), half = Z * Math.Sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)), scale = 1 + Z * Z / n;
        return ((centre - half) / scale, (centre + half) / scale);
    }
}
