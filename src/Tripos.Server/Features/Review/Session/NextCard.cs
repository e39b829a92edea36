using Npgsql;
using Tripos.Server.Platform.Data;
using Tripos.Spacing;

namespace Tripos.Server.Features.Review;

/// <summary>Chooses the card to review next: what is being learnt and has waited long enough, then cards from earlier days, least remembered first, then new ones.</summary>
public static class NextCard
{
    /// <summary>When nothing else is left, a card on a short step need not wait to the minute.</summary>
    private static readonly TimeSpan LookAhead = TimeSpan.FromMinutes(20);

    /// <summary>So many known cards are compared for the one that gains most before an exam.</summary>
    private const int MostCompared = 500;

    /// <summary>The card; null when nothing is left for today.</summary>
    public static async Task<DeckCard?> RunAsync(Guid learnerId, DeckView deck, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        var now = StoredTime.Of(clock.GetUtcNow());
        await using var connection = await source.OpenConnectionAsync(ct);
        return await OnStepsAsync(connection, learnerId, deck, now, now, ct)
            ?? (deck.ReviewsLeft > 0 ? await FromBeforeAsync(connection, learnerId, deck, now, ct) : null)
            ?? (deck.NewLeft > 0 ? await NewAsync(connection, learnerId, now, ct) : null)
            ?? await OnStepsAsync(connection, learnerId, deck, now, now + LookAhead, ct);
    }

    private static async Task<DeckCard?> OnStepsAsync(NpgsqlConnection connection, Guid learnerId, DeckView deck, DateTime now, DateTime until, CancellationToken ct) =>
        (await connection.QueryAsync($"SELECT {DeckCard.Columns} {ReadDeck.Askable} AND {ReadDeck.OnSteps} AND c.due_at <= $4 ORDER BY c.due_at, c.id LIMIT 1", DeckCard.Read, ct, learnerId, now, deck.Day.StartsAt, until)).FirstOrDefault();

    private static async Task<DeckCard?> NewAsync(NpgsqlConnection connection, Guid learnerId, DateTime now, CancellationToken ct) =>
        (await connection.QueryAsync($"SELECT {DeckCard.Columns} {ReadDeck.Askable} AND c.state = 'new' ORDER BY c.added_at, c.id LIMIT 1", DeckCard.Read, ct, learnerId, now)).FirstOrDefault();

    private static async Task<DeckCard?> FromBeforeAsync(NpgsqlConnection connection, Guid learnerId, DeckView deck, DateTime now, CancellationToken ct)
    {
        // Days since the last review over stability fall with the chance of recall: the first is remembered least.
        var due = await connection.QueryAsync($"""
            SELECT {DeckCard.Columns} {ReadDeck.Askable} AND {ReadDeck.FromBefore} AND c.due_at < $4
            ORDER BY extract(epoch FROM $2 - c.last_review_at) / c.stability DESC, c.id LIMIT {(deck.ExamDate > deck.Day.Date ? MostCompared : 1)}
            """, DeckCard.Read, ct, learnerId, now, deck.Day.StartsAt, deck.Day.EndsAt);
        return deck.ExamDate is { } exam && exam > deck.Day.Date && due.Count > 1
            ? due.MaxBy(card => GainAt(exam.DayNumber, card.Schedule, deck))
            : due.FirstOrDefault();
    }

    /// <summary>How much likelier the card is remembered on a later day when it is reviewed today.</summary>
    private static double GainAt(int examDay, in Card card, DeckView deck)
    {
        var model = ReadPlan.ModelOf(deck);
        int today = deck.Day.Date.DayNumber, last = StudyDay.Of(card.LastReviewAt!.Value, TimeSpan.FromMinutes(deck.Day.StartsMin));
        int waited = Math.Max(today - last, 0);
        double recalled = model.Retrievability(waited, card.StabilityDays);
        double kept = model.Retrievability(examDay - today, model.Next(card.Memory, Recall.Good, waited).StabilityDays);
        double relearnt = model.Retrievability(examDay - today, model.Next(model.Next(card.Memory, Recall.Again, waited), Recall.Good, 0).StabilityDays);
        return (recalled * kept) + ((1 - recalled) * relearnt) - model.Retrievability(Math.Max(examDay - last, 0), card.StabilityDays);
    }
}
