namespace Tripos.Spacing;

/// <summary>The formulas of <see cref="Fsrs"/> without rounding, forwards and with their derivatives backwards.</summary>
/// <remarks>
/// Reverse mode by hand: an adjoint is the derivative of the whole loss by one intermediate value. A value held by a bound passes nothing on.
/// </remarks>
internal readonly ref struct FitModel
{
    private readonly ReadOnlySpan<double> _w;
    private readonly bool _shortTerm;
    private readonly double _decay;
    private readonly double _factor;
    private readonly double _factorByDecay;
    private readonly double _growth;
    private readonly double _lapseDivisor;
    private readonly double _easyDifficulty;

    public FitModel(ReadOnlySpan<double> weights, bool shortTerm)
    {
        _w = weights;
        _shortTerm = shortTerm;
        _decay = -weights[20];
        double base90 = Math.Exp(Math.Log(0.9) / _decay);
        _factor = base90 - 1;
        _factorByDecay = -base90 * Math.Log(0.9) / (_decay * _decay);
        _growth = Math.Exp(weights[8]);
        _lapseDivisor = shortTerm ? Math.Exp(weights[17] * weights[18]) : 1;
        _easyDifficulty = weights[4] - Math.Exp(weights[5] * 3) + 1;
    }

    public double Recall(double stability, int days) => days == 0 ? 1 : Math.Pow(1 + _factor * days / stability, _decay);

    public MemoryState First(int rating) =>
        new(_w[rating - 1], Math.Clamp(_w[4] - Math.Exp(_w[5] * (rating - 1)) + 1, 1, 10));

    public MemoryState Next(MemoryState state, double recall, int rating, int days)
    {
        double stability = days == 0 && _shortTerm ? SameDay(state.StabilityDays, rating)
            : rating == 1 ? Math.Min(Lapse(state, recall), state.StabilityDays / _lapseDivisor)
            : state.StabilityDays * (1 + Growth(state, recall, rating));
        return new(
            Math.Clamp(stability, FsrsWeights.LeastStabilityDays, FsrsWeights.GreatestStabilityDays),
            Math.Clamp(_w[7] * _easyDifficulty + (1 - _w[7]) * Damped(state.Difficulty, rating), 1, 10));
    }

    /// <summary>Adds what the first state owes to the gradient.</summary>
    public void FirstBack(int rating, double byStability, double byDifficulty, Span<double> gradient)
    {
        gradient[rating - 1] += byStability;
        double power = Math.Exp(_w[5] * (rating - 1));
        if (_w[4] - power + 1 is > 1 and < 10)
        {
            gradient[4] += byDifficulty;
            gradient[5] -= byDifficulty * (rating - 1) * power;
        }
    }

    /// <summary>Turns the adjoints after a review into those before it and adds what the weights owe; returns the adjoint of recall.</summary>
    public double NextBack(MemoryState state, double recall, int rating, int days, ref double byStability, ref double byDifficulty, Span<double> gradient)
    {
        double byNext = byStability, byRecall = 0;
        byDifficulty = DifficultyBack(state.Difficulty, rating, byDifficulty, gradient);
        byStability = 0;
        if (days == 0 && _shortTerm)
        {
            byStability = SameDayBack(state.StabilityDays, rating, byNext, gradient);
        }
        else if (rating == 1)
        {
            byRecall = LapseBack(state, recall, byNext, ref byStability, ref byDifficulty, gradient);
        }
        else
        {
            byRecall = SuccessBack(state, recall, rating, byNext, ref byStability, ref byDifficulty, gradient);
        }

        return byRecall;
    }

    /// <summary>Passes the adjoint of recall on to stability and the decay.</summary>
    public double RecallBack(double stability, int days, double recall, double byRecall, Span<double> gradient)
    {
        double ratio = days / stability;
        double inner = 1 + _factor * ratio;
        gradient[20] -= byRecall * recall * (Math.Log(inner) + _decay * ratio * _factorByDecay / inner);
        return -byRecall * recall * _decay * _factor * ratio / (stability * inner);
    }

    private double Damped(double difficulty, int rating) => difficulty - _w[6] * (rating - 3) * (10 - difficulty) / 9;

    private double RatingFactor(int rating) => rating == 2 ? _w[15] : rating == 4 ? _w[16] : 1;

    private double Growth(MemoryState state, double recall, int rating) => _growth * (11 - state.Difficulty)
        * Math.Pow(state.StabilityDays, -_w[9]) * (Math.Exp(_w[10] * (1 - recall)) - 1) * RatingFactor(rating);

    private double Lapse(MemoryState state, double recall) => _w[11] * Math.Pow(state.Difficulty, -_w[12])
        * (Math.Pow(state.StabilityDays + 1, _w[13]) - 1) * Math.Exp(_w[14] * (1 - recall));

    private double Change(double stability, int rating) => Math.Exp(_w[17] * (rating - 3 + _w[18])) * Math.Pow(stability, -_w[19]);

    private double SameDay(double stability, int rating) =>
        stability * (rating > 1 ? Math.Max(Change(stability, rating), 1) : Change(stability, rating));

    private static bool IsFree(double stability) => stability is > FsrsWeights.LeastStabilityDays and < FsrsWeights.GreatestStabilityDays;

    private double DifficultyBack(double difficulty, int rating, double byNext, Span<double> gradient)
    {
        double damped = Damped(difficulty, rating);
        if (_w[7] * _easyDifficulty + (1 - _w[7]) * damped is <= 1 or >= 10)
        {
            return 0;
        }

        gradient[4] += byNext * _w[7];
        gradient[5] -= byNext * _w[7] * 3 * Math.Exp(_w[5] * 3);
        gradient[6] -= byNext * (1 - _w[7]) * (rating - 3) * (10 - difficulty) / 9;
        gradient[7] += byNext * (_easyDifficulty - damped);
        return byNext * (1 - _w[7]) * (1 + _w[6] * (rating - 3) / 9);
    }

    private double SameDayBack(double stability, int rating, double byNext, Span<double> gradient)
    {
        double change = Change(stability, rating);
        if (rating > 1 && change <= 1)
        {
            return byNext;
        }

        if (!IsFree(stability * change))
        {
            return 0;
        }

        double by = byNext * stability * change;
        gradient[17] += by * (rating - 3 + _w[18]);
        gradient[18] += by * _w[17];
        gradient[19] -= by * Math.Log(stability);
        return byNext * change * (1 - _w[19]);
    }

    private double LapseBack(MemoryState state, double recall, double byNext, ref double byStability, ref double byDifficulty, Span<double> gradient)
    {
        double lapse = Lapse(state, recall), most = state.StabilityDays / _lapseDivisor;
        if (!IsFree(Math.Min(lapse, most)))
        {
            return 0;
        }

        if (most < lapse)
        {
            byStability += byNext / _lapseDivisor;
            gradient[17] -= _shortTerm ? byNext * most * _w[18] : 0;
            gradient[18] -= _shortTerm ? byNext * most * _w[17] : 0;
            return 0;
        }

        double by = byNext * lapse;
        double raised = Math.Pow(state.StabilityDays + 1, _w[13]);
        gradient[11] += by / _w[11];
        gradient[12] -= by * Math.Log(state.Difficulty);
        gradient[13] += by * raised * Math.Log(state.StabilityDays + 1) / (raised - 1);
        gradient[14] += by * (1 - recall);
        byStability += by * _w[13] * raised / ((state.StabilityDays + 1) * (raised - 1));
        byDifficulty -= by * _w[12] / state.Difficulty;
        return -by * _w[14];
    }

    private double SuccessBack(MemoryState state, double recall, int rating, double byNext, ref double byStability, ref double byDifficulty, Span<double> gradient)
    {
        double power = Math.Exp(_w[10] * (1 - recall));
        double unrated = _growth * (11 - state.Difficulty) * Math.Pow(state.StabilityDays, -_w[9]);
        double scale = unrated * RatingFactor(rating);
        double growth = scale * (power - 1);
        if (!IsFree(state.StabilityDays * (1 + growth)))
        {
            return 0;
        }

        double by = byNext * state.StabilityDays;
        gradient[8] += by * growth;
        gradient[9] -= by * growth * Math.Log(state.StabilityDays);
        gradient[10] += by * scale * power * (1 - recall);
        if (rating is 2 or 4)
        {
            gradient[rating == 2 ? 15 : 16] += by * unrated * (power - 1);
        }

        byStability += byNext * (1 + growth * (1 - _w[9]));
        byDifficulty -= by * growth / (11 - state.Difficulty);
        return -by * scale * power * _w[10];
    }
}
