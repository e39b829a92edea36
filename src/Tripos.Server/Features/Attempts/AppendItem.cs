using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Attempts;

/// <summary>Adds the next item to an attempt that grows while the learner works.</summary>
public static class AppendItem
{
    private const string Sql = """
        WITH grown AS (
            UPDATE attempts a SET item_count = $2 FROM questions q
            WHERE a.id = $1 AND a.item_count = $2 - 1 AND a.status = 'in_progress' AND a.test_id IS NULL AND (a.policy->>'stepwise')::boolean
                AND q.id = $3 AND q.status IN ('live', 'experimental') AND NOT q.needs_key
            RETURNING q.current_version_id, q.topic_id
        )
        INSERT INTO answers (attempt_id, position, question_version_id, topic_id, points_max)
        SELECT $1, $2, current_version_id, topic_id, $4 FROM grown
        RETURNING question_version_id
        """;

    extension(NpgsqlBatch batch)
    {
        /// <summary>
        /// Returns a row when the item was added. Waits for whoever else is adding to the attempt or submitting it; adds nothing when it has grown meanwhile, is not open, is
        /// one of a test, or the question may not be asked any more.
        /// </summary>
        /// <param name="attemptId">An attempt with <see cref="AttemptRules.Stepwise"/>, of the learner the caller has checked.</param>
        /// <param name="position">Where the item goes: one more than the attempt has.</param>
        /// <param name="questionId">Live or experimental, with a key; its current version is asked.</param>
        /// <param name="points">What it is worth.</param>
        public NpgsqlBatch WithNextItem(Guid attemptId, short position, int questionId, float points) => batch.With(Sql, attemptId, position, questionId, points);
    }

    /// <summary>Takes back the last item of an attempt that is being submitted when the learner never answered it: it was only offered.</summary>
    /// <returns>The attempt without it; the same when there is no such item.</returns>
    public static async Task<GradeableAttempt> TakeBackAsync(NpgsqlConnection connection, GradeableAttempt attempt, CancellationToken ct)
    {
        if (!attempt.Rules.Stepwise || attempt.Items is not [.., { Response: null } last])
        {
            return attempt;
        }

        int rows = await connection.ExecuteAsync("""
            WITH offered AS (DELETE FROM answers WHERE attempt_id = $1 AND position = $2 AND checked_at IS NULL RETURNING attempt_id)
            UPDATE attempts SET item_count = item_count - 1 WHERE id IN (SELECT attempt_id FROM offered)
            """, ct, attempt.Id, last.Position);
        return rows == 0 ? attempt : attempt with { Items = [.. attempt.Items.SkipLast(1)] };
    }
}
