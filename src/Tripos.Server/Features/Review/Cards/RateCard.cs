using System.ComponentModel.DataAnnotations;
using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;
using Tripos.Spacing;

namespace Tripos.Server.Features.Review;

/// <summary>Reviews a card of the deck: the learner says how well they remembered. Sending the same review twice counts once.</summary>
public static class RateCard
{
    private const long LongestMs = 3_600_000;

    /// <param name="Recall">Again, hard, good or easy.</param>
    /// <param name="ElapsedMs">Time from the question to the rating; more than an hour counts as an hour.</param>
    /// <param name="RequestId">Chosen by the client; the same one again gives the same review.</param>
    /// <param name="AttemptId">Where the card's question was answered for this review; the rating then stands for what the answer alone would say.</param>
    /// <param name="Position">Of the answer in the attempt.</param>
    public sealed record Request(
        [EnumDataType(typeof(Recall))] Recall Recall, [Range(0, long.MaxValue)] long? ElapsedMs = null, Guid? RequestId = null, Guid? AttemptId = null, short? Position = null);

    public sealed record Rated(long CardId, int Number, Recall Recall, CardState State, DateTime DueAt, int ScheduledDays);

    public static async Task<Outcome<Rated>> RunAsync(
        long cardId, Request request, CurrentUser learner, LearnerDay day, Schemes schemes, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        // Load
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await DeckCard.LockAsync(connection, cardId, learner.Id, ct) is not { } card)
        {
            return ReviewProblems.CardNotFound;
        }

        if (await RepeatedAsync(connection, card, request, ct) is { } before)
        {
            return before;
        }

        // Decide
        Recall? suggested = null;
        if (request is { AttemptId: { } attemptId, Position: { } position })
        {
            if (!await IsAnswerToAsync(connection, card, attemptId, position, ct))
            {
                return ReviewProblems.OtherQuestion;
            }

            (card, suggested) = await WithoutAnswerAsync(connection, schemes, card, attemptId, position, clock.GetUtcNow(), ct);
        }

        // Write
        var scheme = await schemes.CurrentAsync(connection, learner.Id, ct);
        (card, var review) = CardSchedule.Step(card, scheme, new CardReview(
            card.Id, 0, learner.Id, ReviewSource.Deck, request.Recall, suggested, StoredTime.Of(clock.GetUtcNow()), day.StartsMin, 0, default, 0,
            request.ElapsedMs is { } elapsed ? Math.Min(elapsed, LongestMs) : null, null, request.AttemptId, request.AttemptId is null ? null : request.Position, request.RequestId));
        await CardReview.StoreAsync(connection, [review], ct);
        await DeckCard.StoreAsync(connection, [card], ct);
        await transaction.CommitAsync(ct);
        return Told(card, review.Number, review.Recall);
    }

    private static Rated Told(DeckCard card, int number, Recall recall) => new(card.Id, number, recall, card.Schedule.State, card.Schedule.DueAt, card.Schedule.ScheduledDays);

    /// <summary>The review that was made of the same request, or of the same answer, before.</summary>
    private static async Task<Rated?> RepeatedAsync(NpgsqlConnection connection, DeckCard card, Request request, CancellationToken ct)
    {
        var before = await connection.QueryAsync("""
            SELECT number, recall FROM card_reviews
            WHERE card_id = $1 AND source = 'deck' AND (request_id = $2::uuid OR (attempt_id = $3::uuid AND position = $4::smallint AND undone_at IS NULL)) ORDER BY number LIMIT 1
            """, row => (Number: row.GetInt32(0), Recall: (Recall)row.GetInt16(1)), ct, card.Id, request.RequestId, request.AttemptId, request.Position);
        return before is [var review] ? Told(card, review.Number, review.Recall) : null;
    }

    private static async Task<bool> IsAnswerToAsync(NpgsqlConnection connection, DeckCard card, Guid attemptId, short position, CancellationToken ct) =>
        (await connection.QueryAsync("""
            SELECT true FROM attempts a JOIN answers x ON x.attempt_id = a.id AND x.position = $2 JOIN question_versions v ON v.id = x.question_version_id
            WHERE a.id = $1 AND a.learner_id = $3 AND v.question_id = $4
            """, row => row.GetBoolean(0), ct, attemptId, position, card.LearnerId, card.QuestionId)).Count == 1;

    /// <summary>What was made of the answer alone does not count any more; it stays as what was suggested.</summary>
    private static async Task<(DeckCard Card, Recall? Suggested)> WithoutAnswerAsync(
        NpgsqlConnection connection, Schemes schemes, DeckCard card, Guid attemptId, short position, DateTimeOffset now, CancellationToken ct)
    {
        var replaced = await connection.QueryAsync("""
            UPDATE card_reviews SET undone_at = $4 WHERE card_id = $1 AND attempt_id = $2 AND position = $3 AND source = 'answer' AND undone_at IS NULL RETURNING recall
            """, row => (Recall)row.GetInt16(0), ct, card.Id, attemptId, position, now);
        return replaced is [var recall] ? (await CardSchedule.ReplayAsync(connection, schemes, card, ct), recall) : (card, null);
    }
}
