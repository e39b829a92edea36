namespace Tripos.Measurement.Irt;

/// <summary>
/// The posterior of an ability on an even grid of six prior standard deviations to both sides, kept in the caller's memory:
/// start with a normal prior, add answers, read mean and standard deviation (expected a posteriori; Bock and Mislevy 1982).
/// </summary>
public readonly ref struct AbilityPosterior
{
    /// <summary>Grid points that serve every standard error from 0.1 prior standard deviations on.</summary>
    public const int DefaultPoints = 121;

    private const double Reach = 6;
    private readonly Span<double> _density;
    private readonly double _start;
    private readonly double _step;

    /// <summary>The normal prior.</summary>
    /// <param name="density">Memory for the grid, at least 3 numbers; <see cref="DefaultPoints"/> serves. It is overwritten.</param>
    /// <param name="priorMean">Mean of the ability before any answer, in logits.</param>
    /// <param name="priorDeviation">Its standard deviation, in logits, &gt; 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The grid is too small or the deviation is not above 0.</exception>
    public AbilityPosterior(Span<double> density, double priorMean = 0, double priorDeviation = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(density.Length, 3, nameof(density));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(priorDeviation);
        _density = density;
        _start = priorMean - (Reach * priorDeviation);
        _step = 2 * Reach * priorDeviation / (density.Length - 1);
        for (int i = 0; i < density.Length; i++)
        {
            double z = (_start + (i * _step) - priorMean) / priorDeviation;
            density[i] = Math.Exp(-0.5 * z * z);
        }

        Normalise();
    }

    /// <summary>The grid's chances, summing to 1.</summary>
    public ReadOnlySpan<double> Density => _density;

    /// <summary>The ability at a grid point, in logits.</summary>
    public double ThetaAt(int point) => _start + (point * _step);

    /// <summary>Takes one answer in. Time is one exponential per grid point; nothing is allocated.</summary>
    /// <param name="score">1 right, 0 wrong; a part in between counts as that share of each.</param>
    /// <param name="a">Discrimination, per logit, &gt; 0.</param>
    /// <param name="b">Difficulty, in logits.</param>
    /// <param name="c">Chance of a right answer by guessing, in [0, 1).</param>
    /// <param name="bStandardError">How unsure the difficulty is, in logits; the answer then counts for less.</param>
    /// <exception cref="ArgumentOutOfRangeException">The score is outside [0, 1].</exception>
    public void Add(double score, double a, double b, double c = 0, double bStandardError = 0)
    {
        if (!(score is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(score), score, "A score lies between 0 and 1.");
        }

        double slope = Attenuated(a, bStandardError);
        for (int i = 0; i < _density.Length; i++)
        {
            double known = ItemResponse.Logistic(slope * (_start + (i * _step) - b));
            double right = c + ((1 - c) * known);
            double wrong = (1 - c) * (1 - known);
            _density[i] *= score == 1 ? right : score == 0 ? wrong : Math.Pow(right, score) * Math.Pow(wrong, 1 - score);
        }

        Normalise();
    }

    /// <summary>Mean and standard deviation.</summary>
    public AbilityEstimate Estimate()
    {
        double mean = 0;
        for (int i = 0; i < _density.Length; i++)
        {
            mean += _density[i] * ThetaAt(i);
        }

        double variance = 0;
        for (int i = 0; i < _density.Length; i++)
        {
            double off = ThetaAt(i) - mean;
            variance += _density[i] * off * off;
        }

        return new(mean, Math.Sqrt(variance));
    }

    /// <summary>The slope of an item whose difficulty is only known to a normal error: the curve averaged over that error is flatter by √(1 + π a² s² / 8).</summary>
    /// <remarks>MacKay's approximation of a logistic curve averaged over a normal (1992).</remarks>
    internal static double Attenuated(double a, double bStandardError) => bStandardError > 0 ? a / Math.Sqrt(1 + (Math.PI / 8 * a * a * bStandardError * bStandardError)) : a;

    private void Normalise()
    {
        double sum = 0;
        foreach (double chance in _density)
        {
            sum += chance;
        }

        for (int i = 0; i < _density.Length; i++)
        {
            _density[i] /= sum;
        }
    }
}
