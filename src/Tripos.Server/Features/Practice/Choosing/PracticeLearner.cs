using Tripos.Measurement.Ratings;
using Tripos.Server.Features.Folds;
using Tripos.Spacing;

namespace Tripos.Server.Features.Practice;

/// <summary>How a learner does in one topic, or (topic 0) in all.</summary>
/// <param name="Recent">Running mean of the scores, 0-1.</param>
public sealed record LearnerSkill(Rating Rating, int Attempts, double Recent);

/// <summary>When a learner last met a question.</summary>
/// <param name="LastCorrect">Null when it was shown and not decided.</param>
public readonly record struct SeenItem(DateTimeOffset At, bool? LastCorrect);

/// <summary>A review card.</summary>
/// <param name="Stability">Days until recall has fallen to nine in ten.</param>
public readonly record struct CardState(DateTimeOffset DueAt, double Stability, DateTimeOffset? LastReviewAt)
{
    private static readonly Fsrs Memory = Fsrs.Default;

    /// <summary>The chance of recall at a time, 0-1.</summary>
    public double RecallAt(DateTimeOffset at) =>
        LastReviewAt is not { } last || Stability <= 0 ? 0 : Memory.Retrievability(Math.Max(0, (at - last).TotalDays), Stability);
}

/// <summary>Everything about a learner that decides what they are asked next, read in one round trip.</summary>
public sealed record PracticeLearner(Guid Id)
{
    public static readonly Rating Unknown = RatingFold.Model.NewLearner();
    private static readonly Rating UnknownSkill = RatingFold.Model.NewLearnerSkill();

    public IReadOnlyDictionary<int, LearnerSkill> Skills { get; init; } = new Dictionary<int, LearnerSkill>();

    public IReadOnlyDictionary<int, SeenItem> Seen { get; init; } = new Dictionary<int, SeenItem>();

    public IReadOnlyDictionary<int, CardState> Cards { get; init; } = new Dictionary<int, CardState>();

    /// <summary>Questions of an exam that the learner is sitting now.</summary>
    public IReadOnlySet<int> InExam { get; init; } = new HashSet<int>();

    public IReadOnlyList<ServedItem> Served { get; init; } = [];

    /// <summary>Wrong answers at the end of this session.</summary>
    public int WrongInARow { get; init; }

    /// <summary>Words the learner gave as interests and goals; compared with tags and topics.</summary>
    public IReadOnlySet<string> Interests { get; init; } = new HashSet<string>();

    public bool Challenge { get; init; }

    /// <summary>Positive infinity without an exam, or after it.</summary>
    public double DaysToExam { get; init; } = double.PositiveInfinity;

    /// <summary>The score to reach, 0-1.</summary>
    public double Target { get; init; } = ReadStandings.UsualTarget;

    /// <summary>The topics of the modules in which the learner has answered something.</summary>
    public IReadOnlyCollection<int> BegunTopics(PracticeCatalogue catalogue)
    {
        var modules = catalogue.Topics.Values.Where(topic => topic.ModuleId is not null && Skills.TryGetValue(topic.Id, out var skill) && skill.Attempts > 0).Select(topic => topic.ModuleId).ToHashSet();
        return [.. catalogue.Topics.Values.Where(topic => topic.ModuleId is not null && modules.Contains(topic.ModuleId)).Select(topic => topic.Id)];
    }

    /// <summary>The learner's term for all topics.</summary>
    public Rating All => Skills.TryGetValue(0, out var all) ? all.Rating : Unknown;

    /// <summary>The learner's term for one topic, relative to <see cref="All"/>.</summary>
    public Rating In(int topic) => Skills.TryGetValue(topic, out var skill) ? skill.Rating : UnknownSkill;
}

/// <summary>A question that was chosen earlier in the same session.</summary>
public sealed record ServedItem(int QuestionId, int Topic, string Quota);
