namespace Tripos.Spacing;

/// <summary>Fits the 21 weights to one learner's review history, and measures how well weights predict it.</summary>
/// <remarks>
/// The method of fsrs-rs: outliers are left out, the four first stabilities come from a direct search, then all weights are moved downhill on the
/// recency-weighted cross-entropy with gradients derived by hand. Single-threaded; the same history and options give the same weights.
/// </remarks>
public static class Optimiser
{
    private const int LeastItems = 8;
    private const int LeastItemsForAll = 64;
    private const int Splits = 5;

    /// <summary>Fits weights to a history.</summary>
    /// <param name="history">The reviews.</param>
    /// <param name="options">How; the usual way when left out.</param>
    /// <param name="progress">Told the share done, in [0, 1].</param>
    /// <param name="ct">Stops the fit between two steps.</param>
    /// <returns>The weights to use: the default ones where there is too little to learn from or nothing was gained.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public static FitResult Fit(ReviewHistory history, FitOptions? options = null, IProgress<double>? progress = null, CancellationToken ct = default)
    {
        options ??= FitOptions.Default;
        var (kept, first) = OutlierFilter.Apply(history, history.Items);
        var (weights, scope) = Fit(history, history.Items, kept, first, options, progress, ct);
        var before = Evaluate(history, FsrsWeights.Default.AsSpan(), kept, first, options);
        var after = scope == FitScope.None ? before : Evaluate(history, weights, kept, first, options);
        return after.LogLoss < before.LogLoss
            ? new(new Fsrs(weights, options.RelearningSteps), scope, before, after, history.ReviewCount, kept.Length)
            : new(Fsrs.Default, FitScope.None, before, before, history.ReviewCount, kept.Length);
    }

    /// <summary>Measures a model on a history it may have been fitted to, the way a fit is judged: without outliers, recent reviews counting more.</summary>
    /// <param name="history">The reviews.</param>
    /// <param name="model">The model.</param>
    /// <param name="options">How; only whether same-day reviews count apart and recent ones count more is used.</param>
    /// <returns>Comparable with what fsrs-rs's <c>evaluate</c> prints.</returns>
    public static Evaluation Evaluate(ReviewHistory history, Fsrs model, FitOptions? options = null)
    {
        var (kept, first) = OutlierFilter.Apply(history, history.Items);
        return Evaluate(history, model.Weights.AsSpan(), kept, first, options ?? FitOptions.Default);
    }

    /// <summary>Measures a model on every review of a stretch of the history, all counting alike.</summary>
    /// <param name="history">The reviews.</param>
    /// <param name="model">The model.</param>
    /// <param name="from">The first review to predict, counted among those that can be, in time order; &gt;= 0.</param>
    /// <param name="shortTerm">Whether same-day reviews follow their own formula.</param>
    /// <returns>The plain measures.</returns>
    public static Evaluation EvaluateFrom(ReviewHistory history, Fsrs model, int from = 0, bool shortTerm = true) =>
        EvaluatePlain(history, history.Items.AsSpan(from), new CardLoss(history, shortTerm).Predict(model.Weights.AsSpan()));

    /// <summary>Fits to the first so many reviews only, to be measured on the rest.</summary>
    /// <param name="history">The reviews.</param>
    /// <param name="items">Reviews to fit to, counted among those that can be predicted, in time order.</param>
    /// <param name="options">How.</param>
    /// <returns>The model.</returns>
    public static Fsrs FitUntil(ReviewHistory history, int items, FitOptions? options = null)
    {
        options ??= FitOptions.Default;
        var seen = history.Items.AsSpan(0, items);
        var (kept, first) = OutlierFilter.Apply(history, seen);
        return new(Fit(history, seen, kept, first, options, null, default).Weights, options.RelearningSteps);
    }

    /// <summary>The honest measure of what fitting gains: five times, fits to the past and predicts the stretch that followed.</summary>
    /// <param name="history">The reviews; at least 6 that can be predicted.</param>
    /// <param name="options">How.</param>
    /// <param name="ct">Stops between two stretches.</param>
    /// <returns>The measures over the five stretches together, all reviews counting alike, and those of the default weights on the same reviews.</returns>
    /// <exception cref="ArgumentException">The history has too few reviews.</exception>
    public static (Evaluation Fitted, Evaluation Default) EvaluateSplits(ReviewHistory history, FitOptions? options = null, CancellationToken ct = default)
    {
        options ??= FitOptions.Default;
        int stretch = history.ItemCount / (Splits + 1);
        if (stretch == 0)
        {
            throw new ArgumentException($"Splitting needs {Splits + 1} reviews a day or more after the one before, not {history.ItemCount}.", nameof(history));
        }

        var loss = new CardLoss(history, options.ShortTerm);
        double[] predicted = new double[history.ReviewCount];
        for (int split = 1; split <= Splits; split++)
        {
            ct.ThrowIfCancellationRequested();
            double[] all = loss.Predict(FitUntil(history, split * stretch, options).Weights.AsSpan());
            foreach (int item in history.Items.AsSpan(split * stretch, split == Splits ? history.ItemCount - split * stretch : stretch))
            {
                predicted[item] = all[item];
            }
        }

        var tested = history.Items.AsSpan(stretch);
        return (EvaluatePlain(history, tested, predicted), EvaluatePlain(history, tested, loss.Predict(FsrsWeights.Default.AsSpan())));
    }

    private static (double[] Weights, FitScope Scope) Fit(ReviewHistory history, ReadOnlySpan<int> items, int[] kept, int[] first, FitOptions options, IProgress<double>? progress, CancellationToken ct)
    {
        double[] weights = [.. FsrsWeights.Default];
        if (kept.Length < LeastItems || first.Length == 0)
        {
            return (weights, FitScope.None);
        }

        double recalled = 0;
        foreach (int item in items)
        {
            recalled += history.Ratings[item] > 1 ? 1 : 0;
        }

        int[] counts = FirstStabilities.Fit(history, first, recalled / items.Length, weights);
        if (kept.Length == first.Length || kept.Length < LeastItemsForAll)
        {
            return (weights, FitScope.FirstStabilities);
        }

        double[] importance = new double[history.ReviewCount];
        for (int i = 0; i < kept.Length; i++)
        {
            importance[kept[i]] = Importance(i, kept.Length, options);
        }

        new Descent(history, options, importance).Run(weights, progress, ct);
        FirstStabilities.Smooth(weights.AsSpan(0, 4), counts);
        return (weights, FitScope.All);
    }

    // fsrs-rs puts the first long reviews in front before it weights by place; doing the same keeps the figures comparable.
    private static Evaluation Evaluate(ReviewHistory history, ReadOnlySpan<double> weights, int[] kept, int[] first, FitOptions options)
    {
        int[] order = [.. first, .. kept.Except(first)];
        double[] all = new CardLoss(history, options.ShortTerm).Predict(weights);
        return Score.Of(history, order, order.Select((_, i) => Importance(i, order.Length, options)).ToArray(), order.Select(item => all[item]).ToArray());
    }

    private static Evaluation EvaluatePlain(ReviewHistory history, ReadOnlySpan<int> items, double[] all)
    {
        double[] predicted = new double[items.Length], importance = new double[items.Length];
        for (int i = 0; i < items.Length; i++)
        {
            (predicted[i], importance[i]) = (all[items[i]], 1);
        }

        return Score.Of(history, items, importance, predicted);
    }

    private static double Importance(int place, int count, FitOptions options) =>
        options.FavourRecent ? 0.25 + 0.75 * Math.Pow(place / Math.Max(count - 1.0, 1), 3) : 1;
}
