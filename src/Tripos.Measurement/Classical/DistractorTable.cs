namespace Tripos.Measurement.Classical;

/// <summary>How often each option of a question was chosen, and by how able people. People are added one at a time; parts counted apart can be merged.</summary>
public sealed class DistractorTable
{
    private readonly long[] _chosen;
    private readonly double[] _meansOfChoosers;
    private double _mean;
    private double _squares;

    /// <summary>Nobody has answered.</summary>
    /// <param name="options">How many options are offered, &gt; 0.</param>
    public DistractorTable(int options)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options);
        _chosen = new long[options];
        _meansOfChoosers = new double[options];
    }

    /// <summary>How many people saw the question.</summary>
    public long People { get; private set; }

    /// <summary>Takes one person in.</summary>
    /// <param name="option">Index of the option chosen, or -1 for none.</param>
    /// <param name="criterion">How able the person is: the total score without this question, or a rating.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such option.</exception>
    public void Add(int option, double criterion)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(option, -1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(option, _chosen.Length);
        People++;
        double off = criterion - _mean;
        _mean += off / People;
        _squares += off * (criterion - _mean);
        if (option >= 0)
        {
            _chosen[option]++;
            _meansOfChoosers[option] += (criterion - _meansOfChoosers[option]) / _chosen[option];
        }
    }

    /// <summary>Takes in what was counted elsewhere for the same question.</summary>
    /// <exception cref="ArgumentException">The number of options differs.</exception>
    public void Merge(DistractorTable other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other._chosen.Length != _chosen.Length)
        {
            throw new ArgumentException($"The question has {_chosen.Length} options, not {other._chosen.Length}.", nameof(other));
        }

        for (int i = 0; i < _chosen.Length; i++)
        {
            long both = _chosen[i] + other._chosen[i];
            _meansOfChoosers[i] += both == 0 ? 0 : (other._meansOfChoosers[i] - _meansOfChoosers[i]) * other._chosen[i] / both;
            _chosen[i] = both;
        }

        long people = People + other.People;
        double off = other._mean - _mean;
        _squares += other._squares + (people == 0 ? 0 : off * off * People * other.People / people);
        _mean += people == 0 ? 0 : off * other.People / people;
        People = people;
    }

    /// <summary>One row per option.</summary>
    public DistractorRow Option(int option)
    {
        double share = People == 0 ? 0 : _chosen[option] / (double)People;
        double deviation = Math.Sqrt(_squares / People);
        double correlation = (_meansOfChoosers[option] - _mean) / deviation * Math.Sqrt(share / (1 - share));
        return new(_chosen[option], share, _chosen[option] > 0 ? _meansOfChoosers[option] : double.NaN, correlation);
    }
}

/// <summary>How an option drew people.</summary>
/// <param name="Chosen">How many chose it.</param>
/// <param name="Share">Their share of all who saw the question, in [0, 1].</param>
/// <param name="MeanCriterion">Mean ability of those who chose it, in the unit it was given; not a number when nobody did.</param>
/// <param name="PointBiserial">Correlation of choosing it with ability; not a number when nobody or everybody chose it, or all are equally able.</param>
public readonly record struct DistractorRow(long Chosen, double Share, double MeanCriterion, double PointBiserial)
{
    /// <summary>A wrong option does its work when at least 5 % choose it and the less able do so more (Haladyna and Downing 1993).</summary>
    public bool Distracts => Share >= 0.05 && PointBiserial < 0;
}
