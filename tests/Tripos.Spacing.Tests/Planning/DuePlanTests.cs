namespace Tripos.Spacing.Tests.Planning;

public sealed class DuePlanTests
{
    private static readonly int Today = new DateOnly(2026, 3, 2).DayNumber; // a Monday
    private static readonly DuePlanSettings Usual = new() { Today = Today };

    [Fact]
    public void A_backlog_is_taken_up_to_the_cap_best_remembered_first()
    {
        PlannedCard[] cards = [.. Enumerable.Range(1, 25).Select(i => Due(overdue: i, stability: 10))];

        var plan = DuePlan.Make(Fsrs.Default, cards, Usual with { CardsPerDay = 10 });

        Assert.Equal([10, 10, 5], plan.PerDay);
        Assert.Equal(Today + 2, plan.CaughtUpOn);
        Assert.Equal(Enumerable.Repeat(Today, 10), plan.DayOf.Take(10)); // the least overdue are remembered best
    }

    [Theory]
    [InlineData(DueOrder.BestRememberedFirst, 1)]
    [InlineData(DueOrder.LeastRememberedFirst, 0)]
    [InlineData(DueOrder.LongestDueFirst, 2)]
    public void The_order_is_the_learners_choice(DueOrder order, int first)
    {
        PlannedCard[] cards = [Due(overdue: 5, stability: 2), Due(overdue: 1, stability: 50), Due(overdue: 9, stability: 20), PlannedCard.New()];

        var plan = DuePlan.Make(Fsrs.Default, cards, Usual with { CardsPerDay = 1, Order = order });

        Assert.Equal(Today, plan.DayOf[first]);
        Assert.Equal(Today + 3, plan.DayOf[3]); // new cards wait behind the others
    }

    [Fact]
    public void Catching_up_takes_the_smallest_cap_that_does_it_in_time()
    {
        PlannedCard[] cards = [.. Enumerable.Range(0, 100).Select(_ => Due(overdue: 3, stability: 10)), .. Enumerable.Range(0, 40).Select(i => Due(overdue: -1 - i % 5, stability: 10))];

        var (cap, plan) = DuePlan.CatchUp(Fsrs.Default, cards, days: 10, Usual);

        Assert.Equal(14, cap);
        Assert.True(plan.CaughtUpOn <= Today + 9);
        Assert.True(DuePlan.Make(Fsrs.Default, cards, Usual with { CardsPerDay = cap - 1 }).CaughtUpOn > Today + 9);
    }

    [Fact]
    public void A_vacation_has_no_reviews_and_they_follow_after_it()
    {
        PlannedCard[] cards = [.. Enumerable.Range(0, 20).Select(i => Due(overdue: -i, stability: 10))];

        var plan = DuePlan.Make(Fsrs.Default, cards, Usual with { Vacation = (Today + 3, Today + 9), CardsPerDay = 3 });

        Assert.DoesNotContain(plan.DayOf, day => day >= Today + 3 && day <= Today + 9);
        Assert.All(cards.Zip(plan.DayOf), pair => Assert.True(pair.Second >= pair.First.DueDay));
    }

    [Fact]
    public void Working_ahead_takes_them_in_the_week_before_instead()
    {
        PlannedCard[] cards = [.. Enumerable.Range(10, 7).Select(i => Due(overdue: -i, stability: 30))];

        var plan = DuePlan.Make(Fsrs.Default, cards, Usual with { Vacation = (Today + 10, Today + 16), WorkAhead = true });

        Assert.All(plan.DayOf, day => Assert.InRange(day, Today + 2, Today + 9));
    }

    [Fact]
    public void Easy_days_carry_their_share()
    {
        PlannedCard[] cards = [.. Enumerable.Range(0, 100).Select(_ => Due(overdue: 1, stability: 10))];

        var plan = DuePlan.Make(Fsrs.Default, cards, Usual with { CardsPerDay = 20, EasyDays = [0, 1, 0.5, 1, 1, 1, 0] });

        Assert.Equal([20, 10, 20, 20, 20, 0, 0, 10], plan.PerDay); // from Monday
    }

    [Fact]
    public void Without_cards_there_is_nothing_to_catch_up()
    {
        var plan = DuePlan.Make(Fsrs.Default, [], Usual);

        Assert.Empty(plan.PerDay);
        Assert.Equal(Today, plan.CaughtUpOn);
    }

    [Fact]
    public void A_plan_without_room_on_any_day_is_refused() => Assert.All(
        [Usual with { CardsPerDay = 0 }, Usual with { EasyDays = [0, 0, 0, 0, 0, 0, 0] }, Usual with { EasyDays = [1] }],
        settings => Assert.Throws<ArgumentException>(() => DuePlan.Make(Fsrs.Default, [], settings)));

    private static PlannedCard Due(int overdue, double stability) => new(new(stability, 5), Today - overdue - (int)stability, Today - overdue);
}
