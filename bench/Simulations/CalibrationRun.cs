using Tripos.Measurement.Irt;
using Tripos.Measurement.Ratings;
using Tripos.Measurement.Selection;

namespace Tripos.Bench.Simulations;

/// <summary>How honest the ratings of items are when the system itself chooses who answers what.</summary>
/// <param name="Coverage">Share of items whose 95 % interval holds the truth, in [0, 1], after <paramref name="Shift"/> is taken off.</param>
/// <param name="Shift">Mean of rating minus truth, in points: where the scale's zero went. Only differences between items, and between items and learners, mean anything.</param>
/// <param name="Correlation">Of rating and truth over the items.</param>
/// <param name="Error">Root mean square error, in points, the mean taken off.</param>
/// <param name="Deviation">Mean deviation the ratings claim, in points.</param>
/// <param name="Slope">Of rating on truth: above 1 the scale is inflated.</param>
/// <param name="Items">How many items got there.</param>
internal sealed record Honesty(double Coverage, double Shift, double Correlation, double Error, double Deviation, double Slope, int Items);

/// <summary>Learners come two hundred at a time, nobody and nothing is known before; every item is looked at when it has a number of answers.</summary>
internal sealed class CalibrationRun
{
    public static readonly int[] Looks = [20, 50, 100, 200, 400];
    private const int Skills = 5;
    private const int Cohort = 200;
    private const double Settled = 60; // points
    private const double FirstGrowth = 0.27; // logits that the first answer on a skill teaches; the n-th after it teaches 1 / (1 + 2n) of it
    private readonly RatingModel _model;
    private readonly Random _random;
    private readonly double _guess;
    private readonly double _growth;
    private readonly double[] _truth;
    private readonly Rating[] _items;
    private readonly Rating[] _skills;
    private readonly (double Points, double Deviation)?[,] _looks;

    public CalibrationRun(RatingSettings settings, int items, double guess, bool learning, int seed)
    {
        _model = new(settings);
        _random = new(seed);
        _guess = guess;
        _growth = learning ? FirstGrowth : 0;
        double[] hardness = [.. Enumerable.Range(0, Skills).Select(_ => _random.Normal(0, 0.4))];
        _truth = [.. Enumerable.Range(0, items).Select(item => hardness[item % Skills] + _random.Normal(0, 1.13))]; // 1.2 together
        _items = [.. _truth.Select(_ => _model.NewItem())];
        _skills = [.. hardness.Select(_ => _model.NewSkill())];
        _looks = new (double, double)?[Looks.Length, items];
    }

    /// <summary>Answers of the item that has fewest.</summary>
    public int FewestAnswers => _items.Min(item => item.Answers);

    /// <summary>Share of the answers that were probes.</summary>
    public double Probes { get; private set; }

    public void Run(int learners, int answersEach, SelectionRequest request)
    {
        int served = 0, probes = 0;
        for (int first = 0; first < learners; first += Cohort)
        {
            var cohort = Enumerable.Range(0, Cohort).Select(_ => new Learner(_model, _random, _items.Length)).ToArray();
            for (int turn = 0; turn < answersEach; turn++)
            {
                foreach (var learner in cohort)
                {
                    var pick = Ask(learner, request with { Seed = (ulong)_random.NextInt64(), Served = turn, ProbesServed = learner.Probes }, turn);
                    learner.Probes += pick ? 1 : 0;
                    served++;
                    probes += pick ? 1 : 0;
                }
            }
        }

        Probes = probes / (double)served;
    }

    public Honesty At(int look)
    {
        var seen = Enumerable.Range(0, _items.Length).Where(item => _looks[look, item] is not null)
            .Select(item => (Truth: ItemResponse.ToPoints(_truth[item]), _looks[look, item]!.Value.Points, _looks[look, item]!.Value.Deviation)).ToList();
        if (seen.Count < 3)
        {
            return new(0, 0, 0, 0, 0, 0, seen.Count);
        }

        double truth = seen.Average(item => item.Truth), points = seen.Average(item => item.Points);
        double together = seen.Sum(item => (item.Truth - truth) * (item.Points - points)), ofTruth = seen.Sum(item => Math.Pow(item.Truth - truth, 2)), ofPoints = seen.Sum(item => Math.Pow(item.Points - points, 2));
        return new(
            seen.Count(item => Math.Abs(item.Points - points - item.Truth + truth) <= 1.959964 * item.Deviation) / (double)seen.Count, points - truth, together / Math.Sqrt(ofTruth * ofPoints),
            Math.Sqrt(seen.Average(item => Math.Pow(item.Points - points - item.Truth + truth, 2))), seen.Average(item => item.Deviation), together / ofTruth, seen.Count);
    }

    private bool Ask(Learner learner, SelectionRequest request, double day)
    {
        Span<Candidate> candidates = new Candidate[_items.Length];
        int open = 0;
        for (int item = 0; item < _items.Length; item++)
        {
            if (!learner.Seen[item])
            {
                candidates[open++] = One(learner, item, day);
            }
        }

        Span<Pick> picks = stackalloc Pick[1];
        ItemSelector.Select(candidates[..open], request, picks);
        int asked = candidates[picks[0].Index].Item;
        learner.Seen[asked] = true;
        bool right = _random.NextDouble() < ItemResponse.Probability(learner.Abilities[asked % Skills], 1, _truth[asked], _guess);
        int skill = asked % Skills;
        learner.Abilities[skill] += _growth / (1 + (2 * learner.Skills[skill].Answers));
        _model.Update(ref learner.Rating, ref learner.Skills[skill], ref _items[asked], ref _skills[skill], right ? 1 : 0, _guess, day);
        if (Array.IndexOf(Looks, _items[asked].Answers) is >= 0 and var look)
        {
            _looks[look, asked] = (_model.DifficultyPoints(_items[asked], _skills[skill]), _model.DifficultyDeviation(_items[asked], _skills[skill]));
        }

        return picks[0].Kind == PickKind.Probe;
    }

    private Candidate One(Learner learner, int item, double day)
    {
        int skill = item % Skills;
        double deviation = _model.DifficultyDeviation(_items[item], _skills[skill]);
        return new()
        {
            Item = item, Topic = skill, Guess = _guess, Success = _model.Predict(learner.Rating, learner.Skills[skill], _items[item], _skills[skill], _guess, day),
            DifficultyPoints = _model.DifficultyPoints(_items[item], _skills[skill]), DifficultyDeviation = deviation,
            AbilityPoints = _model.AbilityPoints(learner.Rating, learner.Skills[skill]), AbilityDeviation = _model.AbilityDeviation(learner.Rating, learner.Skills[skill], day),
            TopicShare = 1.0 / Skills, ExpectedMs = 60_000, IsProbe = deviation > Settled || _items[item].Answers < 50,
        };
    }

    private sealed class Learner(RatingModel model, Random random, int items)
    {
        public Rating Rating = model.NewLearner();

        public double[] Abilities { get; } = Draw(random);

        public Rating[] Skills { get; } = [.. Enumerable.Range(0, CalibrationRun.Skills).Select(_ => model.NewLearnerSkill())];

        public bool[] Seen { get; } = new bool[items];

        public int Probes { get; set; }

        // 1 logit together, half of it the skill's own.
        private static double[] Draw(Random random)
        {
            double general = random.Normal(0, 0.87);
            return [.. Enumerable.Range(0, CalibrationRun.Skills).Select(_ => random.Normal(general, 0.5))];
        }
    }
}
