namespace Tripos.Bench;

/// <summary>How good predictions were.</summary>
/// <param name="Auc">Chance that a correct answer was thought likelier than a wrong one; 0.5 is guessing. NaN when all answers are alike.</param>
/// <param name="LogLoss">Mean natural log loss.</param>
/// <param name="Accuracy">Share of answers on the right side of a half.</param>
/// <param name="Ece">Expected calibration error over 15 equally wide bins.</param>
public sealed record AccuracyResult(double Auc, double LogLoss, double Accuracy, double Ece);

/// <summary>Collects predictions and outcomes.</summary>
public sealed class Accuracy
{
    private const int Bins = 15;
    private const double Least = 1e-9; // no single answer weighs more than ln 1e9
    private readonly List<double> _chances = [];
    private readonly List<bool> _outcomes = [];

    public int Count => _chances.Count;

    public void Add(double chance, bool correct)
    {
        _chances.Add(chance);
        _outcomes.Add(correct);
    }

    public void AddAll(Accuracy other)
    {
        _chances.AddRange(other._chances);
        _outcomes.AddRange(other._outcomes);
    }

    public AccuracyResult Result()
    {
        double loss = 0;
        int right = 0;
        Span<double> excess = stackalloc double[Bins]; // outcomes minus chances
        for (int i = 0; i < Count; i++)
        {
            double chance = _chances[i];
            loss -= Math.Log(Math.Max(Least, _outcomes[i] ? chance : 1 - chance));
            right += chance >= 0.5 == _outcomes[i] ? 1 : 0;
            excess[Math.Clamp((int)(chance * Bins), 0, Bins - 1)] += (_outcomes[i] ? 1 : 0) - chance;
        }

        double error = 0;
        foreach (double bin in excess)
        {
            error += Math.Abs(bin);
        }

        return new(Auc(), loss / Count, (double)right / Count, error / Count);
    }

    // By ranks (Mann-Whitney), ties at their middle.
    private double Auc()
    {
        double[] chances = [.. _chances];
        bool[] outcomes = [.. _outcomes];
        Array.Sort(chances, outcomes);
        double ranks = 0;
        long correct = 0;
        for (int start = 0, end; start < Count; start = end)
        {
            for (end = start; end < Count && chances[end] == chances[start]; end++)
            {
            }

            int here = outcomes.AsSpan(start, end - start).Count(true);
            correct += here;
            ranks += here * ((start + 1 + end) / 2.0);
        }

        return (ranks - correct * (correct + 1) / 2.0) / ((double)correct * (Count - correct));
    }
}
