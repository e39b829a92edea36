namespace Tripos.Measurement.Classical;

/// <summary>
/// Classical statistics of a test that everyone took whole. People are added one at a time and forgotten; parts counted apart can be merged.
/// Sums are kept around the running means (Welford 1962; Chan, Golub and LeVeque 1979), so that large totals lose no digits.
/// </summary>
public sealed class TestStatistics
{
    private readonly double[] _means;
    private readonly double[] _squares;
    private readonly double[] _withTotal;
    private double _totalMean;
    private double _totalSquares;

    /// <summary>Nobody has taken the test.</summary>
    /// <param name="items">How many items it has, &gt; 0.</param>
    public TestStatistics(int items)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(items);
        _means = new double[items];
        _squares = new double[items];
        _withTotal = new double[items];
    }

    /// <summary>How many items the test has.</summary>
    public int Items => _means.Length;

    /// <summary>How many people took it.</summary>
    public long People { get; private set; }

    /// <summary>Mean of the totals, in items.</summary>
    public double Mean => _totalMean;

    /// <summary>Standard deviation of the totals in the sample (divided by n - 1), in items; 0 for fewer than two people.</summary>
    public double Deviation => People > 1 ? Math.Sqrt(_totalSquares / (People - 1)) : 0;

    /// <summary>Cronbach's alpha (1951): k / (k - 1) × (1 - sum of the item variances / variance of the totals); not a number for one item or equal totals.</summary>
    public double Alpha => AlphaOf(Items, _squares.Sum(), _totalSquares);

    /// <summary>Standard error of measurement of a total: deviation × √(1 - alpha), in items.</summary>
    public double StandardErrorOfMeasurement => Deviation * Math.Sqrt(Math.Max(0, 1 - Alpha));

    /// <summary>Takes one person in. Nothing is allocated.</summary>
    /// <param name="scores">One per item, in [0, 1]; an item left out scores 0.</param>
    /// <exception cref="ArgumentException">The number of scores is not that of the items.</exception>
    public void Add(ReadOnlySpan<double> scores)
    {
        if (scores.Length != Items)
        {
            throw new ArgumentException($"The test has {Items} items, not {scores.Length}.", nameof(scores));
        }

        double total = 0;
        foreach (double score in scores)
        {
            total += score;
        }

        People++;
        double totalOff = total - _totalMean;
        _totalMean += totalOff / People;
        _totalSquares += totalOff * (total - _totalMean);
        for (int i = 0; i < scores.Length; i++)
        {
            double off = scores[i] - _means[i];
            _means[i] += off / People;
            _squares[i] += off * (scores[i] - _means[i]);
            _withTotal[i] += off * (total - _totalMean);
        }
    }

    /// <summary>Takes in what was counted elsewhere for the same items.</summary>
    /// <exception cref="ArgumentException">The number of items differs.</exception>
    public void Merge(TestStatistics other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Items != Items)
        {
            throw new ArgumentException($"The test has {Items} items, not {other.Items}.", nameof(other));
        }

        if (other.People == 0)
        {
            return;
        }

        double people = People + other.People;
        double share = other.People / people;
        double weight = People * share;
        double totalOff = other._totalMean - _totalMean;
        for (int i = 0; i < Items; i++)
        {
            double off = other._means[i] - _means[i];
            _squares[i] += other._squares[i] + (off * off * weight);
            _withTotal[i] += other._withTotal[i] + (off * totalOff * weight);
            _means[i] += off * share;
        }

        _totalSquares += other._totalSquares + (totalOff * totalOff * weight);
        _totalMean += totalOff * share;
        People += other.People;
    }

    /// <summary>The statistics of one item.</summary>
    public ItemStatistics Item(int item)
    {
        double rest = _totalSquares + _squares[item] - (2 * _withTotal[item]); // of the total without the item
        return new(
            _means[item],
            _withTotal[item] / Math.Sqrt(_squares[item] * _totalSquares),
            (_withTotal[item] - _squares[item]) / Math.Sqrt(_squares[item] * rest),
            AlphaOf(Items - 1, _squares.Sum() - _squares[item], rest));
    }

    private static double AlphaOf(int items, double itemSquares, double totalSquares) =>
        items > 1 && totalSquares > 0 ? items / (items - 1.0) * (1 - (itemSquares / totalSquares)) : double.NaN;
}

/// <summary>Classical statistics of one item.</summary>
/// <param name="Facility">Mean score, in [0, 1]: the share of right answers.</param>
/// <param name="PointBiserial">Correlation with the total, the item included; not a number when all scores are equal.</param>
/// <param name="CorrectedPointBiserial">Correlation with the total of the other items.</param>
/// <param name="AlphaIfDeleted">Cronbach's alpha of the test without the item.</param>
public readonly record struct ItemStatistics(double Facility, double PointBiserial, double CorrectedPointBiserial, double AlphaIfDeleted);
