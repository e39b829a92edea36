using System.Runtime.InteropServices;
using Tripos.Measurement.Adaptive;
using Tripos.Measurement.Ratings;
using Tripos.Measurement.Selection;
using Tripos.Server.Features.Folds;

namespace Tripos.Server.Features.Practice;

/// <summary>Chooses the questions of a level test: an item bank of everything in its topics, and the answers so far.</summary>
internal static class LevelBank
{
    /// <summary>Fewer questions cannot tell an ability.</summary>
    public const int FewestItems = 10;

    private const int MostItems = 2000; // of a bank; more tell no more

    public static readonly CatSettings Settings = new();

    public static int CountIn(IEnumerable<PracticeTopic> scope) => scope.Sum(topic => topic.Live.Count(item => item.IsMeasuring));

    /// <summary>The next question, or why the test is over with what it measured.</summary>
    public static (Chosen? Chosen, SessionEnd? Over) Next(PracticeSession session, PracticeCatalogue catalogue, LevelAnswers answers, PracticeLearner learner, Func<int, double> exposure)
    {
        var scope = catalogue.InScope(session.TopicIds);
        var items = scope.SelectMany(topic => topic.Live.Where(item => item.IsMeasuring && !learner.InExam.Contains(item.QuestionId)).Select(item => (Topic: topic, Item: item))).ToList();
        if (items.Count > MostItems)
        {
            var draws = new Draws(Draws.Seed(session.Seed, 0));
            items = [.. items.Select(pair => (Pair: pair, Draw: draws.Next())).OrderBy(pair => pair.Draw).Take(MostItems).Select(pair => pair.Pair)];
        }

        double count = Math.Max(1, items.Count);
        var settings = Settings with { Blueprint = items.GroupBy(pair => pair.Topic.Id).ToDictionary(group => group.Key, group => group.Count() / count) };
        var bank = items.Select(pair => Of(pair.Item, pair.Topic, exposure(pair.Item.QuestionId) * settings.MaxExposure)).ToArray();
        var step = Cat.Next(bank, answers.Items, answers.Scores, settings, Draws.Seed(session.Seed, 1));
        double ability = LevelScale.Points(step.Ability.Theta), deviation = step.Ability.StandardError * RatingScale.PointsPerLogit;
        return step.Choice is { } choice
            ? (ToChosen(items[choice.Index].Item, bank[choice.Index], choice, ability, deviation), null)
            : (null, new SessionEnd(Why(step.Stop), ability, deviation));
    }

    private static CatItem Of(PracticeItem item, PracticeTopic topic, double exposureRate) => new(
        item.QuestionId, item.Topic, 1, LevelScale.Logits(RatingFold.Model.DifficultyPoints(item.Rating, topic.Rating)), item.Guess,
        RatingFold.Model.DifficultyDeviation(item.Rating, topic.Rating) * RatingScale.LogitsPerPoint, exposureRate);

    private static Chosen ToChosen(PracticeItem item, in CatItem asked, in CatChoice choice, double ability, double deviation) => new(
        item, PickKind.Adaptive, PickReason.Informative, 1, choice.Success, ability, deviation, LevelScale.Points(asked.B), asked.BStandardError * RatingScale.PointsPerLogit,
        new ChosenFacts(null, null, new SelectionTerms { Information = choice.Information }));

    private static string Why(CatStop stop) => stop switch
    {
        CatStop.SureEnough => "precise",
        CatStop.MaximumItems => "longest",
        _ => "no_items",
    };
}

/// <summary>Rating points and logits.</summary>
internal static class LevelScale
{
    public static double Points(double logits) => RatingScale.Centre + logits * RatingScale.PointsPerLogit;

    public static double Logits(double points) => (points - RatingScale.Centre) * RatingScale.LogitsPerPoint;
}
