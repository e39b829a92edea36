namespace Tripos.Spacing;

/// <summary>Walks one card at a time: what the model predicts for its reviews, the loss, and the gradient of the loss.</summary>
internal sealed class CardLoss(ReviewHistory history, bool shortTerm)
{
    /// <summary>Reviews of a card beyond this many are not fitted, as in fsrs-rs.</summary>
    public const int MostReviews = 256;

    private const double Edge = 1e-9; // keeps the logarithms finite where recall is as good as certain

    private readonly MemoryState[] _states = new MemoryState[MostReviews];
    private readonly double[] _recalls = new double[MostReviews];

    /// <summary>The predicted chance of recall at every review of every card; 1 at first and same-day reviews.</summary>
    public double[] Predict(ReadOnlySpan<double> weights)
    {
        var model = new FitModel(weights, shortTerm);
        double[] predicted = new double[history.ReviewCount];
        for (int card = 0; card < history.CardCount; card++)
        {
            var (from, to) = (history.CardStarts[card], history.CardStarts[card + 1]);
            var state = model.First(history.Ratings[from]);
            predicted[from] = 1;
            for (int at = from + 1; at < to; at++)
            {
                predicted[at] = model.Recall(state.StabilityDays, history.Days[at]);
                state = model.Next(state, predicted[at], history.Ratings[at], history.Days[at]);
            }
        }

        return predicted;
    }

    /// <summary>Adds one card's loss and gradient.</summary>
    /// <param name="weights">The 21 weights.</param>
    /// <param name="card">The card.</param>
    /// <param name="importance">How much each review counts; 0 where it is not to be predicted.</param>
    /// <param name="gradient">21 sums to add to; empty when only the loss is wanted.</param>
    /// <returns>The weighted binary cross-entropy of the card's reviews.</returns>
    public double Add(ReadOnlySpan<double> weights, int card, ReadOnlySpan<double> importance, Span<double> gradient)
    {
        var model = new FitModel(weights, shortTerm);
        int from = history.CardStarts[card];
        int last = importance.Slice(from, Math.Min(history.CardStarts[card + 1] - from, MostReviews)).LastIndexOfAnyExcept(0.0);
        if (last < 1)
        {
            return 0;
        }

        double loss = Forward(model, from, last, importance);
        if (!gradient.IsEmpty)
        {
            Backward(model, from, last, importance, gradient);
        }

        return loss;
    }

    private double Forward(in FitModel model, int from, int last, ReadOnlySpan<double> importance)
    {
        double loss = 0;
        _states[0] = model.First(history.Ratings[from]);
        for (int i = 1; i <= last; i++)
        {
            int rating = history.Ratings[from + i], days = history.Days[from + i];
            double recall = _recalls[i] = model.Recall(_states[i - 1].StabilityDays, days);
            double weight = importance[from + i];
            loss -= weight == 0 ? 0 : weight * Math.Log(Math.Max(rating > 1 ? recall : 1 - recall, Edge));
            if (i < last)
            {
                _states[i] = model.Next(_states[i - 1], recall, rating, days);
            }
        }

        return loss;
    }

    private void Backward(in FitModel model, int from, int last, ReadOnlySpan<double> importance, Span<double> gradient)
    {
        double byStability = 0, byDifficulty = 0;
        for (int i = last; i >= 1; i--)
        {
            int rating = history.Ratings[from + i], days = history.Days[from + i];
            var (state, recall, weight) = (_states[i - 1], _recalls[i], importance[from + i]);
            double byRecall = i < last ? model.NextBack(state, recall, rating, days, ref byStability, ref byDifficulty, gradient) : 0;
            byRecall += weight == 0 ? 0 : rating > 1 ? -weight / Math.Max(recall, Edge) : weight / Math.Max(1 - recall, Edge);
            byStability += byRecall == 0 || days == 0 ? 0 : model.RecallBack(state.StabilityDays, days, recall, byRecall, gradient);
        }

        model.FirstBack(history.Ratings[from], byStability, byDifficulty, gradient);
    }
}
