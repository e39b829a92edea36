using System.Globalization;

namespace Tripos.Spacing.Tests;

public sealed class SchedulerTests
{
    private static readonly DateTime Start = new(2026, 3, 2, 10, 30, 0, DateTimeKind.Utc);
    private static readonly Scheduler Usual = new(Fsrs.Default, SchedulerSettings.Default);

    private static readonly SchedulerSettings[] WrongSettings =
    [
        new() { DesiredRetention = 1 },
        new() { DesiredRetention = double.NaN },
        new() { LearningSteps = [TimeSpan.Zero] },
        new() { RelearningSteps = [TimeSpan.FromMinutes(-1)] },
        new() { MaximumIntervalDays = 0 },
        new() { DayStartsAt = TimeSpan.FromDays(3) },
        new() { EasyDays = [1, 1, 1] },
        new() { EasyDays = [1, 1, 1, 1, 1, 1, 2] },
    ];

    [Fact]
    public void Reviewed_whenever_it_is_due_a_card_comes_back_after_the_known_days() // py-fsrs, test_review_card; ts-fsrs, FSRS-6.test.ts
    {
        var card = Card.New(Start);
        var days = new List<int>();

        foreach (char rating in "3333331133333")
        {
            card = Usual.Review(card, (Recall)(rating - '0'), card.DueAt);
            days.Add(card.ScheduledDays);
        }

        Assert.Equal([0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21], days);
    }

    [Theory]
    [InlineData("", Recall.Again, CardState.Learning, 0, "00:01")]
    [InlineData("", Recall.Hard, CardState.Learning, 0, "00:06")]
    [InlineData("", Recall.Good, CardState.Learning, 1, "00:10")]
    [InlineData("", Recall.Easy, CardState.Review, 0, "8.00:00")]
    [InlineData("3", Recall.Again, CardState.Learning, 0, "00:01")]
    [InlineData("3", Recall.Hard, CardState.Learning, 1, "00:06")]
    [InlineData("3", Recall.Good, CardState.Review, 0, "2.00:00")]
    [InlineData("331", Recall.Again, CardState.Relearning, 0, "00:10")]
    [InlineData("331", Recall.Hard, CardState.Relearning, 0, "00:15")]
    [InlineData("331", Recall.Good, CardState.Review, 0, "1.00:00")]
    public void Steps_lead_from_new_to_review_and_back_after_a_lapse(string before, Recall recall, CardState state, int step, string wait)
    {
        var card = before.Aggregate(Card.New(Start), (seen, rating) => Usual.Review(seen, (Recall)(rating - '0'), seen.DueAt));

        var next = Usual.Review(card, recall, card.DueAt);

        Assert.Equal((state, step), (next.State, next.Step));
        Assert.Equal(TimeSpan.Parse(wait, CultureInfo.InvariantCulture), next.DueAt - card.DueAt);
    }

    [Fact]
    public void Forgetting_counts_as_a_lapse_only_once_the_card_was_learnt()
    {
        var learning = Usual.Review(Usual.Review(Card.New(Start), Recall.Again, Start), Recall.Again, Start.AddMinutes(1));
        var learnt = Usual.Review(learning, Recall.Easy, Start.AddMinutes(2));

        var forgotten = Usual.Review(learnt, Recall.Again, learnt.DueAt);

        Assert.Equal((0, 0, 1), (learning.Lapses, learnt.Lapses, forgotten.Lapses));
        Assert.Equal(4, forgotten.Reps);
    }

    [Fact]
    public void The_four_answers_keep_apart_in_review_and_a_preview_is_what_then_happens()
    {
        var card = Usual.Review(Card.New(Start), Recall.Easy, Start);

        var preview = Usual.Preview(card, card.DueAt, seed: 7);

        Assert.True(preview.Hard.DueAt < preview.Good.DueAt && preview.Good.DueAt < preview.Easy.DueAt);
        Assert.All(Enum.GetValues<Recall>(), recall => Assert.Equal(preview[recall], Usual.Review(card, recall, card.DueAt, seed: 7)));
    }

    [Fact]
    public void Without_steps_and_same_day_formulas_every_answer_counts_in_days_and_in_order()
    {
        var scheduler = new Scheduler(Fsrs.Default, new() { ShortTerm = false });

        var preview = scheduler.Preview(Card.New(Start), Start);

        Assert.All(Enum.GetValues<Recall>(), recall => Assert.Equal(CardState.Review, preview[recall].State));
        Assert.True(preview.Again.ScheduledDays < preview.Hard.ScheduledDays && preview.Hard.ScheduledDays < preview.Good.ScheduledDays);
    }

    [Fact]
    public void A_day_begins_when_the_learner_gets_up()
    {
        var late = new DateTime(2026, 3, 3, 1, 0, 0, DateTimeKind.Utc);
        var nightOwl = new Scheduler(Fsrs.Default, new() { DayStartsAt = TimeSpan.FromHours(4) });
        var card = Usual.Review(Card.New(Start), Recall.Easy, Start);

        var byCalendar = Usual.Review(card, Recall.Good, late);
        var sameDay = nightOwl.Review(card, Recall.Good, late);

        Assert.Equal(Fsrs.Default.Next(card.Memory, Recall.Good, 1), byCalendar.Memory);
        Assert.Equal(Fsrs.Default.Next(card.Memory, Recall.Good, 0), sameDay.Memory);
    }

    [Theory]
    [InlineData("2026-03-02T03:59:59Z", 4, "2026-03-01")]
    [InlineData("2026-03-02T04:00:00Z", 4, "2026-03-02")]
    [InlineData("2026-03-01T20:00:00Z", -4, "2026-03-02")] // 04:00 in a zone 8 hours ahead
    public void A_study_day_has_the_date_on_the_learners_calendar(string at, int startsAtHour, string date)
    {
        int day = StudyDay.Of(DateTime.Parse(at, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal), TimeSpan.FromHours(startsAtHour));

        var expected = DateOnly.Parse(date, CultureInfo.InvariantCulture);
        Assert.Equal(expected.DayNumber, day);
        Assert.Equal(expected.DayOfWeek, StudyDay.WeekdayOf(day));
        Assert.Equal(day, StudyDay.Of(StudyDay.StartOf(day, TimeSpan.FromHours(startsAtHour)), TimeSpan.FromHours(startsAtHour)));
    }

    [Fact]
    public void A_clock_that_went_back_counts_as_the_same_day()
    {
        var card = Usual.Review(Card.New(Start), Recall.Easy, Start);

        var earlier = Usual.Review(card, Recall.Good, Start.AddDays(-3));

        Assert.Equal(Fsrs.Default.Next(card.Memory, Recall.Good, 0), earlier.Memory);
    }

    [Fact]
    public void A_local_time_is_refused() =>
        Assert.Throws<ArgumentException>(() => Usual.Review(Card.New(Start), Recall.Good, DateTime.SpecifyKind(Start, DateTimeKind.Local)));

    [Fact]
    public void A_setting_out_of_range_is_refused() =>
        Assert.All(WrongSettings, settings => Assert.Throws<ArgumentException>(() => new Scheduler(Fsrs.Default, settings)));

    [Fact]
    public void Recall_is_none_for_a_new_card_and_fades_for_a_seen_one()
    {
        var card = Usual.Review(Card.New(Start), Recall.Easy, Start);

        Assert.Equal(0, Usual.Retrievability(Card.New(Start), Start));
        Assert.Equal(1, Usual.Retrievability(card, Start));
        Assert.Equal(0.9024733, Usual.Retrievability(card, card.DueAt), 1e-7);
    }

    [Fact]
    public void After_a_fit_cards_in_review_come_back_by_the_new_memory_and_others_stay()
    {
        var card = Usual.Review(Card.New(Start), Recall.Easy, Start);
        var learning = Usual.Review(Card.New(Start), Recall.Good, Start);
        var model = new Fsrs([1, 2, 3, 4, .. FsrsWeights.Default.Skip(4)]);

        var memory = model.Replay([Recall.Easy], [0]);
        var renewed = new Scheduler(model, SchedulerSettings.Default).Reschedule(card, memory);

        Assert.Equal((4, Start.AddDays(4)), (renewed.ScheduledDays, renewed.DueAt));
        Assert.Equal(memory, renewed.Memory);
        Assert.Equal(learning.DueAt, Usual.Reschedule(learning, memory).DueAt);
        Assert.Equal(Card.New(Start), Usual.Reschedule(Card.New(Start), memory));
        Assert.Throws<ArgumentException>(() => model.Replay([Recall.Easy], []));
    }

    [Fact]
    public void Reviews_and_previews_allocate_nothing()
    {
        var fuzzy = new Scheduler(Fsrs.Default, new() { Fuzz = true, EasyDays = [0, 1, 1, 1, 1, 1, 0.5] });
        int[] due = new int[60];
        var card = fuzzy.Review(fuzzy.Review(Card.New(Start), Recall.Easy, Start), Recall.Good, Start.AddDays(8), 1, due);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            card = fuzzy.Preview(card, card.DueAt, (ulong)i, due)[i % 4 == 0 ? Recall.Again : Recall.Good];
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
