using System.Text.Json;
using Npgsql;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Features.Catalog.Interactions;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Attempts;

/// <summary>Shows a learner at once what their answer is worth, in modes that do so. The answer then stays as it is; asking again shows the same.</summary>
public static class CheckAnswer
{
    public static async Task<Outcome<ReviewItem>> RunAsync(
        Guid attemptId, int position, CurrentUser learner, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct)
    {
        // Load: answers that are being stored come first, and those that come later find the answer closed.
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var attempts = await connection.QueryAsync("SELECT mode, status, submitted_at, policy::text, seed FROM attempts WHERE id = $1 AND learner_id = $2 FOR SHARE",
            row => (Mode: row.Word<AttemptMode>(0), Status: row.Word<AttemptStatus>(1), SubmittedAt: row.MaybeTime(2), Rules: JsonSerializer.Deserialize<AttemptRules>(row.GetString(3), Json.Options)!, Seed: row.GetInt64(4)),
            ct, attemptId, learner.Id);
        if (attempts is not [var attempt])
        {
            return AttemptProblems.NotFound;
        }

        var answers = await connection.QueryAsync("SELECT question_version_id, points_max, response::text, confidence, elapsed_ms, flagged FROM answers WHERE attempt_id = $1 AND position = $2 FOR NO KEY UPDATE",
            row => new FeedbackRow(attemptId, (short)position, row.GetInt32(0), row.GetFloat(1), row.Maybe<string>(2), row.Maybe<short?>(3), row.Maybe<long?>(4), row.GetBoolean(5)), ct, attemptId, position);
        if (answers is not [var answer])
        {
            return AttemptProblems.NoSuchItem;
        }

        // Decide
        if (attempt.Status != AttemptStatus.InProgress)
        {
            return AttemptProblems.Closed(attempt.SubmittedAt);
        }

        if (!AttemptModes.Of(attempt.Mode).ShowsFeedback)
        {
            return AttemptProblems.NoFeedback;
        }

        var version = await versions.LoadAsync(answer.VersionId, ct);
        if (ResponseText.Parse(answer.Response) is not { } response || version.Kind.IsEmpty(response))
        {
            return AttemptProblems.NothingToCheck(position);
        }

        // Write
        await connection.ExecuteAsync("UPDATE answers SET checked_at = COALESCE(checked_at, $3) WHERE attempt_id = $1 AND position = $2", ct, attemptId, position, clock.GetUtcNow());
        await transaction.CommitAsync(ct);
        return answer.Review(version, attempt.Rules, attempt.Seed, versions.Resources);
    }
}
