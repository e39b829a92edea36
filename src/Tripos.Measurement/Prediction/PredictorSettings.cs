namespace Tripos.Measurement.Prediction;

/// <summary>Size of a predictor; how it learns is the same everywhere.</summary>
public sealed record PredictorSettings
{
    /// <summary>The setting for a server: about 20 MB.</summary>
    public static PredictorSettings Default { get; } = new();

    /// <summary>Each context remembers 2 to this power situations; 14 to 20. More is better only for collections of millions of answers.</summary>
    public int TableBits { get; init; } = 16;
}
