using Npgsql;
using Tripos.Server.Platform.Data;
using Tripos.Spacing;

namespace Tripos.Server.Features.Review;

/// <summary>A card's schedule is what replaying its reviews gives; a new review is one more step of the same replay.</summary>
public static class CardSchedule
{
    private const int RebuiltAtOnce = 2_000;

    /// <summary>The next step: the review as it is kept, and the card after it. Pure, and the same numbers whenever it is run.</summary>
    /// <param name="card">The card before, locked.</param>
    /// <param name="scheme">What the learner's cards are scheduled by now.</param>
    /// <param name="review">What happened; its number, time, scheme, state and prediction are filled in here.</param>
    public static (DeckCard Card, CardReview Review) Step(DeckCard card, Scheme scheme, CardReview review)
    {
        var kept = review with
        {
            Number = card.Reviews + 1,
            At = NotBefore(card.Schedule, review.At),
            SchemeId = scheme.Id,
            State = card.Schedule.State,
            Retrievability = scheme.SchedulerFor(review.DayStartsMin).Retrievability(card.Schedule, NotBefore(card.Schedule, review.At)),
        };
        return (card with { Reviews = kept.Number, Schedule = After(card.Schedule, kept, scheme, card.Seed) }, kept);
    }

    /// <summary>The schedule all reviews that count lead to.</summary>
    public static Card Replay(DeckCard card, IEnumerable<CardReview> reviews, IReadOnlyDictionary<long, Scheme> schemes) =>
        reviews.Aggregate(card.Fresh, (schedule, review) => After(schedule, review, schemes[review.SchemeId], card.Seed));

    /// <summary>A card the caller has locked, as its reviews say it is; one of them left out where it is named.</summary>
    public static async Task<DeckCard> ReplayAsync(NpgsqlConnection connection, Schemes schemes, DeckCard card, CancellationToken ct, int? without = null)
    {
        var reviews = (await CardReview.OfAsync(connection, [card.Id], ct)).Where(review => review.Number != without).ToList();
        return card with { Schedule = Replay(card, reviews, await schemes.FindAsync(connection, reviews.Select(review => review.SchemeId), ct)) };
    }

    /// <summary>Computes every card again from its reviews.</summary>
    public static async Task RebuildAsync(NpgsqlConnection connection, Schemes schemes, CancellationToken ct)
    {
        long from = 0;
        while (await connection.QueryAsync($"SELECT {DeckCard.Columns} FROM review_cards c WHERE id > $1 ORDER BY id LIMIT {RebuiltAtOnce} FOR NO KEY UPDATE", DeckCard.Read, ct, from) is { Count: > 0 } cards)
        {
            var reviews = await CardReview.OfAsync(connection, [.. cards.Select(card => card.Id)], ct);
            var known = await schemes.FindAsync(connection, reviews.Select(review => review.SchemeId), ct);
            var byCard = reviews.ToLookup(review => review.CardId);
            await DeckCard.StoreAsync(connection, [.. cards.Select(card => card with { Schedule = Replay(card, byCard[card.Id], known) })], ct);
            from = cards[^1].Id;
        }
    }

    // An answer that came late to the deck is not let into the past.
    private static DateTime NotBefore(in Card card, DateTime at) => card.LastReviewAt is { } last && at < last ? last : at;

    private static Card After(in Card card, CardReview review, Scheme scheme, ulong seed) =>
        scheme.SchedulerFor(review.DayStartsMin).Review(card, review.Recall, NotBefore(card, review.At), seed);
}
