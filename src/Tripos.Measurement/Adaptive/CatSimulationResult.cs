using Tripos.Measurement.Irt;

namespace Tripos.Measurement.Adaptive;

/// <summary>What a run of simulated adaptive tests shows.</summary>
public sealed class CatSimulationResult
{
    private readonly int[] _exposures;
    private readonly int[] _lengths;
    private int _inside;
    private double _squaredError;

    internal CatSimulationResult(int items, int sessions)
    {
        _exposures = new int[items];
        _lengths = new int[sessions];
    }

    /// <summary>How many sessions saw each item of the bank.</summary>
    public IReadOnlyList<int> Exposures => _exposures;

    /// <summary>Items per session, in the order of the abilities.</summary>
    public IReadOnlyList<int> Lengths => _lengths;

    /// <summary>Mean items per session.</summary>
    public double MeanLength => _lengths.Average();

    /// <summary>Items that 95 % of the sessions do not exceed.</summary>
    public int LengthOf95Percent => _lengths.Order().ElementAt((int)(0.95 * (_lengths.Length - 1)));

    /// <summary>Share of the sessions that saw the most used item, in [0, 1].</summary>
    public double LargestExposure => _exposures.Max() / (double)_lengths.Length;

    /// <summary>Share of the bank that was used at all, in [0, 1].</summary>
    public double BankUse => _exposures.Count(count => count > 0) / (double)_exposures.Length;

    /// <summary>Items that two sessions have in common, as a share of the mean length (Chen, Ankenmann and Spray 2003).</summary>
    public double Overlap
    {
        get
        {
            double sessions = _lengths.Length;
            double pairs = sessions * (sessions - 1) / 2;
            return _exposures.Sum(count => count * (count - 1.0) / 2) / pairs / MeanLength;
        }
    }

    /// <summary>Root mean square error of the final estimates, in logits.</summary>
    public double RootMeanSquareError => Math.Sqrt(_squaredError / _lengths.Length);

    /// <summary>Share of sessions whose 95 % interval held the true ability, in [0, 1].</summary>
    public double Coverage => _inside / (double)_lengths.Length;

    internal void Saw(int index) => _exposures[index]++;

    internal void Ended(int session, int count, AbilityEstimate estimate, double truth)
    {
        double error = estimate.Theta - truth;
        _lengths[session] = count;
        _squaredError += error * error;
        _inside += Math.Abs(error) <= 1.959964 * estimate.StandardError ? 1 : 0;
    }
}
