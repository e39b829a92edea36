using Npgsql;
using Tripos.Server.Platform.Data;
using Tripos.Spacing;

namespace Tripos.Server.Features.Review;

/// <summary>The review a learner made last in the deck today: what can be undone.</summary>
public sealed record LastReview(long CardId, Recall Recall, DateTime DueAt, DateTime At)
{
    public static async Task<LastReview?> FindAsync(Guid learnerId, LearnerDay day, NpgsqlDataSource source, CancellationToken ct) =>
        (await source.QueryAsync("""
            SELECT r.card_id, r.recall, c.due_at, r.at FROM card_reviews r JOIN review_cards c ON c.id = r.card_id
            WHERE r.learner_id = $1 AND r.at >= $2 AND r.source = 'deck' AND r.undone_at IS NULL ORDER BY r.at DESC, r.number DESC LIMIT 1
            """, row => new LastReview(row.GetInt64(0), (Recall)row.GetInt16(1), row.GetDateTime(2), row.GetDateTime(3)), ct, learnerId, day.StartsAt)).FirstOrDefault();
}
