using System.Text.Json;
using Npgsql;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Features.Catalog.Interactions;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Jobs;

namespace Tripos.Server.Features.Attempts;

/// <summary>Ends one question of an open attempt before the others: grades its answer, which stays as it is from then on. What is shown of it is up to the caller.</summary>
public static class CloseAnswer
{
    public sealed record Closed(FeedbackRow Answer, LoadedVersion Version, AttemptRules Rules, long Seed, GradedItem Grade);

    private sealed record Row(AttemptMode Mode, AttemptStatus Status, DateTimeOffset? SubmittedAt, AttemptRules Rules, long Seed);

    /// <param name="mayClose">What keeps an answer in this mode from being closed; null for nothing.</param>
    /// <param name="orEmpty">A question without an answer is closed too; it earns nothing.</param>
    public static async Task<Outcome<Closed>> RunAsync(
        Guid attemptId, int position, Guid learnerId, Func<AttemptMode, Problem?> mayClose, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct,
        bool orEmpty = false)
    {
        // Load: answers that are being stored come first, and those that come later find the answer closed.
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var attempts = await connection.QueryAsync("SELECT mode, status, submitted_at, policy::text, seed FROM attempts WHERE id = $1 AND learner_id = $2 FOR SHARE",
            row => new Row(row.Word<AttemptMode>(0), row.Word<AttemptStatus>(1), row.MaybeTime(2), JsonSerializer.Deserialize<AttemptRules>(row.GetString(3), Json.Options)!, row.GetInt64(4)),
            ct, attemptId, learnerId);
        if (attempts is not [var attempt])
        {
            return AttemptProblems.NotFound;
        }

        var answers = await connection.QueryAsync("SELECT question_version_id, points_max, response::text, confidence, elapsed_ms, flagged, checked_at IS NOT NULL FROM answers WHERE attempt_id = $1 AND position = $2 FOR NO KEY UPDATE",
            row => (Row: new FeedbackRow(attemptId, (short)position, row.GetInt32(0), row.GetFloat(1), row.Maybe<string>(2), row.Maybe<short?>(3), row.Maybe<long?>(4), row.GetBoolean(5)), IsClosed: row.GetBoolean(6)),
            ct, attemptId, position);
        if (answers is not [var (answer, isClosed)])
        {
            return AttemptProblems.NoSuchItem;
        }

        // Decide
        if (attempt.Status != AttemptStatus.InProgress)
        {
            return AttemptProblems.Closed(attempt.SubmittedAt);
        }

        if (mayClose(attempt.Mode) is { } refusal)
        {
            return refusal;
        }

        var version = await versions.LoadAsync(answer.VersionId, ct);
        if (!orEmpty && (ResponseText.Parse(answer.Response) is not { } response || version.Kind.IsEmpty(response)))
        {
            return AttemptProblems.NothingToCheck(position);
        }

        var grade = GradeAttempt.GradeItem(new GradeableItem(answer.Position, answer.VersionId, answer.PointsMax, answer.Response), version, attempt.Rules.Profile, versions.Resources);

        // Write
        if (!isClosed)
        {
            await using var batch = new NpgsqlBatch(connection);
            batch.With("UPDATE answers SET checked_at = $3, points = $4, points_open = $5, correct = $6::boolean, traits = $7::jsonb, graded_version_id = question_version_id WHERE attempt_id = $1 AND position = $2",
                    attemptId, answer.Position, clock.GetUtcNow(), grade.Points, grade.PointsOpen, grade.Correct, grade.Traits)
                .WithGradedFact(attemptId, "check", answer.Position);
            if (grade.PointsOpen > 0)
            {
                batch.WithJob(FreeAnswers.Kind, new FreeAnswers(attemptId, answer.Position));
            }

            await batch.ExecuteNonQueryAsync(ct);
        }

        await transaction.CommitAsync(ct);
        return new Closed(answer, version, attempt.Rules, attempt.Seed, grade);
    }
}
