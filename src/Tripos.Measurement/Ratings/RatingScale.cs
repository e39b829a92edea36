namespace Tripos.Measurement.Ratings;

/// <summary>The scale of the ratings: chess points, so that 400 points are odds of 10 to 1.</summary>
public static class RatingScale
{
    /// <summary>The rating of an average learner and of an item that such a learner answers correctly half of the time, in points.</summary>
    public const double Centre = 1500;

    /// <summary>Points to one logit: 400 / ln 10 = 173.7178.</summary>
    public const double PointsPerLogit = 173.71779276130071;

    /// <summary>Logits to one point: ln 10 / 400 = 0.00575646, the q of Glicko.</summary>
    public const double LogitsPerPoint = 1 / PointsPerLogit;

    /// <summary>No deviation is larger, in points: Glicko's deviation of somebody never seen.</summary>
    public const double MaxDeviation = 350;

    /// <summary>The logistic function: the chance, in (0, 1), that belongs to log odds.</summary>
    /// <param name="logit">Natural log odds; beyond 30 either way it makes no difference, so that no chance is ever 0 or 1.</param>
    public static double Sigmoid(double logit) => 1 / (1 + Math.Exp(-Math.Clamp(logit, -30, 30)));

    /// <summary>How much a difference of ratings is to be believed when the ratings are uncertain: g(RD) of Glicko.</summary>
    /// <param name="variance">Variance of the difference, in points squared, 0 or more.</param>
    /// <returns>A factor in (0, 1]: 1 / sqrt(1 + 3 q² variance / π²).</returns>
    public static double Trust(double variance) => 1 / Math.Sqrt(1 + 3 / (Math.PI * Math.PI) * LogitsPerPoint * LogitsPerPoint * variance);
}
