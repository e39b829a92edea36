using Tripos.Measurement.Ratings;

namespace Tripos.Measurement.Tests.Ratings;

/// <summary>Learners who do not learn, answering items at random: what the deviations promise can be counted.</summary>
public sealed class HonestDeviationTests
{
    private const int Learners = 3000, Items = 300, Skills = 10, AnswersEach = 40;
    private readonly RatingModel _model = new(RatingSettings.Default with { PracticeGain = 0 });
    private readonly SimulatedSchool _school = new(7, Learners, Items, Skills);

    [Theory]
    [InlineData(0)]
    [InlineData(0.25)]
    public void Ninety_five_percent_intervals_of_items_hold_the_truth_about_as_often_as_they_say(double guess)
    {
        var (_, items, skills, _) = Answered(guess);

        double shift = Enumerable.Range(0, Items).Average(item => Rated(item) - Truth(item)); // where zero is, nobody can know
        double inside = Enumerable.Range(0, Items).Count(item => Math.Abs(Rated(item) - Truth(item) - shift) < 1.96 * Deviation(item)) / (double)Items;

        Assert.InRange(inside, 0.92, 0.995);
        Assert.True(Correlation([.. Enumerable.Range(0, Items).Select(Rated)], _school.Difficulties) > 0.97);

        double Truth(int item) => 1500 + _school.Difficulties[item] * RatingScale.PointsPerLogit;
        double Rated(int item) => _model.DifficultyPoints(items[item], skills[SimulatedSchool.SkillOf(item, Skills)]);
        double Deviation(int item) => _model.DifficultyDeviation(items[item], skills[SimulatedSchool.SkillOf(item, Skills)]);
    }

    [Fact]
    public void Ninety_five_percent_intervals_of_learners_hold_the_truth_about_as_often_as_they_say()
    {
        var (learners, _, _, onSkills) = Answered(0);

        double[] errors = [.. Enumerable.Range(Learners / 2, Learners / 2).Select(l =>
            (_model.AbilityPoints(learners[l], onSkills[l, 3]) - 1500 - _school.Abilities[l] * RatingScale.PointsPerLogit)
            / _model.AbilityDeviation(learners[l], onSkills[l, 3], 0))];
        double shift = errors.Average();

        Assert.InRange(errors.Count(error => Math.Abs(error - shift) < 1.96) / (double)errors.Length, 0.92, 0.995);
    }

    [Fact]
    public void A_replay_gives_the_same_bits()
    {
        var first = Answered(0.2);

        var second = new HonestDeviationTests().Answered(0.2);

        Assert.Equal(first.Learners, second.Learners);
        Assert.Equal(first.Items, second.Items);
    }

    private (Rating[] Learners, Rating[] Items, Rating[] Skills, Rating[,] OnSkills) Answered(double guess)
    {
        Rating[] learners = [.. Enumerable.Repeat(_model.NewLearner(), Learners)], items = [.. Enumerable.Repeat(_model.NewItem(), Items)];
        Rating[] skills = [.. Enumerable.Repeat(_model.NewSkill(), Skills)];
        var onSkills = new Rating[Learners, Skills];
        for (int i = 0; i < onSkills.Length; i++)
        {
            onSkills[i / Skills, i % Skills] = _model.NewLearnerSkill();
        }

        foreach (var (learner, item, skill, correct) in _school.Answers(AnswersEach, guess))
        {
            _model.Update(ref learners[learner], ref onSkills[learner, skill], ref items[item], ref skills[skill], correct ? 1 : 0, guess, 0);
        }

        return (learners, items, skills, onSkills);
    }

    private static double Correlation(double[] a, double[] b)
    {
        double meanA = a.Average(), meanB = b.Average();
        double together = a.Zip(b).Sum(pair => (pair.First - meanA) * (pair.Second - meanB));
        return together / Math.Sqrt(a.Sum(x => (x - meanA) * (x - meanA)) * b.Sum(x => (x - meanB) * (x - meanB)));
    }
}
