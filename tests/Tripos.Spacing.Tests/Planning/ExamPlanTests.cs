using System.Collections.Immutable;

namespace Tripos.Spacing.Tests.Planning;

public sealed class ExamPlanTests
{
    private const int Today = 739_700;
    private const int ExamDay = Today + 30;

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(15)]
    public void A_plan_made_anew_each_day_beats_reviewing_in_due_order(double minutes)
    {
        double planned = 0, due = 0;

        for (ulong learner = 0; learner < 4; learner++)
        {
            planned += Study(learner, (cards, day) => ExamPlan.Make(Fsrs.Default, cards, Settings(day, minutes)).Days[0].Cards, minutes);
            due += Study(learner, DueOrder, minutes);
        }

        Assert.True(planned / 4 > due / 4 + 0.02, $"{planned / 4:F4} planned, {due / 4:F4} in due order");
    }

    [Fact]
    public void The_expected_recall_is_about_what_then_comes_true()
    {
        double expected = 0, recalled = 0;

        for (ulong learner = 0; learner < 4; learner++)
        {
            expected += ExamPlan.Make(Fsrs.Default, Cards(learner), Settings(Today, 8)).ExpectedRecall / 4;
            recalled += Study(learner, (cards, day) => ExamPlan.Make(Fsrs.Default, cards, Settings(day, 8)).Days[0].Cards, 8) / 4;
        }

        Assert.Equal(expected, recalled, 0.02);
    }

    [Fact]
    public void No_day_takes_more_than_its_minutes_or_its_new_cards()
    {
        var settings = Settings(Today, 10) with { NewCardsPerDay = 3, MinutesOn = new Dictionary<int, double> { [2] = 0, [5] = 25 }.ToImmutableDictionary() };

        var plan = ExamPlan.Make(Fsrs.Default, Cards(1), settings);

        Assert.Equal(Enumerable.Range(Today, 30), plan.Days.Select(day => day.Day));
        Assert.All(plan.Days, day => Assert.True(day.Minutes <= settings.Minutes(day.Day - Today) + 1e-6 && day.NewCards <= 3));
        Assert.Empty(plan.Days[2].Cards);
        Assert.True(plan.Days[5].Minutes > 20);
        Assert.True(plan.ExpectedRecall > plan.RecallWithout);
    }

    [Fact]
    public void Time_that_would_add_next_to_nothing_is_left_free()
    {
        var cards = Cards(1)[..40];
        ExamPlan all = ExamPlan.Make(Fsrs.Default, cards, Settings(Today, 60) with { LeastGain = 0 }), plan = ExamPlan.Make(Fsrs.Default, cards, Settings(Today, 60));

        Assert.True(plan.Days.Sum(day => day.Minutes) < all.Days.Sum(day => day.Minutes) / 2, $"{plan.Days.Sum(day => day.Minutes)} of {all.Days.Sum(day => day.Minutes)} minutes");
        Assert.Equal(all.ExpectedRecall, plan.ExpectedRecall, 0.03);
    }

    [Fact]
    public void What_is_worth_more_is_studied_more()
    {
        PlannedCard[] cards = [.. Enumerable.Range(0, 100).Select(i => PlannedCard.New(weight: i < 50 ? 3 : 1))];

        var plan = ExamPlan.Make(Fsrs.Default, cards, Settings(Today, 3));

        var studied = plan.Days.SelectMany(day => day.Cards).ToArray();
        Assert.True(studied.Count(card => card < 50) > studied.Count(card => card >= 50));
    }

    [Fact]
    public void On_the_day_of_the_exam_there_is_nothing_to_plan()
    {
        var plan = ExamPlan.Make(Fsrs.Default, Cards(1), Settings(ExamDay, 30));

        Assert.Empty(plan.Days);
        Assert.Equal(plan.RecallWithout, plan.ExpectedRecall);
    }

    [Fact]
    public void Without_cards_nothing_is_expected_and_a_review_takes_some_time()
    {
        Assert.Equal(0, ExamPlan.Make(Fsrs.Default, [], Settings(Today, 30)).ExpectedRecall);
        Assert.Throws<ArgumentException>(() => ExamPlan.Make(Fsrs.Default, [], Settings(Today, 30) with { SecondsPerReview = 0 }));
    }

    private static ExamSettings Settings(int today, double minutes) => new() { Today = today, ExamDay = ExamDay, MinutesPerDay = minutes };

    private static PlannedCard[] Cards(ulong learner)
    {
        var random = new SplitMix(learner);
        return [.. Enumerable.Range(0, 150).Select(_ =>
        {
            double stability = Math.Exp(random.Unit() * 4 - 0.5), difficulty = 1 + random.Unit() * 9;
            int last = Today - 1 - (int)(random.Unit() * 19);
            return random.Unit() < 0.3 ? PlannedCard.New() : new(new(stability, difficulty), last, last + Fsrs.Default.IntervalDays(stability, 0.9));
        })];
    }

    private static IEnumerable<int> DueOrder(PlannedCard[] cards, int day) => Enumerable.Range(0, cards.Length)
        .Where(i => cards[i].IsNew || cards[i].DueDay <= day).OrderBy(i => cards[i].IsNew).ThenBy(i => cards[i].DueDay);

    // Plays the days to the exam: each card asked is remembered as often as the model says; returns the recall on the exam day.
    private static double Study(ulong learner, Func<PlannedCard[], int, IEnumerable<int>> choose, double minutes)
    {
        var cards = Cards(learner);
        var random = new SplitMix(learner + 100);
        var settings = Settings(Today, minutes);
        for (int day = Today; day < ExamDay; day++)
        {
            double left = minutes;
            foreach (int i in choose(cards, day).ToList())
            {
                double cost = settings.Cost(cards[i].IsNew);
                if (cost <= left)
                {
                    left -= cost;
                    var memory = After(cards[i], day, random.Unit());
                    cards[i] = new(memory, day, day + Fsrs.Default.IntervalDays(memory.StabilityDays, 0.9));
                }
            }
        }

        return cards.Average(card => card.RecallOn(Fsrs.Default, ExamDay));
    }

    private static MemoryState After(PlannedCard card, int day, double chance)
    {
        if (card.IsNew)
        {
            return Fsrs.Default.First(Recall.Good);
        }

        bool recalled = chance < card.RecallOn(Fsrs.Default, day);
        var memory = Fsrs.Default.Next(card.Memory, recalled ? Recall.Good : Recall.Again, day - card.LastDay);
        return recalled ? memory : Fsrs.Default.Next(memory, Recall.Good, 0);
    }
}
