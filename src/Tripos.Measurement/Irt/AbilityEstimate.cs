using Tripos.Measurement.Ratings;

namespace Tripos.Measurement.Irt;

/// <summary>How able someone is, and how sure that is.</summary>
/// <param name="Theta">Mean of the posterior, in logits.</param>
/// <param name="StandardError">Standard deviation of the posterior, in logits.</param>
public readonly record struct AbilityEstimate(double Theta, double StandardError)
{
    /// <summary>The ability in rating points.</summary>
    public double Points => ItemResponse.ToPoints(Theta);

    /// <summary>The standard deviation in rating points.</summary>
    public double PointsStandardError => StandardError * RatingScale.PointsPerLogit;
}
