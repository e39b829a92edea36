namespace Tripos.Spacing.Tests;

public sealed class FuzzTests
{
    private static readonly DateTime Start = new(2026, 3, 2, 10, 0, 0, DateTimeKind.Utc); // a Monday

    [Theory]
    [InlineData(2, 2, 2)]
    [InlineData(3, 2, 4)] // 1 + 0.15 * 0.5 = 1.075 either way
    [InlineData(10, 8, 12)] // 1 + 0.15 * 4.5 + 0.1 * 3 = 1.975
    [InlineData(100, 93, 107)] // 1 + 0.675 + 1.3 + 0.05 * 80 = 6.975
    public void The_range_follows_the_interval(int interval, int least, int most) =>
        Assert.Equal(new FuzzRange(least, most), FuzzRange.Of(interval, 36_500));

    [Fact]
    public void The_range_ends_at_the_longest_interval() => Assert.Equal(new FuzzRange(93, 100), FuzzRange.Of(100, 100));

    [Fact]
    public void Draws_stay_in_the_range_reach_all_of_it_and_repeat_with_the_seed()
    {
        var range = FuzzRange.Of(30, 36_500);

        int[] drawn = [.. Enumerable.Range(0, 2000).Select(seed => range.Draw((ulong)seed))];

        Assert.Equal(Enumerable.Range(range.Least, range.Most - range.Least + 1), drawn.Distinct().Order());
        Assert.Equal(drawn, Enumerable.Range(0, 2000).Select(seed => range.Draw((ulong)seed)));
        Assert.Equal(30, drawn.Average(), 0.3);
    }

    [Fact]
    public void A_schedule_with_fuzz_differs_by_seed_and_replays_with_the_same()
    {
        var scheduler = new Scheduler(Fsrs.Default, new() { Fuzz = true });

        var schedules = Enumerable.Range(0, 50).Select(seed => Play(scheduler, (ulong)seed)).ToArray();

        Assert.Equal(schedules, Enumerable.Range(0, 50).Select(seed => Play(scheduler, (ulong)seed)));
        Assert.True(schedules.Distinct().Count() > 20);
    }

    [Fact]
    public void With_a_forecast_cards_go_to_the_empty_days()
    {
        var scheduler = new Scheduler(Fsrs.Default, new() { Fuzz = true });
        var card = Learnt(scheduler, 30);
        int[] due = [.. Enumerable.Range(0, 60).Select(day => day == 31 ? 0 : 50)];

        int[] drawn = [.. Enumerable.Range(0, 200).Select(seed => scheduler.Review(card, Recall.Good, card.LastReviewAt!.Value, (ulong)seed, due).ScheduledDays)];

        Assert.True(drawn.Count(days => days == 31) > 190);
    }

    [Fact]
    public void A_day_off_gets_no_cards_with_fuzz_or_without() => Assert.All([true, false], fuzz =>
    {
        var scheduler = new Scheduler(Fsrs.Default, new() { Fuzz = fuzz, EasyDays = [0, 1, 1, 1, 1, 1, 0] });

        for (int interval = 3; interval < 60; interval++)
        {
            var card = Learnt(scheduler, interval);
            var next = scheduler.Review(card, Recall.Good, card.LastReviewAt!.Value, (ulong)interval);
            Assert.False(next.DueAt.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
        }
    });

    [Fact]
    public void When_every_day_is_off_cards_still_come_back_when_due()
    {
        var scheduler = new Scheduler(Fsrs.Default, new() { EasyDays = [0, 0, 0, 0, 0, 0, 0] });
        var card = Learnt(scheduler, 30);

        Assert.Equal(30, scheduler.Review(card, Recall.Good, card.LastReviewAt!.Value).ScheduledDays);
    }

    // A second review on the day of the first leaves stability, and so the interval, as it is.
    private static Card Learnt(Scheduler scheduler, int interval) => new()
    {
        State = CardState.Relearning,
        Step = scheduler.Settings.RelearningSteps.Length,
        StabilityDays = interval,
        Difficulty = 5,
        DueAt = Start,
        LastReviewAt = Start,
        Reps = 3,
    };

    private static string Play(Scheduler scheduler, ulong seed)
    {
        var card = Card.New(Start);
        return string.Join(' ', Enumerable.Range(0, 8).Select(_ => (card = scheduler.Review(card, Recall.Good, card.DueAt, seed)).ScheduledDays));
    }
}
