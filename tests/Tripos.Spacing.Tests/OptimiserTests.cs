namespace Tripos.Spacing.Tests;

public sealed class OptimiserTests
{
    // A learner who forgets faster than most and for whom lapses cost more than usual.
    private static readonly double[] Learner = [.. FsrsWeights.Default.Select((weight, i) => i switch
    {
        <= 3 => weight * 0.4,
        8 => weight - 0.4,
        11 => weight * 0.6,
        20 => 0.3,
        _ => weight,
    })];

    private static readonly ReviewHistory Long = History(cards: 400, Learner);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_gradient_is_that_of_the_loss(bool shortTerm)
    {
        double[] weights = FsrsWeights.Adopt([.. Learner.Select(weight => weight * 1.07)]);
        double[] importance = [.. Enumerable.Range(0, Long.ReviewCount).Select(at => Long.Days[at] > 0 ? 0.5 + (at % 3) : 0)];
        var loss = new CardLoss(Long, shortTerm);

        double[] gradient = new double[FsrsWeights.Count];
        Sum(weights, gradient);

        Assert.All(Enumerable.Range(0, FsrsWeights.Count), i =>
        {
            double step = 1e-5 * Math.Max(weights[i], 0.01);
            double numeric = (Sum(Moved(i, step), []) - Sum(Moved(i, -step), [])) / (2 * step);
            Assert.Equal(numeric, gradient[i], Math.Max(1e-3, Math.Abs(numeric) * 2e-4));
        });
        Assert.True(gradient.Count(slope => slope != 0) >= (shortTerm ? 21 : 18));

        double Sum(double[] at, double[] slope) => Enumerable.Range(0, Long.CardCount).Sum(card => loss.Add(at, card, importance, slope));
        double[] Moved(int i, double by) => [.. weights.Select((weight, j) => j == i ? weight + by : weight)];
    }

    [Fact]
    public void A_fit_finds_a_learner_who_differs_and_predicts_the_days_that_follow_better()
    {
        var ct = TestContext.Current.CancellationToken;

        var fit = Optimiser.Fit(Long, ct: ct);
        var (fitted, usual) = Optimiser.EvaluateSplits(Long, ct: ct);

        double truth = Optimiser.Evaluate(Long, new Fsrs(Learner)).LogLoss;
        Assert.Equal(FitScope.All, fit.Scope);
        Assert.True(fit.After.LogLoss < fit.Before.LogLoss - 0.01);
        Assert.Equal(truth, fit.After.LogLoss, 0.01);
        Assert.True(fit.After.RmseBins < fit.Before.RmseBins);
        Assert.True(fitted.LogLoss < usual.LogLoss);
        Assert.Equal((Long.ReviewCount, fit.After.Reviews), (fit.ReviewsGiven, fit.ReviewsUsed));
    }

    [Fact]
    public void The_same_history_gives_the_same_weights_bit_for_bit()
    {
        var ct = TestContext.Current.CancellationToken;

        var once = Optimiser.Fit(Long, ct: ct);
        var again = Optimiser.Fit(History(cards: 400, Learner), ct: ct);

        Assert.Equal(once.Model.Weights, again.Model.Weights);
    }

    [Fact]
    public void Without_anything_to_learn_from_the_default_weights_stay()
    {
        var ct = TestContext.Current.CancellationToken;

        var empty = Optimiser.Fit(ReviewHistory.Of<int>([]), ct: ct);
        var sameDay = Optimiser.Fit(ReviewHistory.Of([new LoggedReview<int>(1, Recall.Good, DateTime.UnixEpoch), new(1, Recall.Good, DateTime.UnixEpoch.AddMinutes(5))]), ct: ct);

        Assert.All([empty, sameDay], fit => Assert.Equal((FitScope.None, Fsrs.Default, 0), (fit.Scope, fit.Model, fit.ReviewsUsed)));
        Assert.Equal(2, sameDay.ReviewsGiven);
    }

    [Fact]
    public void From_cards_seen_twice_only_the_first_stabilities_are_fitted()
    {
        var start = new DateTime(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);
        var reviews = Enumerable.Range(0, 60).SelectMany(card => new LoggedReview<int>[]
        {
            new(card, Recall.Good, start.AddMinutes(card)),
            new(card, card % 2 == 0 ? Recall.Again : Recall.Good, start.AddDays(5).AddMinutes(card)),
        });

        var fit = Optimiser.Fit(ReviewHistory.Of(reviews), ct: TestContext.Current.CancellationToken);

        Assert.Equal(FitScope.FirstStabilities, fit.Scope);
        Assert.True(fit.Model.Weights[2] < 1); // half forgotten after five days
        Assert.Equal(FsrsWeights.Default.Skip(4), fit.Model.Weights.Skip(4));
        Assert.True(fit.After.LogLoss < fit.Before.LogLoss);
    }

    [Fact]
    public void A_fit_reports_how_far_it_is_and_stops_when_asked()
    {
        var seen = new Seen();

        Optimiser.Fit(Long, progress: seen, ct: TestContext.Current.CancellationToken);

        Assert.Equal(FitOptions.Default.Epochs, seen.Shares.Count);
        Assert.Equal(1, seen.Shares[^1]);
        Assert.Throws<OperationCanceledException>(() => Optimiser.Fit(Long, ct: new CancellationToken(canceled: true)));
    }

    [Fact]
    public void First_stabilities_nobody_spoke_for_lie_on_the_line_of_the_others() // fsrs-rs, test_smooth_and_fill
    {
        double[] three = [0.4, 0, 2.3, 10.9];
        double[] one = [0, 0.35, 0, 0];
        double[] crossed = [3, 1, 2, 9];

        FirstStabilities.Smooth(three, [1, 0, 1, 1]);
        FirstStabilities.Smooth(one, [0, 1, 0, 0]);
        FirstStabilities.Smooth(crossed, [9, 1, 1, 1]);

        Assert.Equal(1.1227008, three[1], 1e-6);
        Assert.Equal([0.05738, 0.35, 0.62429, 2.24535], one.Select(value => Math.Round(value, 5)));
        Assert.Equal([3, 3, 3, 9], crossed);
    }

    [Fact]
    public void Reviews_of_a_log_are_put_in_order_and_ratings_that_are_none_left_out()
    {
        var start = new DateTime(2026, 1, 1, 3, 0, 0, DateTimeKind.Utc);

        var history = ReviewHistory.Of<string>(
        [
            new("b", Recall.Good, start.AddDays(3)),
            new("a", Recall.Good, start),
            new("a", 0, start.AddDays(1)),
            new("a", Recall.Again, start.AddHours(2)), // past four in the morning
            new("b", Recall.Easy, start),
        ], TimeSpan.FromHours(4));

        Assert.Equal((4, 2, 2), (history.ReviewCount, history.CardCount, history.ItemCount));
        Assert.Equal([0, 1, 0, 3], history.Days);
    }

    [Fact]
    public void Splitting_too_short_a_history_says_how_long_it_must_be() => Assert.Contains("6 reviews",
        Assert.Throws<ArgumentException>(() => Optimiser.EvaluateSplits(ReviewHistory.Of<int>([]), ct: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);

    // Cards reviewed about when the default schedule asks for them, remembered as often as the learner's own weights say.
    private static ReviewHistory History(int cards, double[] learner)
    {
        var random = new SplitMix(11);
        var (truth, usual) = (new Fsrs(learner), Fsrs.Default);
        var log = new List<LoggedReview<int>>();
        for (int card = 0; card < cards; card++)
        {
            var at = new DateTime(2026, 1, 1, 8, 0, 0, DateTimeKind.Utc).AddHours(card);
            var first = (Recall)(1 + (int)(random.Unit() * 4));
            log.Add(new(card, first, at));
            var (own, planned) = (truth.First(first), usual.First(first));
            for (int i = 0; i < 12; i++)
            {
                int days = random.Unit() < 0.2 ? 0 : (int)(usual.IntervalDays(planned.StabilityDays, 0.9) * (0.5 + random.Unit())) + 1;
                bool recalled = random.Unit() < truth.Retrievability(days, own.StabilityDays);
                var recall = !recalled ? Recall.Again : (Recall)(2 + (int)(random.Unit() * 3));
                at = at.AddDays(days).AddMinutes(1);
                log.Add(new(card, recall, at));
                (own, planned) = (truth.Next(own, recall, days), usual.Next(planned, recall, days));
            }
        }

        return ReviewHistory.Of(log);
    }

    private sealed class Seen : IProgress<double>
    {
        public List<double> Shares { get; } = [];

        public void Report(double value) => Shares.Add(value);
    }
}
