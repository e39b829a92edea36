using Tripos.Measurement.Irt;
using Tripos.Measurement.Ratings;
using Tripos.Measurement.Selection;
using Tripos.Spacing;

namespace Tripos.Bench.Simulations;

/// <summary>What the ratings and the published memory model believe of a learner: all that a policy may look at.</summary>
internal sealed class StudyBeliefs
{
    private const double DueBelow = 0.9;
    private const int RestDays = 3; // after a right answer an item rests, unless due
    private static readonly RatingModel Model = new(RatingSettings.Default);
    private readonly StudyWorld _world;
    private readonly int _examDay;
    private readonly Rating[] _skills;
    private readonly Rating[] _items;
    private readonly MemoryState?[] _states;
    private readonly int[] _lastDays;
    private readonly bool[] _lastRight;
    private readonly int[] _served = new int[StudyWorld.Topics];
    private Rating _learner = Model.NewLearner();
    private int _answers;

    public StudyBeliefs(StudyWorld world, int examDay)
    {
        (_world, _examDay) = (world, examDay);
        _skills = [.. Enumerable.Range(0, StudyWorld.Topics).Select(_ => Model.NewLearnerSkill())];
        _items = [.. world.BelievedPoints.Select(points => new Rating { Points = points - RatingScale.Centre, Deviation = StudyWorld.DifficultyDeviation, Answers = 50 })];
        _states = new MemoryState?[world.Items.Count];
        _lastDays = new int[world.Items.Count];
        _lastRight = new bool[world.Items.Count];
    }

    public void Answered(StudyItem item, bool right, int day)
    {
        var (difficulty, skill) = (_items[item.Index], default(Rating));
        bool recalls = _states[item.Index] is not null;
        if (!recalls) // what is remembered says little of the ability
        {
            Model.Update(ref _learner, ref _skills[item.Topic], ref difficulty, ref skill, right ? 1 : 0, item.Guess, day);
        }

        _states[item.Index] = StudyLearner.After(Fsrs.Default, _states[item.Index], right, day - _lastDays[item.Index]);
        _lastDays[item.Index] = day;
        _lastRight[item.Index] = right;
        _served[item.Topic]++;
        _answers++;
    }

    /// <summary>Every item that may be asked today.</summary>
    public List<Candidate> Candidates(int day, IReadOnlyList<int> exposuresToday, double mostExposures)
    {
        var candidates = new List<Candidate>(_world.Items.Count);
        var abilities = Enumerable.Range(0, StudyWorld.Topics).Select(topic => (Points: Model.AbilityPoints(_learner, _skills[topic]), Deviation: Model.AbilityDeviation(_learner, _skills[topic], day))).ToArray();
        foreach (var item in _world.Items)
        {
            int days = day - _lastDays[item.Index];
            double recalled = _states[item.Index] is { } state ? Fsrs.Default.Retrievability(days, state.StabilityDays) : 1;
            bool seen = _states[item.Index] is not null;
            bool due = seen && days > 0 && recalled < DueBelow;
            if (!seen || due || (days > 0 && !(_lastRight[item.Index] && days < RestDays)))
            {
                candidates.Add(One(item, day, abilities[item.Topic], recalled, due) with { ExposureShare = exposuresToday[item.Index] / mostExposures });
            }
        }

        return candidates;
    }

    private Candidate One(StudyItem item, int day, (double Points, double Deviation) ability, double recalled, bool due)
    {
        bool seen = _states[item.Index] is not null;
        double known = Model.Predict(_learner, _skills[item.Topic], _items[item.Index], default, item.Guess, day);
        double topic = ItemResponse.Probability(ItemResponse.ToLogits(ability.Points), 1, 0);
        return new()
        {
            Item = item.Index, Topic = item.Topic, Group = item.Group, Guess = item.Guess, ExpectedMs = item.Ms,
            Success = seen ? recalled + ((1 - recalled) * known) : known,
            DifficultyPoints = _world.BelievedPoints[item.Index], DifficultyDeviation = StudyWorld.DifficultyDeviation, AbilityPoints = ability.Points, AbilityDeviation = ability.Deviation,
            IsDue = due, Retrievability = recalled, RecallGainAtExam = (1 - known) * (seen ? Gain(item.Index, day, recalled) : GainOfNew(day, known)),
            Weakness = Math.Clamp((0.85 - topic) * 2 * _world.Shares[item.Topic] / _world.Shares.Max(), 0, 1), TopicShare = _world.Shares[item.Topic],
            ServedShare = _answers == 0 ? 0 : _served[item.Topic] / (double)_answers, HoursSinceSeen = seen ? 24.0 * (day - _lastDays[item.Index]) : double.PositiveInfinity,
            IsProbe = item.Index % 10 == 0,
        };
    }

    private double GainOfNew(int day, double known)
    {
        double Recall(bool right) => Fsrs.Default.Retrievability(_examDay - day, StudyLearner.After(Fsrs.Default, null, right, 0).StabilityDays);
        return (known * Recall(true)) + ((1 - known) * Recall(false));
    }

    private double Gain(int item, int day, double recalled)
    {
        var (state, left, days) = (_states[item]!.Value, _examDay - day, day - _lastDays[item]);
        double right = Fsrs.Default.Retrievability(left, StudyLearner.After(Fsrs.Default, state, true, days).StabilityDays);
        double wrong = Fsrs.Default.Retrievability(left, StudyLearner.After(Fsrs.Default, state, false, days).StabilityDays);
        return Math.Max(0, (recalled * right) + ((1 - recalled) * wrong) - Fsrs.Default.Retrievability(left + days, state.StabilityDays));
    }
}
