namespace Tripos.Spacing.Tests;

public sealed class AnswerAndImportTests
{
    [Theory]
    [InlineData(0, 10_000, 5, Recall.Again, AnswerReason.Wrong)]
    [InlineData(0.49, 10_000, 5, Recall.Again, AnswerReason.Wrong)]
    [InlineData(double.NaN, 10_000, 5, Recall.Again, AnswerReason.Wrong)]
    [InlineData(0.5, 10_000, 5, Recall.Hard, AnswerReason.PartlyRight)]
    [InlineData(1, 30_001, 5, Recall.Hard, AnswerReason.Slow)]
    [InlineData(1, 30_000, 5, Recall.Good, AnswerReason.Right)]
    [InlineData(1, 10_000, 2, Recall.Hard, AnswerReason.Unsure)]
    [InlineData(1, 10_000, 3, Recall.Good, AnswerReason.Right)]
    [InlineData(1, 10_000, 4, Recall.Easy, AnswerReason.FastAndSure)]
    [InlineData(1, 15_000, 4, Recall.Good, AnswerReason.Right)]
    [InlineData(1, 10_000, null, Recall.Good, AnswerReason.Right)]
    public void An_answer_counts_by_being_right_fast_and_sure(double fraction, long elapsedMs, int? confidence, Recall recall, AnswerReason reason) =>
        Assert.Equal(new AnswerRecall(recall, reason), ReviewFromAnswer.Rate(fraction, elapsedMs, medianMs: 20_000, confidence));

    [Fact]
    public void Without_a_median_no_answer_is_slow_or_fast()
    {
        Assert.Equal(Recall.Good, ReviewFromAnswer.Rate(1, 900_000).Recall);
        Assert.Equal(Recall.Good, ReviewFromAnswer.Rate(1, 1, medianMs: 0, confidence: 5).Recall);
    }

    [Fact]
    public void The_lines_can_be_moved()
    {
        var rules = new AnswerRules { RightFrom = 0.8, SlowAbove = 3, UnsureUpTo = 1 };

        Assert.Equal(Recall.Good, ReviewFromAnswer.Rate(0.8, 50_000, 20_000, 2, rules).Recall);
    }

    [Theory]
    [InlineData(2.5, 10, 0.9, 10, 6.9140563)]
    [InlineData(2.5, 10, 0.8, 3.01572, 9.393428)]
    [InlineData(2.5, 10, 0.95, 24.841097, 1.2974405)]
    [InlineData(1.3, 20, 0.9, 20, 10)]
    public void An_ease_and_an_interval_become_a_memory(double ease, double interval, double retention, double stability, double difficulty) // fsrs-rs, test_memory_from_sm2
    {
        var memory = Sm2.ToMemory(Fsrs.Default, ease, interval, retention);

        Assert.Equal(stability, memory.StabilityDays, 1e-5);
        Assert.Equal(difficulty, memory.Difficulty, 1e-5);
    }

    [Fact]
    public void A_card_from_another_schedule_grows_by_its_ease_at_the_next_success()
    {
        var due = new DateTime(2026, 5, 1, 8, 0, 0, DateTimeKind.Utc);
        var card = Sm2.ToCard(Fsrs.Default, easeFactor: 2, intervalDays: 15, due, reps: 6, lapses: 1);

        var next = new Scheduler(Fsrs.Default, SchedulerSettings.Default).Review(card, Recall.Good, due);

        Assert.Equal((CardState.Review, 15, due.AddDays(-15)), (card.State, card.ScheduledDays, card.LastReviewAt));
        Assert.Equal(30, next.ScheduledDays);
        Assert.Equal((7, 1), (next.Reps, next.Lapses));
    }

    [Theory]
    [InlineData(0.9, 10, 0.9)]
    [InlineData(double.NaN, 10, 0.9)]
    [InlineData(2.5, -1, 0.9)]
    [InlineData(2.5, 10, 1)]
    public void Numbers_no_schedule_has_are_refused(double ease, double interval, double retention) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Sm2.ToMemory(Fsrs.Default, ease, interval, retention));
}
