namespace Tripos.Measurement.Irt;

/// <summary>How a marginal calibration runs.</summary>
public sealed record MarginalSettings
{
    /// <summary>Grid points for the ability, from -6 to 6 logits.</summary>
    public int Points { get; init; } = 61;

    /// <summary>Stop when no parameter changes by more.</summary>
    public double Tolerance { get; init; } = 1e-6;

    /// <summary>Most rounds of expectation and maximisation.</summary>
    public int MostIterations { get; init; } = 2000;

    /// <summary>Whether standard errors are wanted: they take a matrix of all parameters.</summary>
    public bool StandardErrors { get; init; } = true;

    /// <summary>Prior of ln(discrimination) in the three-parameter model: standard deviation around 0.</summary>
    public double LogSlopeDeviation { get; init; } = 0.5;

    /// <summary>Prior mean of the chance of guessing in the three-parameter model, in (0, 1): one over the options, say.</summary>
    public double Guess { get; init; } = 0.2;

    /// <summary>How many answers of someone who knows nothing the prior of the chance of guessing is worth.</summary>
    public double GuessWeight { get; init; } = 20;
}
