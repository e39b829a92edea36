namespace Tripos.Spacing.Tests.Planning;

public sealed class ForecastTests
{
    private const int Today = 739_700;
    private static readonly ForecastSettings Usual = new() { Today = Today, Days = 120 };
    private static readonly PlannedCard[] Fresh = [.. Enumerable.Repeat(PlannedCard.New(), 300)];

    [Fact]
    public void Due_cards_are_counted_by_day_with_everything_overdue_today()
    {
        int[] counts = new int[3];

        Forecast.CountDue([Today - 9, Today - 1, Today, Today + 1, Today + 2, Today + 3], Today, counts);

        Assert.Equal([3, 1, 1], counts);
    }

    [Fact]
    public void New_cards_come_at_the_wished_pace_and_return_as_reviews()
    {
        var forecast = Forecast.Simulate(Fsrs.Default, Fresh, Usual with { NewCardsPerDay = 10 });

        Assert.Equal(Enumerable.Repeat(10, 30).Concat(Enumerable.Repeat(0, 90)), forecast.NewCards);
        Assert.Equal(0, forecast.Reviews[0]);
        Assert.True(forecast.Reviews.Sum() > 600);
        Assert.Equal(10, forecast.Minutes[0], 1e-9);
        Assert.InRange(forecast.Remembered, 270, 300);
    }

    [Fact]
    public void A_cap_on_reviews_holds_and_costs_memories()
    {
        var free = Forecast.Simulate(Fsrs.Default, Fresh, Usual);
        var capped = Forecast.Simulate(Fsrs.Default, Fresh, Usual with { ReviewsPerDay = 4 });

        Assert.True(capped.Reviews.Max() <= 4);
        Assert.True(capped.Remembered < free.Remembered);
    }

    [Fact]
    public void The_same_seed_gives_the_same_days()
    {
        var once = Forecast.Simulate(Fsrs.Default, Fresh, Usual);
        var again = Forecast.Simulate(Fsrs.Default, Fresh, Usual);
        var other = Forecast.Simulate(Fsrs.Default, Fresh, Usual with { Seed = 2 });

        Assert.Equal(once.Minutes, again.Minutes);
        Assert.NotEqual(once.Minutes, other.Minutes);
    }

    [Fact]
    public void Wishing_to_remember_more_takes_more_time_and_keeps_more()
    {
        var curve = Forecast.Workload(Fsrs.Default, Fresh, [0.7, 0.8, 0.9, 0.97], Usual);

        Assert.Equal([0.7, 0.8, 0.9, 0.97], curve.Select(point => point.DesiredRetention));
        Assert.All(curve.Zip(curve.Skip(1)), pair => Assert.True(pair.First.MinutesPerDay < pair.Second.MinutesPerDay && pair.First.Remembered < pair.Second.Remembered));
    }
}
