using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Review;

/// <summary>Puts a question a learner has seen the answer of into their deck, or finds the card it is on.</summary>
public static class AddCard
{
    public sealed record Request(int QuestionId);

    /// <param name="IsNew">False when it was in the deck already.</param>
    public sealed record Added(long CardId, bool IsNew);

    public static async Task<Outcome<Added>> RunAsync(Request request, CurrentUser learner, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        var now = StoredTime.Of(clock.GetUtcNow());
        var shown = await ShownAnswers.OfQuestionAsync(connection, learner.Id, request.QuestionId, ct);
        if (!shown.Any(from => from is null || from <= now))
        {
            return ReviewProblems.QuestionNotFound;
        }

        var added = await connection.QueryAsync("""
            INSERT INTO review_cards (learner_id, question_id, due_at, added_at) VALUES ($1, $2, $3, $3)
            ON CONFLICT (learner_id, question_id) DO UPDATE SET suspended = false, withheld_until = NULL RETURNING id, added_at = $3
            """, row => new Added(row.GetInt64(0), row.GetBoolean(1)), ct, learner.Id, request.QuestionId, now);
        return added[0];
    }
}
