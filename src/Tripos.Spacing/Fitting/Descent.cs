namespace Tripos.Spacing;

/// <summary>Adam with a falling step, over cards in random order, held back by how unusual a weight becomes.</summary>
/// <remarks>Kingma and Ba 2015; step length, batch, epochs and restraint as in fsrs-rs, but batches hold whole cards: their reviews share one walk.</remarks>
internal sealed class Descent(ReviewHistory history, FitOptions options, double[] importance)
{
    // How much each weight differs between learners (standard deviations published with FSRS-6).
    private static readonly double[] Spread =
    [
        6.43, 9.66, 17.58, 27.85, 0.57, 0.28, 0.6, 0.12, 0.39, 0.18, 0.33,
        0.3, 0.09, 0.16, 0.57, 0.25, 1.03, 0.31, 0.32, 0.14, 0.27,
    ];

    private readonly CardLoss _loss = new(history, options.ShortTerm);
    private readonly int[] _cards = [.. Enumerable.Range(0, history.CardCount).Where(card => Items(history, importance, card) > 0)];
    private readonly double _total = importance.Count(weight => weight > 0);
    private readonly double[] _mean = new double[FsrsWeights.Count];
    private readonly double[] _square = new double[FsrsWeights.Count];
    private int _steps;

    /// <summary>Moves the weights downhill; leaves those with the least loss seen at the end of an epoch.</summary>
    public void Run(Span<double> weights, IProgress<double>? progress, CancellationToken ct)
    {
        double[] start = weights.ToArray(), best = start, gradient = new double[FsrsWeights.Count];
        double least = double.PositiveInfinity;
        var random = new SplitMix(options.Seed);
        int planned = Batches() * options.Epochs;
        for (int epoch = 1; epoch <= options.Epochs; epoch++)
        {
            random.Shuffle(_cards);
            for (int next = 0; next < _cards.Length;)
            {
                ct.ThrowIfCancellationRequested();
                Array.Clear(gradient);
                int items = 0;
                while (next < _cards.Length && items < options.BatchSize)
                {
                    items += Items(history, importance, _cards[next]);
                    _loss.Add(weights, _cards[next++], importance, gradient);
                }

                Restrain(weights, start, items / _total, gradient);
                Step(weights, gradient, options.LearningRate * (1 + Math.Cos(Math.PI * Math.Min((double)_steps / planned, 1))) / 2);
            }

            double loss = Loss(weights, start);
            if (loss < least)
            {
                (least, best) = (loss, weights.ToArray());
            }

            progress?.Report((double)epoch / options.Epochs);
        }

        best.CopyTo(weights);
    }

    private static int Items(ReviewHistory history, double[] importance, int card)
    {
        int from = history.CardStarts[card];
        var counted = importance.AsSpan(from, Math.Min(history.CardStarts[card + 1] - from, CardLoss.MostReviews));
        return counted.Length - counted.Count(0.0);
    }

    private int Batches()
    {
        int batches = 0, items = options.BatchSize;
        foreach (int card in _cards)
        {
            batches += items >= options.BatchSize ? 1 : 0;
            items = (items >= options.BatchSize ? 0 : items) + Items(history, importance, card);
        }

        return batches;
    }

    private double Loss(ReadOnlySpan<double> weights, double[] start)
    {
        double loss = 0;
        foreach (int card in _cards)
        {
            loss += _loss.Add(weights, card, importance, []);
        }

        for (int i = 0; i < FsrsWeights.Count; i++)
        {
            loss += options.Restraint * Math.Pow((weights[i] - start[i]) / Spread[i], 2);
        }

        return loss;
    }

    private void Restrain(ReadOnlySpan<double> weights, double[] start, double share, double[] gradient)
    {
        for (int i = 0; i < FsrsWeights.Count; i++)
        {
            gradient[i] += options.Restraint * share * 2 * (weights[i] - start[i]) / (Spread[i] * Spread[i]);
        }
    }

    private void Step(Span<double> weights, double[] gradient, double rate)
    {
        _steps++;
        for (int i = 0; i < FsrsWeights.Count; i++)
        {
            _mean[i] = 0.9 * _mean[i] + 0.1 * gradient[i];
            _square[i] = 0.999 * _square[i] + 0.001 * gradient[i] * gradient[i];
            weights[i] -= rate * _mean[i] / (1 - Math.Pow(0.9, _steps)) / (Math.Sqrt(_square[i] / (1 - Math.Pow(0.999, _steps))) + 1e-8);
        }

        FsrsWeights.Clip(weights, options.RelearningSteps);
    }
}
