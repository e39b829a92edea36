using System.Collections.Immutable;

namespace Tripos.Spacing;

/// <summary>The memory model FSRS-6: how stability and difficulty change with each review, and when recall has faded to a wished level.</summary>
/// <remarks>
/// Immutable and safe to share. Days are whole study days; 0 is the same day. Results are rounded to 8 decimals at the places where ts-fsrs does,
/// so that a replay gives the same bits on machines whose exp and pow differ in the last one. First stabilities may be as low as
/// 0.001 days, as in fsrs-rs (ts-fsrs stops at 0.1).
/// </remarks>
public sealed class Fsrs
{
    /// <summary>The name of the formulas, to be kept beside states and weights: another version reads them differently.</summary>
    public const string Version = "fsrs-6";

    private readonly double[] _w;
    private readonly double _decay;
    private readonly double _factor;
    private readonly double _growth; // e^w8
    private readonly double _lapseDivisor; // e^(w17*w18): a lapse never leaves more than stability divided by this
    private readonly double _easyDifficulty; // D0(4), not clamped: what difficulty reverts to

    /// <summary>Makes a model from a set of weights, adopting older sets and clipping to the bounds (<see cref="FsrsWeights"/>).</summary>
    /// <param name="weights">21, 19 or 17 finite numbers.</param>
    /// <param name="relearningSteps">Relearning steps of the schedule the model is used in; see <see cref="FsrsWeights.Adopt"/>.</param>
    /// <exception cref="ArgumentException">The number of weights is wrong, or one is not finite.</exception>
    public Fsrs(ReadOnlySpan<double> weights, int relearningSteps = 1)
    {
        _w = FsrsWeights.Adopt(weights, relearningSteps);
        _decay = -_w[20];
        _factor = Round(Math.Exp(Math.Log(0.9) / _decay) - 1);
        _growth = Math.Exp(_w[8]);
        _lapseDivisor = Math.Exp(_w[17] * _w[18]);
        _easyDifficulty = FirstDifficulty(4);
    }

    /// <summary>The model with the published weights.</summary>
    public static Fsrs Default { get; } = new(FsrsWeights.Default.AsSpan());

    /// <summary>The 21 weights in use, within their bounds.</summary>
    public ImmutableArray<double> Weights => [.. _w];

    /// <summary>The state after the first review of all.</summary>
    /// <param name="recall">How it went.</param>
    /// <returns>S = w[g-1], D = w4 - e^(w5(g-1)) + 1 in [1, 10].</returns>
    public MemoryState First(Recall recall) =>
        new(Math.Max(_w[(int)recall - 1], FsrsWeights.LeastStabilityDays), Math.Clamp(FirstDifficulty((int)recall), 1, 10));

    /// <summary>The state after a further review.</summary>
    /// <param name="state">The state before it.</param>
    /// <param name="recall">How it went.</param>
    /// <param name="days">Whole study days since the review before; &gt;= 0, 0 on the same day.</param>
    /// <param name="shortTerm">Whether reviews on the same day follow their own formula; without it they count as a review at full recall.</param>
    /// <returns>Stability in [0.001, 36,500] days, never lower after a success; difficulty in [1, 10].</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="days"/> is negative.</exception>
    public MemoryState Next(MemoryState state, Recall recall, int days, bool shortTerm = true)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        double stability = days == 0 && shortTerm
            ? SameDay(state.StabilityDays, (int)recall)
            : recall == Recall.Again
                ? AfterLapse(state, Retrievability(days, state.StabilityDays), shortTerm)
                : AfterSuccess(state, Retrievability(days, state.StabilityDays), recall);
        return new(stability, NextDifficulty(state.Difficulty, (int)recall));
    }

    /// <summary>The state after a whole history of reviews.</summary>
    /// <param name="recalls">How the reviews went, in order; at least one.</param>
    /// <param name="days">Whole study days from each review's predecessor to it, as many; the first is not used.</param>
    /// <param name="shortTerm">As in <see cref="Next"/>.</param>
    /// <returns>The state.</returns>
    /// <exception cref="ArgumentException">There are no reviews, or not as many days.</exception>
    public MemoryState Replay(ReadOnlySpan<Recall> recalls, ReadOnlySpan<int> days, bool shortTerm = true)
    {
        if (recalls.IsEmpty || recalls.Length != days.Length)
        {
            throw new ArgumentException($"A history has reviews and as many days, not {recalls.Length} and {days.Length}.", nameof(days));
        }

        var state = First(recalls[0]);
        for (int i = 1; i < recalls.Length; i++)
        {
            state = Next(state, recalls[i], days[i], shortTerm);
        }

        return state;
    }

    /// <summary>The chance of recalling a memory.</summary>
    /// <param name="days">Days since the last review; &gt;= 0, whole in the model, parts of a day allowed.</param>
    /// <param name="stabilityDays">Stability in days; &gt; 0.</param>
    /// <returns>R = (1 + factor t/S)^decay, in (0, 1]; 0.9 where t = S.</returns>
    public double Retrievability(double days, double stabilityDays) =>
        Round(Math.Pow(1 + _factor * days / stabilityDays, _decay));

    /// <summary>Days after which the chance of recall has fallen to a wished level.</summary>
    /// <param name="stabilityDays">Stability in days; &gt; 0.</param>
    /// <param name="desiredRetention">The wished chance of recall; in (0, 1].</param>
    /// <param name="maximumDays">The longest interval given.</param>
    /// <returns>S/factor (r^(1/decay) - 1), rounded half up to a whole day, in [1, <paramref name="maximumDays"/>].</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="desiredRetention"/> is outside (0, 1].</exception>
    public int IntervalDays(double stabilityDays, double desiredRetention, int maximumDays = 36_500) =>
        WholeDays(stabilityDays * IntervalFactor(desiredRetention), maximumDays);

    /// <summary>Days per day of stability at a wished level of recall: 1 at 0.9, more below, less above.</summary>
    /// <param name="desiredRetention">The wished chance of recall; in (0, 1].</param>
    /// <returns>(r^(1/decay) - 1) / factor, unitless, &gt;= 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="desiredRetention"/> is outside (0, 1].</exception>
    public double IntervalFactor(double desiredRetention)
    {
        if (desiredRetention is not (> 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(desiredRetention), desiredRetention, "Desired retention is above 0 and at most 1.");
        }

        return Round((Math.Pow(desiredRetention, 1 / _decay) - 1) / _factor);
    }

    internal static int WholeDays(double days, int maximumDays) => (int)Math.Min(Math.Max(Math.Floor(days + 0.5), 1), maximumDays);

    internal static double Round(double value) => Math.Floor(value * 1e8 + 0.5) / 1e8;

    private double FirstDifficulty(int rating) => Round(_w[4] - Math.Exp(_w[5] * (rating - 1)) + 1);

    private double NextDifficulty(double difficulty, int rating)
    {
        double damped = difficulty + Round(-_w[6] * (rating - 3) * (10 - difficulty) / 9);
        return Math.Clamp(Round(_w[7] * _easyDifficulty + (1 - _w[7]) * damped), 1, 10);
    }

    private double AfterSuccess(MemoryState state, double recalled, Recall recall)
    {
        double rating = recall == Recall.Hard ? _w[15] : recall == Recall.Easy ? _w[16] : 1;
        double growth = _growth * (11 - state.Difficulty) * Math.Pow(state.StabilityDays, -_w[9]) * (Math.Exp((1 - recalled) * _w[10]) - 1);
        return Bounded(state.StabilityDays * (1 + growth * rating));
    }

    private double AfterLapse(MemoryState state, double recalled, bool shortTerm)
    {
        double forgotten = _w[11] * Math.Pow(state.Difficulty, -_w[12]) * (Math.Pow(state.StabilityDays + 1, _w[13]) - 1) * Math.Exp((1 - recalled) * _w[14]);
        double most = Round(shortTerm ? state.StabilityDays / _lapseDivisor : state.StabilityDays);
        return Math.Max(Math.Min(Bounded(forgotten), most), FsrsWeights.LeastStabilityDays);
    }

    private double SameDay(double stability, int rating)
    {
        double change = Math.Pow(stability, -_w[19]) * Math.Exp(_w[17] * (rating - 3 + _w[18]));
        return Bounded(stability * (rating >= 2 ? Math.Max(change, 1) : change));
    }

    private static double Bounded(double stability) =>
        Round(Math.Clamp(stability, FsrsWeights.LeastStabilityDays, FsrsWeights.GreatestStabilityDays));
}
