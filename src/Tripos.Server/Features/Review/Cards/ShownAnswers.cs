using System.Text.Json;
using Npgsql;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Review;

/// <summary>From when on a learner may see the right answers of what they sat: a card shows them, so it waits until then.</summary>
internal static class ShownAnswers
{
    /// <summary>For each attempt; null for at once, the greatest time for never.</summary>
    public static async Task<IReadOnlyDictionary<Guid, DateTimeOffset?>> FromAsync(NpgsqlConnection connection, Guid[] attemptIds, CancellationToken ct)
    {
        var rows = await connection.QueryAsync("SELECT id, mode, policy::text FROM attempts WHERE id = ANY ($1)",
            row => (Id: row.GetGuid(0), From: From(row.Word<AttemptMode>(1), row.GetString(2))), ct, attemptIds);
        return rows.ToDictionary(row => row.Id, row => row.From);
    }

    /// <summary>The earliest over all attempts a learner has handed in with the question; no value when there is none.</summary>
    public static async Task<IReadOnlyList<DateTimeOffset?>> OfQuestionAsync(NpgsqlConnection connection, Guid learnerId, int questionId, CancellationToken ct) =>
        await connection.QueryAsync("""
            SELECT a.mode, a.policy::text FROM attempts a JOIN answers x ON x.attempt_id = a.id JOIN question_versions v ON v.id = x.question_version_id
            WHERE a.learner_id = $1 AND v.question_id = $2 AND (a.status = 'graded' OR x.checked_at IS NOT NULL) ORDER BY a.created_at DESC LIMIT 50
            """, row => From(row.Word<AttemptMode>(0), row.GetString(1)), ct, learnerId, questionId);

    private static DateTimeOffset? From(AttemptMode mode, string policy)
    {
        if (!AttemptModes.Of(mode).FollowsReviewPolicy)
        {
            return null;
        }

        var rules = JsonSerializer.Deserialize<AttemptRules>(policy, Json.Options)!.Test;
        return Disclosure.ToLearner(mode, rules, DateTimeOffset.MaxValue).Answers ? rules.ReviewOpensAt?.ToUniversalTime() : DateTimeOffset.MaxValue;
    }
}
