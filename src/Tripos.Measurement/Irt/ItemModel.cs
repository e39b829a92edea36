namespace Tripos.Measurement.Irt;

/// <summary>Which parameters items have of their own.</summary>
public enum ItemModel
{
    /// <summary>A difficulty each; one discrimination for all.</summary>
    OneParameter,

    /// <summary>Difficulty and discrimination.</summary>
    TwoParameter,

    /// <summary>Difficulty, discrimination and a chance of guessing, the last two held by priors.</summary>
    ThreeParameter,
}

/// <summary>What calibration found about an item.</summary>
/// <param name="A">Discrimination, per logit.</param>
/// <param name="B">Difficulty, in logits; for conditional maximum likelihood relative to the mean of the items.</param>
/// <param name="C">Chance of guessing, in [0, 1).</param>
/// <param name="AStandardError">Standard error of the discrimination; 0 where it is not estimated.</param>
/// <param name="BStandardError">Standard error of the difficulty, in logits.</param>
/// <param name="CStandardError">Standard error of the chance of guessing; 0 where it is not estimated.</param>
public readonly record struct ItemEstimate(double A, double B, double C, double AStandardError, double BStandardError, double CStandardError);

/// <summary>A calibration.</summary>
/// <param name="Items">The items, in the order of the table.</param>
/// <param name="LogLikelihood">Natural logarithm of the likelihood at the estimates, marginal or conditional as the method is; priors of items are not in it.</param>
/// <param name="Iterations">Rounds it took.</param>
/// <param name="Converged">The last round changed no parameter by more than the tolerance.</param>
public sealed record Calibration(IReadOnlyList<ItemEstimate> Items, double LogLikelihood, int Iterations, bool Converged);
