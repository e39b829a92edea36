namespace Tripos.Measurement.Prediction;

/// <summary>Size of a predictor; how it learns is the same everywhere.</summary>
public sealed record PredictorSettings
{
    internal const int MinTableBits = 10;
    internal const int MaxTableBits = 22;

    /// <summary>The setting for a server: 33 MB.</summary>
    public static PredictorSettings Default { get; } = new();

    /// <summary>Each context remembers 2 to this power situations; 10 to 22, at 128 bytes each. More is better only for collections of millions of answers; 14 costs little accuracy and takes 2 MB.</summary>
    public int TableBits { get; init; } = 18;
}
