using Tripos.Measurement.Ratings;

namespace Tripos.Measurement.Tests.Ratings;

/// <summary>
/// The trap of adaptive practice: ratings choose who answers what, and learn from it. Learners of spread 1 logit answer 30 of 300 items of spread 1.2 logits, chosen
/// for a chance of three in four, one in ten at random.
/// </summary>
public sealed class AdaptiveSelectionTests
{
    private const int Learners = 5000, Items = 300, AnswersEach = 30, Candidates = 20;
    private const double Target = 0.75, Probes = 0.1;
    private readonly RatingModel _model = new(RatingSettings.Default with { PracticeGain = 0 });
    private readonly Random _random = new(5);

    [Fact]
    public void Deviations_stay_honest_while_the_ratings_choose_the_items()
    {
        double[] truths = [.. Enumerable.Range(0, Items).Select(_ => 1.2 * Normal())];
        Rating[] items = [.. Enumerable.Repeat(_model.NewItem(), Items)];
        var skill = _model.NewSkill();

        for (int n = 0; n < Learners; n++)
        {
            Practise(truths, items, ref skill);
        }

        double[] errors = [.. truths.Select((truth, i) => _model.DifficultyPoints(items[i], skill) - RatingScale.Centre - truth * RatingScale.PointsPerLogit)];
        double shift = errors.Average();
        double inside = errors.Where((error, i) => Math.Abs(error - shift) < 1.96 * _model.DifficultyDeviation(items[i], skill)).Count() / (double)Items;
        Assert.InRange(inside, 0.92, 0.995);
        Assert.True(Math.Sqrt(errors.Average(error => (error - shift) * (error - shift))) < 40);
        Assert.All(items, item => Assert.True(item.Answers >= 30)); // hard items do not starve
    }

    private void Practise(double[] truths, Rating[] items, ref Rating skill)
    {
        double ability = Normal();
        var (learner, learnerSkill) = (_model.NewLearner(), _model.NewLearnerSkill());
        for (int n = 0; n < AnswersEach; n++)
        {
            int item = _random.Next(Items);
            bool probe = _random.NextDouble() < Probes;
            for (int candidate = 0; candidate < Candidates && !probe; candidate++)
            {
                int other = _random.Next(Items);
                item = Miss(other, skill) < Miss(item, skill) ? other : item;
            }

            bool correct = _random.NextDouble() < RatingScale.Sigmoid(ability - truths[item]);
            _model.Update(ref learner, ref learnerSkill, ref items[item], ref skill, correct ? 1 : 0, 0, 0);
        }

        double Miss(int item, in Rating skill) => Math.Abs(_model.Predict(learner, learnerSkill, items[item], skill, 0, 0) - Target);
    }

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
