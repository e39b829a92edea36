using FsCheck;
using FsCheck.Fluent;
using Tripos.Measurement.Ratings;

namespace Tripos.Measurement.Tests.Ratings;

public sealed class RatingModelTests
{
    private readonly RatingModel _model = new(RatingSettings.Default);

    [Fact]
    public void Somebody_new_meets_a_new_item_with_even_chances()
    {
        double chance = _model.Predict(_model.NewLearner(), _model.NewLearnerSkill(), _model.NewItem(), _model.NewSkill(), 0, 20_000);

        Assert.Equal(0.5, chance);
        Assert.Equal(1500, _model.AbilityPoints(_model.NewLearner(), _model.NewLearnerSkill()));
        Assert.InRange(_model.AbilityDeviation(_model.NewLearner(), _model.NewLearnerSkill(), 20_000), 170, 220);
        Assert.InRange(_model.DifficultyDeviation(_model.NewItem(), _model.NewSkill()), 250, 350);
    }

    [Fact]
    public void The_chance_grows_with_the_learner_and_falls_with_the_item() =>
        Prop.ForAll(Gen.Choose(-800, 800).Three().ToArbitrary(), points =>
        {
            var (learner, item, more) = points;
            double chance = Chance(learner, item), abler = Chance(learner + Math.Abs(more) + 1, item), harder = Chance(learner, item + Math.Abs(more) + 1);
            return abler > chance && harder < chance && chance is > 0.25 and < 1;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_correct_answer_raises_the_learner_and_lowers_the_item_and_a_wrong_one_does_the_opposite() =>
        Prop.ForAll(Gen.Choose(-600, 600).Two().ToArbitrary(), ArbMap.Default.ArbFor<bool>(), (points, correct) =>
        {
            var (learner, learnerSkill, item, skill) = Terms(points.Item1, points.Item2);
            double ability = _model.AbilityPoints(learner, learnerSkill), difficulty = _model.DifficultyPoints(item, skill);
            _model.Update(ref learner, ref learnerSkill, ref item, ref skill, correct ? 1 : 0, 0.2, 20_000);
            return _model.AbilityPoints(learner, learnerSkill) > ability == correct && _model.DifficultyPoints(item, skill) < difficulty == correct;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_one_side_wins_the_other_loses_when_both_are_equally_unsure()
    {
        var model = new RatingModel(RatingSettings.Default with { PracticeGain = 0 });
        Rating learner = new() { Deviation = 120 }, learnerSkill = new() { Deviation = 80 }, item = new() { Deviation = 120 }, skill = new() { Deviation = 80 };

        model.Update(ref learner, ref learnerSkill, ref item, ref skill, 1, 0, 20_000);

        Assert.Equal(0, learner.Points + item.Points, 1e-9);
        Assert.Equal(0, learnerSkill.Points + skill.Points, 1e-9);
        Assert.True(learner.Points > 0);
    }

    [Fact]
    public void The_less_is_known_the_larger_the_step()
    {
        var (learner, learnerSkill, item, skill) = Terms(0, 0);
        learner.Deviation = 60;
        var (newcomer, newcomerSkill, sameItem, sameSkill) = Terms(0, 0);

        _model.Update(ref learner, ref learnerSkill, ref item, ref skill, 1, 0, 20_000);
        _model.Update(ref newcomer, ref newcomerSkill, ref sameItem, ref sameSkill, 1, 0, 20_000);

        Assert.True(newcomer.Points > 2 * learner.Points);
    }

    [Fact]
    public void No_answer_makes_anybody_less_sure() =>
        Prop.ForAll(Gen.Choose(1, 350).Four().ToArbitrary(), Gen.Choose(-900, 900).ToArbitrary(), Gen.Choose(0, 100).ToArbitrary(), (deviations, points, score) =>
        {
            var learner = new Rating { Points = points, Deviation = deviations.Item1 };
            var learnerSkill = new Rating { Deviation = deviations.Item2 };
            var item = new Rating { Deviation = deviations.Item3 };
            var skill = new Rating { Deviation = deviations.Item4 };
            _model.Update(ref learner, ref learnerSkill, ref item, ref skill, score / 100.0, 0.25, 20_000);
            return learner.Deviation <= deviations.Item1 && learnerSkill.Deviation <= deviations.Item2 && item.Deviation <= deviations.Item3 && skill.Deviation <= deviations.Item4
                && learner.Deviation > 0 && double.IsFinite(learner.Points);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Idle_time_makes_a_learner_less_sure_up_to_350()
    {
        var (learner, learnerSkill, item, skill) = Terms(0, 0);
        for (int i = 0; i < 60; i++)
        {
            _model.Update(ref learner, ref learnerSkill, ref item, ref skill, i % 2, 0, 20_000);
        }

        double[] deviations = [.. new double[] { 20_000, 20_030, 20_365, 1e7, 1e12 }.Select(day => _model.AbilityDeviation(learner, learnerSkill, day))];

        Assert.Equal([.. deviations.Order()], deviations);
        Assert.True(deviations[0] < 100 && deviations[2] > 120);
        Assert.Equal(350, deviations[4]);
    }

    [Fact]
    public void An_unknown_time_changes_nothing_but_the_estimate()
    {
        var (learner, learnerSkill, item, skill) = Terms(0, 0);

        _model.Update(ref learner, ref learnerSkill, ref item, ref skill, 1, 0, double.NaN);

        Assert.Equal(0, learner.UpdatedAtDays);
        Assert.Equal(1, learner.Answers);
        Assert.True(double.IsFinite(_model.AbilityDeviation(learner, learnerSkill, double.NaN)));
    }

    [Fact]
    public void A_lucky_guess_says_less_than_a_hard_won_answer()
    {
        var (open, openSkill, openItem, skill1) = Terms(0, 300);
        var (choice, choiceSkill, choiceItem, skill2) = Terms(0, 300);

        _model.Update(ref open, ref openSkill, ref openItem, ref skill1, 1, 0, 20_000);
        _model.Update(ref choice, ref choiceSkill, ref choiceItem, ref skill2, 1, 0.25, 20_000);

        Assert.True(open.Points > choice.Points && choice.Points > 0);
        Assert.True(open.Deviation < choice.Deviation);
    }

    [Fact]
    public void One_skill_in_a_list_is_the_same_as_one_skill()
    {
        var (learner, learnerSkill, item, skill) = Terms(50, -20);
        var (learner2, _, item2, _) = Terms(50, -20);
        Rating[] learnerSkills = [learnerSkill], skills = [skill];

        double one = _model.Update(ref learner, ref learnerSkill, ref item, ref skill, 1, 0.2, 20_000);
        double listed = _model.Update(ref learner2, learnerSkills, ref item2, skills, 1, 0.2, 20_000);

        Assert.Equal(one, listed, 1e-12);
        Assert.Equal(learner.Points, learner2.Points, 1e-9);
        Assert.Equal(learnerSkill.Deviation, learnerSkills[0].Deviation, 1e-9);
        Assert.Equal(item.Points, item2.Points, 1e-9);
    }

    [Fact]
    public void Several_skills_share_what_an_answer_says_and_none_is_allowed()
    {
        var (learner, learnerSkill, item, skill) = Terms(0, 0);
        Rating[] learnerSkills = [learnerSkill, learnerSkill], skills = [skill, skill];

        _model.Update(ref learner, learnerSkills, ref item, skills, 0, 0, 20_000);
        double alone = _model.Update(ref learner, [], ref item, [], 0, 0, 20_000);

        Assert.Equal(learnerSkills[0], learnerSkills[1]);
        Assert.True(_model.AbilityPoints(learner, learnerSkills[0]) < 1500 && alone is > 0 and < 0.5);
        Assert.Throws<ArgumentException>(() => _model.Predict(learner, learnerSkills, item, [], 0, 20_000));
    }

    [Fact]
    public void An_update_allocates_nothing()
    {
        var (learner, learnerSkill, item, skill) = Terms(0, 0);
        var allocated = new List<long>();

        for (int round = 0; round < 4; round++) // the first rounds meet the compiler
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1_000; i++)
            {
                _model.Update(ref learner, ref learnerSkill, ref item, ref skill, i % 3 / 2.0, 0, 20_000 + i);
            }

            allocated.Add(GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, allocated.Min());
    }

    private double Chance(double learner, double item)
    {
        var (who, onSkill, what, skill) = Terms(learner, item);
        return _model.Predict(who, onSkill, what, skill, 0.25, 20_000);
    }

    private (Rating Learner, Rating LearnerSkill, Rating Item, Rating Skill) Terms(double learner, double item)
    {
        var who = _model.NewLearner();
        who.Points = learner;
        return (who, _model.NewLearnerSkill(), _model.NewItem(item), _model.NewSkill());
    }
}
