using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Review;

/// <summary>Takes a card out of the deck for a while, or puts it back; or removes it with all of its reviews.</summary>
public static class SuspendCard
{
    public sealed record Request(bool Suspended);

    public static async Task<Outcome<Done>> RunAsync(long cardId, bool suspended, CurrentUser learner, NpgsqlDataSource source, CancellationToken ct) =>
        await source.ExecuteAsync("UPDATE review_cards SET suspended = $3 WHERE id = $1 AND learner_id = $2", ct, cardId, learner.Id, suspended) == 1 ? Done.Instance : ReviewProblems.CardNotFound;

    /// <summary>A note goes with its last card.</summary>
    public static async Task<Outcome<Done>> RemoveAsync(long cardId, CurrentUser learner, NpgsqlDataSource source, CancellationToken ct)
    {
        var removed = await source.QueryAsync("""
            WITH card AS (DELETE FROM review_cards WHERE id = $1 AND learner_id = $2 RETURNING id, note_id),
                note AS (DELETE FROM notes n USING card c WHERE n.id = c.note_id AND NOT EXISTS (SELECT FROM review_cards o WHERE o.note_id = n.id AND o.id <> c.id))
            SELECT id FROM card
            """, row => row.GetInt64(0), ct, cardId, learner.Id);
        return removed.Count == 1 ? Done.Instance : ReviewProblems.CardNotFound;
    }
}
