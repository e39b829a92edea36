using System.Runtime.InteropServices;
using Tripos.Measurement.Ratings;
using Tripos.Measurement.Selection;
using Tripos.Server.Features.Folds;

namespace Tripos.Server.Features.Practice;

/// <summary>What the choice is made under.</summary>
/// <param name="TopicIds">Where from; empty for everywhere.</param>
/// <param name="Mode">What the learner practises for.</param>
/// <param name="TargetSuccess">The chance of success to aim at, 0-1.</param>
/// <param name="MeasuringOnly">Only questions whose whole answer a rule decides.</param>
internal sealed record ChoiceRules(IReadOnlyCollection<int> TopicIds, PracticeMode Mode, double TargetSuccess, bool MeasuringOnly);

/// <summary>
/// The few hundred questions worth scoring for one learner: near the wanted difficulty in each topic, the reviews that are due, and some whose difficulty is not
/// settled. Questions that may not be asked are not among them.
/// </summary>
internal sealed class Candidates(PracticeCatalogue catalogue, PracticeLearner learner, ChoiceRules rules, Func<int, double> exposure, DateTimeOffset now, ulong seed)
{
    /// <summary>A question answered correctly is not asked again for so long, unless its review is due.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromDays(7);

    private const int MostNear = 400;
    private const int MostDue = 40;
    private const int MostProbes = 40;
    private const int MostTopics = 80;
    private const double MiddleGuess = 0.15;

    private readonly double _atDays = (now - DateTimeOffset.UnixEpoch).TotalDays;
    private readonly HashSet<int> _chosen = [];
    private readonly HashSet<int> _served = [.. learner.Served.Select(item => item.QuestionId)];
    private readonly Dictionary<int, InTopic> _topics = [];
    private readonly List<Candidate> _candidates = new(MostNear + MostDue + MostProbes);

    /// <summary>What is the same for all questions of a topic.</summary>
    private sealed record InTopic(PracticeTopic Topic, TopicStanding Standing, double ServedShare, Rating Learner)
    {
        public double Ability => Standing.Ability;

        public double Deviation => Standing.Deviation;

        /// <summary>0 where the topic is not weak; else what is missing to the target, as a share of it.</summary>
        public double Weakness { get; } = !Standing.IsWeak ? 0 : Math.Clamp((Standing.Target - Math.Min(Standing.Expected, Standing.Recent ?? 1)) / Standing.Target, 0.05, 1);
    }

    public ReadOnlySpan<Candidate> All => CollectionsMarshal.AsSpan(_candidates);

    /// <summary>The questions as the predictor sees them, in the order of <see cref="All"/>.</summary>
    public List<PredictedItem> ToPredict => _candidates.ConvertAll(candidate => new PredictedItem(candidate.Item, candidate.Topic, candidate.Guess));

    /// <summary>Puts better predictions in the place of those by the ratings, in the order of <see cref="All"/>.</summary>
    public void Expect(IReadOnlyList<double> successes)
    {
        for (int i = 0; i < _candidates.Count; i++)
        {
            _candidates[i] = _candidates[i] with { Success = successes[i] };
        }
    }

    public TopicStanding StandingIn(int topic) => _topics[topic].Standing;

    public static Candidates Gather(PracticeCatalogue catalogue, PracticeLearner learner, ChoiceRules rules, Func<int, double> exposure, DateTimeOffset now, ulong seed)
    {
        var candidates = new Candidates(catalogue, learner, rules, exposure, now, seed);
        var scope = catalogue.InScope(rules.TopicIds);
        candidates.Describe(scope);
        candidates.AddDue();
        candidates.AddNear(scope);
        candidates.AddProbes(scope);
        return candidates;
    }

    private void Describe(PracticeTopic[] scope)
    {
        double live = Math.Max(1, scope.Sum(topic => topic.Live.Length));
        var servedIn = learner.Served.GroupBy(item => item.Topic).ToDictionary(group => group.Key, group => group.Count());
        var asked = scope.ToDictionary(topic => topic.Id, topic => servedIn.GetValueOrDefault(topic.Id) + (learner.Skills.TryGetValue(topic.Id, out var skill) ? skill.Attempts : 0));
        double askedInAll = Math.Max(1, asked.Values.Sum());
        var all = learner.All;
        foreach (var topic in scope)
        {
            var skill = learner.In(topic.Id);
            double ability = RatingFold.Model.AbilityPoints(all, skill), deviation = Math.Max(1, RatingFold.Model.AbilityDeviation(all, skill, _atDays));
            var (expected, low, high) = Standings.Expect(ability, deviation, topic.Rating, topic.Guess);
            var known = learner.Skills.GetValueOrDefault(topic.Id);
            var standing = new TopicStanding(
                topic.Id, topic.Name, topic.ModuleId ?? 0, topic.Module, topic.Live.Length / live, known?.Attempts ?? 0, 0, known?.Recent, null, null, ability, deviation, expected, low, high, learner.Target);
            _topics[topic.Id] = new InTopic(topic, standing, asked[topic.Id] / askedInAll, skill);
        }
    }

    // The reviews that are most forgotten.
    private void AddDue()
    {
        var due = learner.Cards.Where(card => card.Value.DueAt <= now && catalogue.Items.TryGetValue(card.Key, out var item) && item.IsLive && _topics.ContainsKey(item.Topic) && MayAsk(item))
            .OrderBy(card => card.Value.RecallAt(now)).ThenBy(card => card.Key).Take(MostDue);
        foreach (var (id, _) in due)
        {
            Add(catalogue.Items[id]);
        }
    }

    private void AddNear(PracticeTopic[] scope)
    {
        var topics = scope.Length <= MostTopics ? scope : Promising(scope);
        int each = Math.Max(4, MostNear / Math.Max(1, topics.Length));
        foreach (var topic in topics)
        {
            AddNear(_topics[topic.Id], each);
        }
    }

    // Too many topics to look into all: the weak and the neglected ones, and as many others by chance.
    private PracticeTopic[] Promising(PracticeTopic[] scope)
    {
        var draws = new Draws(seed ^ 1);
        var byNeed = scope.OrderByDescending(topic => _topics[topic.Id] is var it ? it.Weakness + Math.Max(0, it.Standing.Weight - it.ServedShare) : 0).ThenBy(topic => topic.Id).ToList();
        return [.. byNeed.Take(MostTopics / 2), .. byNeed.Skip(MostTopics / 2).Select(topic => (Topic: topic, Draw: draws.Next())).OrderBy(pair => pair.Draw).Take(MostTopics / 2).Select(pair => pair.Topic)];
    }

    // Outwards from the difficulty at which the learner is expected to succeed as often as wanted.
    private void AddNear(InTopic topic, int most)
    {
        double wanted = Math.Clamp((rules.TargetSuccess - MiddleGuess) / (1 - MiddleGuess), 0.05, 0.95);
        double trust = RatingScale.Trust(topic.Deviation * topic.Deviation + topic.Topic.Rating.Deviation * topic.Topic.Rating.Deviation);
        double points = topic.Ability - RatingScale.Centre - topic.Topic.Rating.Points - Math.Log(wanted / (1 - wanted)) * RatingScale.PointsPerLogit / trust;
        var live = topic.Topic.Live;
        int right = FirstAtLeast(live, points), left = right - 1, added = 0;
        while (added < most && (left >= 0 || right < live.Length))
        {
            bool goLeft = right >= live.Length || (left >= 0 && points - live[left].Rating.Points <= live[right].Rating.Points - points);
            var item = live[goLeft ? left-- : right++];
            added += MayAsk(item) && Add(item) ? 1 : 0;
        }
    }

    private void AddProbes(PracticeTopic[] scope)
    {
        var draws = new Draws(seed ^ 2);
        var topics = scope.Where(topic => topic.Unsettled.Length > 0).ToArray();
        for (int tries = 0, added = 0; topics.Length > 0 && tries < 4 * MostProbes && added < MostProbes; tries++)
        {
            var unsettled = topics[draws.Next(topics.Length)].Unsettled;
            var item = unsettled[draws.Next(unsettled.Length)];
            added += MayAsk(item) && Add(item) ? 1 : 0;
        }
    }

    /// <summary>The rules nothing outweighs.</summary>
    private bool MayAsk(PracticeItem item)
    {
        if (_served.Contains(item.QuestionId) || learner.InExam.Contains(item.QuestionId) || (rules.MeasuringOnly && !item.IsMeasuring) || exposure(item.QuestionId) >= 1)
        {
            return false;
        }

        bool isDue = learner.Cards.TryGetValue(item.QuestionId, out var card) && card.DueAt <= now;
        return isDue || !learner.Seen.TryGetValue(item.QuestionId, out var seen) || seen.LastCorrect == false || now - seen.At >= Rest;
    }

    private bool Add(PracticeItem item)
    {
        if (!_chosen.Add(item.QuestionId))
        {
            return false;
        }

        var topic = _topics[item.Topic];
        bool hasCard = learner.Cards.TryGetValue(item.QuestionId, out var card);
        double recall = hasCard ? card.RecallAt(now) : 1;
        _candidates.Add(new Candidate
        {
            Item = item.QuestionId,
            Topic = item.Topic,
            Success = RatingFold.Model.Predict(learner.All, topic.Learner, item.Rating, topic.Topic.Rating, item.Guess, _atDays),
            DifficultyPoints = RatingFold.Model.DifficultyPoints(item.Rating, topic.Topic.Rating),
            DifficultyDeviation = RatingFold.Model.DifficultyDeviation(item.Rating, topic.Topic.Rating),
            AbilityPoints = topic.Ability,
            AbilityDeviation = topic.Deviation,
            Guess = item.Guess,
            IsDue = hasCard && card.DueAt <= now,
            Retrievability = recall,
            RecallGainAtExam = hasCard && double.IsFinite(learner.DaysToExam) ? 1 - card.RecallAt(now.AddDays(learner.DaysToExam)) : 0,
            Weakness = topic.Weakness,
            TopicShare = topic.Standing.Weight,
            ServedShare = topic.ServedShare,
            MatchesPreference = Matches(item, topic.Topic),
            ExposureShare = exposure(item.QuestionId),
            HoursSinceSeen = learner.Seen.TryGetValue(item.QuestionId, out var seen) ? (now - seen.At).TotalHours : double.PositiveInfinity,
            ExpectedMs = item.ExpectedMs,
            IsProbe = !item.IsSettled,
        });
        return true;
    }

    private bool Matches(PracticeItem item, PracticeTopic topic) =>
        learner.Interests.Count > 0 && (learner.Interests.Contains(topic.Name) || learner.Interests.Contains(topic.Module) || item.Tags.Any(learner.Interests.Contains));

    private static int FirstAtLeast(PracticeItem[] items, double points)
    {
        int low = 0, high = items.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = items[middle].Rating.Points < points ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
