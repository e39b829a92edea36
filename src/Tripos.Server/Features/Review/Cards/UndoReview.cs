using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Review;

/// <summary>Takes back the last review the learner made in the deck today. The review stays, marked; the card is what replaying the others gives.</summary>
public static class UndoReview
{
    public sealed record Undone(long CardId, int Number);

    private const string LastSql = """
        SELECT card_id, number FROM card_reviews WHERE learner_id = $1 AND at >= $2 AND source = 'deck' AND undone_at IS NULL ORDER BY at DESC, number DESC LIMIT 1
        """;

    public static async Task<Outcome<Undone>> RunAsync(CurrentUser learner, LearnerDay day, Schemes schemes, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var last = await connection.QueryAsync(LastSql, row => new Undone(row.GetInt64(0), row.GetInt32(1)), ct, learner.Id, day.StartsAt);
        if (last is not [var review] || await DeckCard.LockAsync(connection, review.CardId, learner.Id, ct) is not { } card)
        {
            return ReviewProblems.NothingToUndo;
        }

        await connection.ExecuteAsync("UPDATE card_reviews SET undone_at = $3 WHERE card_id = $1 AND number = $2 AND undone_at IS NULL", ct, review.CardId, review.Number, clock.GetUtcNow());
        await DeckCard.StoreAsync(connection, [await CardSchedule.ReplayAsync(connection, schemes, card, ct)], ct);
        await transaction.CommitAsync(ct);
        return review;
    }
}
