using System.Collections.Immutable;
using Npgsql;
using Tripos.Server.Platform.Data;
using Tripos.Spacing;

namespace Tripos.Server.Features.Review;

/// <summary>One day of the plan for cards that are known already.</summary>
/// <param name="FallsDue">Cards that become due on the day; on the first one with those that were due before.</param>
/// <param name="Planned">Reviews to do.</param>
/// <param name="LeftOver">Due cards that wait for a later day.</param>
public sealed record PlannedDay(DateOnly Date, int FallsDue, int Planned, int LeftOver, bool IsVacation);

/// <summary>The days ahead under the learner's limits.</summary>
/// <param name="PerDay">Reviews a day it is made for.</param>
/// <param name="CaughtUpOn">The day at whose end nothing is left over; null when that is not within the days shown.</param>
public sealed record DeckPlan(int PerDay, IReadOnlyList<PlannedDay> Days, DateOnly? CaughtUpOn);

/// <summary>An exam plan in dates.</summary>
/// <param name="ExpectedRecall">Share remembered on the exam day when the plan is kept, 0 to 1.</param>
/// <param name="RecallWithout">The same when nothing is reviewed any more.</param>
public sealed record ExamView(DateOnly Exam, double MinutesPerDay, IReadOnlyList<ExamViewDay> Days, double ExpectedRecall, double RecallWithout, int CardsLeftOut);

public sealed record ExamViewDay(DateOnly Date, int Reviews, int NewCards, double Minutes);

/// <summary>Spreads a learner's cards over the days ahead. Computed when it is asked for, and never stored: it changes with every review.</summary>
public static class ReadPlan
{
    /// <summary>More cards than that would make an exam plan slow; those due last are left out.</summary>
    private const int MostInExamPlan = 2_000;

    /// <summary>What is due within the days ahead, under the limits of the settings.</summary>
    public static async Task<DeckPlan> RunAsync(Guid learnerId, DeckView deck, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        var cards = await DueAsync(learnerId, deck, source, clock, ct);
        int most = deck.Settings.MostOn(deck.Day.Date, deck.MsPerReview);
        return Days(deck, most, DuePlan.Make(ModelOf(deck), cards, SettingsOf(deck) with { CardsPerDay = most }));
    }

    /// <summary>The lowest number of reviews a day with which the backlog is gone after so many days.</summary>
    public static async Task<DeckPlan> CatchUpAsync(Guid learnerId, DeckView deck, int days, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        var cards = await DueAsync(learnerId, deck, source, clock, ct);
        var (perDay, plan) = DuePlan.CatchUp(ModelOf(deck), cards, days, SettingsOf(deck));
        return Days(deck, perDay, plan);
    }

    /// <summary>What to study each day until the exam in the learner's profile; null without one ahead.</summary>
    public static async Task<ExamView?> ForExamAsync(Guid learnerId, DeckView deck, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        if (deck.ExamDate is not { } exam || exam <= deck.Day.Date)
        {
            return null;
        }

        var rows = await source.QueryAsync($"SELECT {DeckCard.Columns} {ReadDeck.Askable} ORDER BY c.state = 'new', c.due_at, c.id LIMIT {MostInExamPlan}", DeckCard.Read, ct, learnerId, clock.GetUtcNow());
        double minutes = deck.Settings.MinutesPerDay ?? await UsualMinutesAsync(learnerId, source, ct);
        var plan = ExamPlan.Make(ModelOf(deck), [.. rows.Select(card => Planned(card.Schedule, deck.Day))], new ExamSettings
        {
            Today = deck.Day.Date.DayNumber,
            ExamDay = exam.DayNumber,
            MinutesPerDay = minutes,
            MinutesOn = Enumerable.Range(0, exam.DayNumber - deck.Day.Date.DayNumber).ToImmutableDictionary(day => day, day => minutes * deck.Settings.ShareOf(deck.Day.Date.AddDays(day))),
            SecondsPerReview = deck.MsPerReview / 1000,
            SecondsPerNewCard = 3 * deck.MsPerReview / 1000,
            NewCardsPerDay = deck.Settings.NewPerDay,
        });
        return new ExamView(exam, minutes, [.. plan.Days.Select(day => new ExamViewDay(DateOnly.FromDayNumber(day.Day), day.Cards.Length - day.NewCards, day.NewCards, day.Minutes))],
            plan.ExpectedRecall, plan.RecallWithout, deck.Total - rows.Count);
    }

    internal static Fsrs ModelOf(DeckView deck) => deck.Settings.Scheme.SchedulerFor(deck.Day.StartsMin).Model;

    private static PlannedCard Planned(in Card card, LearnerDay day) =>
        card.State == CardState.New ? PlannedCard.New() : PlannedCard.Of(card, TimeSpan.FromMinutes(day.StartsMin));

    private static DuePlanSettings SettingsOf(DeckView deck) => new()
    {
        Today = deck.Day.Date.DayNumber,
        Order = DueOrder.LeastRememberedFirst,
        Vacation = deck.Settings is { VacationFrom: { } from, VacationTo: { } to } ? (from.DayNumber, to.DayNumber) : null,
        EasyDays = [.. deck.Settings.Scheme.EasyDays],
    };

    private static async Task<List<PlannedCard>> DueAsync(Guid learnerId, DeckView deck, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct) =>
        [.. (await source.QueryAsync($"SELECT {DeckCard.Columns} {ReadDeck.Askable} AND {ReadDeck.FromBefore} AND c.due_at < $4", DeckCard.Read, ct, learnerId, clock.GetUtcNow(), deck.Day.StartsAt, deck.Day.EndOf(ReadDeck.DaysAhead - 1)))
            .Select(card => Planned(card.Schedule, deck.Day))];

    private static DeckPlan Days(DeckView deck, int perDay, DuePlan plan)
    {
        List<PlannedDay> days = [];
        int left = deck.Overdue;
        for (int i = 0; i < ReadDeck.DaysAhead; i++)
        {
            var date = deck.Day.Date.AddDays(i);
            int falls = deck.Due[i] + (i == 0 ? deck.Overdue : 0), planned = i < plan.PerDay.Length ? plan.PerDay[i] : 0;
            left = i == 0 ? falls - planned : left + falls - planned;
            days.Add(new PlannedDay(date, falls, planned, left, deck.Settings.IsVacation(date)));
        }

        return new DeckPlan(perDay, days, days.FirstOrDefault(day => day.LeftOver == 0)?.Date);
    }

    private static async Task<double> UsualMinutesAsync(Guid learnerId, NpgsqlDataSource source, CancellationToken ct) =>
        (await source.QueryAsync("SELECT daily_minutes FROM preferences WHERE user_id = $1", row => row.GetInt32(0), ct, learnerId)) is [var minutes] ? minutes : 30;
}
