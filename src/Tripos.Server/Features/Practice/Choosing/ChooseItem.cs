using Tripos.Measurement.Selection;
using Tripos.Server.Features.Folds;

namespace Tripos.Server.Features.Practice;

/// <summary>Chooses the next question of a session. The same catalogue, learner, predictions, session and seed choose the same.</summary>
internal static class ChooseItem
{
    private const int FewAnswers = 10; // before them the predictor knows less of a learner than the ratings say

    private const int LeastLeftMs = 60_000;

    /// <summary>The next question, or null when nothing may be asked. Where the learner named no topics, it comes from modules they have begun, as long as these have any: nobody prepares for everything there is.</summary>
    public static async Task<Chosen?> RunAsync(
        PracticeSession session, PracticeCatalogue catalogue, PracticeLearner learner, Func<int, double> exposure, Predictor predictor, DateTimeOffset now, CancellationToken ct)
    {
        var begun = session.TopicIds.Length > 0 || session.Kind == PracticeKind.Placement ? [] : learner.BegunTopics(catalogue);
        return begun.Count > 0 && await FromAsync(begun, session, catalogue, learner, exposure, predictor, now, ct) is { } chosen
            ? chosen
            : await FromAsync(session.TopicIds, session, catalogue, learner, exposure, predictor, now, ct);
    }

    private static async Task<Chosen?> FromAsync(
        IReadOnlyCollection<int> topicIds, PracticeSession session, PracticeCatalogue catalogue, PracticeLearner learner, Func<int, double> exposure, Predictor predictor, DateTimeOffset now, CancellationToken ct)
    {
        ulong seed = Draws.Seed(session.Seed, session.ItemCount + 1);
        var rules = RulesOf(session, topicIds, learner);
        var candidates = Candidates.Gather(catalogue, learner, rules, exposure, now, seed);
        if (session.Kind != PracticeKind.Placement && learner.All.Answers >= FewAnswers)
        {
            candidates.Expect(await predictor.PredictAsync(learner.Id, candidates.ToPredict, ct));
        }

        return Pick(candidates, RequestOf(session, learner, rules, seed), catalogue, learner);
    }

    private static Chosen? Pick(Candidates candidates, SelectionRequest request, PracticeCatalogue catalogue, PracticeLearner learner)
    {
        if (ItemSelector.Select(candidates.All, request) is not [var pick])
        {
            return null;
        }

        var item = catalogue.Items[candidates.All[pick.Index].Item];
        if (!item.IsLive && pick.Kind != PickKind.Probe)
        {
            return AmongLive(candidates, catalogue, request, learner);
        }

        return Of(item, candidates.All[pick.Index], pick, candidates, learner);
    }

    // What is experimental is asked as a probe only: at another place the choice is among the others.
    private static Chosen? AmongLive(Candidates candidates, PracticeCatalogue catalogue, SelectionRequest request, PracticeLearner learner)
    {
        List<Candidate> live = [];
        foreach (ref readonly var candidate in candidates.All)
        {
            if (catalogue.Items[candidate.Item].IsLive)
            {
                live.Add(candidate);
            }
        }

        return ItemSelector.Select(live.ToArray(), request with { ProbeShare = 0 }) is [var pick] ? Of(catalogue.Items[live[pick.Index].Item], live[pick.Index], pick, candidates, learner) : null;
    }

    private static ChoiceRules RulesOf(PracticeSession session, IReadOnlyCollection<int> topicIds, PracticeLearner learner) => session.Kind switch
    {
        PracticeKind.Placement => new(topicIds, PracticeMode.Mock, 0.5, MeasuringOnly: true),
        PracticeKind.Drill => new(topicIds, SelectionRequest.ModeFor(learner.DaysToExam), SelectionRequest.TargetFor(learner.WrongInARow, learner.Challenge), MeasuringOnly: true),
        _ => new(topicIds, SelectionRequest.ModeFor(learner.DaysToExam), SelectionRequest.TargetFor(learner.WrongInARow, learner.Challenge), MeasuringOnly: false),
    };

    private static SelectionRequest RequestOf(PracticeSession session, PracticeLearner learner, ChoiceRules rules, ulong seed) => new()
    {
        Mode = rules.Mode,
        Seed = seed,
        TargetSuccess = rules.TargetSuccess,
        MostMs = session.MostMs is { } most ? Math.Max(LeastLeftMs, most - session.SpentMs) : long.MaxValue,
        ProbeShare = session.Kind == PracticeKind.Placement ? 0 : 0.10,
        DaysToExam = learner.DaysToExam,
        Served = learner.Served.Count,
        DueServed = learner.Served.Count(item => item.Quota == "due"),
        ProbesServed = learner.Served.Count(item => item.Quota == "probe"),
    };

    private static Chosen Of(PracticeItem item, in Candidate candidate, in Pick pick, Candidates candidates, PracticeLearner learner)
    {
        var standing = candidates.StandingIn(item.Topic);
        var facts = new ChosenFacts(standing.Recent is { } recent ? Math.Round(100 * recent) : null, learner.Cards.TryGetValue(item.QuestionId, out var card) ? card.DueAt : null, pick.Terms);
        return new Chosen(item, pick.Kind, pick.Reason, pick.Probability, candidate.Success, candidate.AbilityPoints, candidate.AbilityDeviation, candidate.DifficultyPoints, candidate.DifficultyDeviation, facts);
    }
}
