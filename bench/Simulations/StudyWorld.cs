using Tripos.Measurement.Irt;
using Tripos.Spacing;

namespace Tripos.Bench.Simulations;

/// <summary>An item as it is.</summary>
internal sealed record StudyItem(int Index, int Topic, int Group, double Difficulty, double Guess, int Ms);

/// <summary>The exam to prepare for: topics with their shares, and items whose difficulties the ratings know to 40 points.</summary>
internal sealed class StudyWorld
{
    public const int Topics = 8;
    public const double DifficultyDeviation = 40;

    public StudyWorld(int items, int seed)
    {
        var random = new Random(seed);
        double[] shares = [.. Enumerable.Range(0, Topics).Select(_ => 0.3 + random.NextDouble())];
        Shares = [.. shares.Select(share => share / shares.Sum())];
        double[] hardness = [.. Enumerable.Range(0, Topics).Select(_ => random.Normal(0, 0.4))];
        Items = [.. Enumerable.Range(0, items).Select(index => new StudyItem(
            index, index % Topics, random.Next(5) == 0 ? 1 + (index / 20) : 0, random.Normal(hardness[index % Topics], 0.9), random.Next(2) * 0.25, random.Next(30_000, 90_000)))];
        BelievedPoints = [.. Items.Select(item => ItemResponse.ToPoints(item.Difficulty) + random.Normal(0, DifficultyDeviation))];
    }

    public IReadOnlyList<StudyItem> Items { get; }

    public IReadOnlyList<double> Shares { get; }

    public IReadOnlyList<double> BelievedPoints { get; }
}

/// <summary>Someone who studies: abilities that grow most where success is even, and memories that fade after FSRS-6 with weights of their own.</summary>
internal sealed class StudyLearner
{
    private const double Growth = 0.12; // logits per answer at best, before the topic tires
    private readonly StudyWorld _world;
    private readonly Random _random;
    private readonly double[] _abilities;
    private readonly int[] _answers = new int[StudyWorld.Topics];
    private readonly Fsrs _memory;
    private readonly MemoryState?[] _states;
    private readonly int[] _lastDays;

    public StudyLearner(StudyWorld world, int seed)
    {
        _world = world;
        _random = new(seed);
        double general = _random.Normal(0, 0.8);
        _abilities = [.. Enumerable.Range(0, StudyWorld.Topics).Select(_ => _random.Normal(general, 0.6))];
        _memory = new([.. FsrsWeights.Default.Select(weight => weight * Math.Exp(_random.Normal(0, 0.15)))]);
        _states = new MemoryState?[world.Items.Count];
        _lastDays = new int[world.Items.Count];
    }

    /// <summary>Answers, reads the explanation, and is changed by it.</summary>
    public bool Answer(StudyItem item, int day)
    {
        double known = Known(item);
        bool right = _random.NextDouble() < Chance(item, day);
        _abilities[item.Topic] += Growth * known * (1 - known) / (1 + (0.05 * _answers[item.Topic]++));
        _states[item.Index] = After(_memory, _states[item.Index], right, day - _lastDays[item.Index]);
        _lastDays[item.Index] = day;
        return right;
    }

    /// <summary>Expected score of the exam, in [0, 1].</summary>
    public double ExamScore(int day) => _world.Items.GroupBy(item => item.Topic).Sum(topic => _world.Shares[topic.Key] * topic.Average(item => Chance(item, day)));

    /// <summary>Items remembered on a day, in expectation.</summary>
    public double Retained(int day) => _world.Items.Sum(item => Remembered(item, day));

    /// <summary>A memory after an answer; a wrong one is learnt again from the explanation at once.</summary>
    public static MemoryState After(Fsrs memory, MemoryState? state, bool right, int days)
    {
        var recall = right ? Recall.Good : Recall.Again;
        var next = state is { } known ? memory.Next(known, recall, days) : memory.First(recall);
        return right ? next : memory.Next(next, Recall.Good, 0);
    }

    private double Chance(StudyItem item, int day)
    {
        double recalled = Remembered(item, day);
        return recalled + ((1 - recalled) * (item.Guess + ((1 - item.Guess) * Known(item))));
    }

    private double Remembered(StudyItem item, int day) => _states[item.Index] is { } state ? _memory.Retrievability(day - _lastDays[item.Index], state.StabilityDays) : 0;

    private double Known(StudyItem item) => ItemResponse.Probability(_abilities[item.Topic], 1, item.Difficulty);
}
