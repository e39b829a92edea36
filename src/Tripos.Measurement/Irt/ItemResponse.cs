using Tripos.Measurement.Ratings;

namespace Tripos.Measurement.Irt;

/// <summary>The logistic item models: P(θ) = c + (1 - c) / (1 + e^(-a(θ - b))). The one-parameter model has a equal for all items and c = 0, the two-parameter model c = 0.</summary>
/// <remarks>Birnbaum in Lord and Novick (1968). Ability θ and difficulty b are logits; 1 logit = 173.7178 rating points.</remarks>
public static class ItemResponse
{
    /// <summary>Rating points of a logit value.</summary>
    public static double ToPoints(double logits) => RatingScale.Centre + (RatingScale.PointsPerLogit * logits);

    /// <summary>Logits of a rating.</summary>
    public static double ToLogits(double points) => (points - RatingScale.Centre) / RatingScale.PointsPerLogit;

    /// <summary>Chance of a right answer.</summary>
    /// <param name="theta">Ability, in logits.</param>
    /// <param name="a">Discrimination, per logit, &gt; 0.</param>
    /// <param name="b">Difficulty, in logits.</param>
    /// <param name="c">Chance of a right answer by guessing, in [0, 1).</param>
    /// <returns>In [c, 1].</returns>
    public static double Probability(double theta, double a, double b, double c = 0) => c + ((1 - c) * Logistic(a * (theta - b)));

    /// <summary>Fisher information of one answer about the ability: a² ((P - c) / (1 - c))² (1 - P) / P.</summary>
    /// <param name="theta">Ability, in logits.</param>
    /// <param name="a">Discrimination, per logit, &gt; 0.</param>
    /// <param name="b">Difficulty, in logits.</param>
    /// <param name="c">Chance of a right answer by guessing, in [0, 1).</param>
    /// <returns>Per squared logit, ≥ 0; at most a²/4 without guessing.</returns>
    public static double Information(double theta, double a, double b, double c = 0)
    {
        double known = Logistic(a * (theta - b));
        double right = c + ((1 - c) * known);
        return right > 0 ? a * a * known * known * (1 - c) * (1 - known) / right : 0;
    }

    /// <summary>1 / (1 + e^-x), without overflow.</summary>
    internal static double Logistic(double x)
    {
        double e = Math.Exp(-Math.Abs(x));
        return (x >= 0 ? 1 : e) / (1 + e);
    }
}
