using System.Text.Json;
using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Attempts;

/// <summary>Opens the next part of an attempt and starts its clock; the part before takes no more answers. Opening the open part again changes nothing.</summary>
public static class OpenPart
{
    public sealed record Opened(int Number, string Title, int First, int Last, DateTimeOffset StartedAt, DateTimeOffset? DeadlineAt);

    public static async Task<Outcome<Opened>> RunAsync(Guid attemptId, int number, CurrentUser learner, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        // Load: the lock waits for answers that are being stored.
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var rows = await connection.QueryAsync("""
            SELECT status, policy::text, part, part_started_at, part_deadline_at, submitted_at FROM attempts WHERE id = $1 AND learner_id = $2 FOR NO KEY UPDATE
            """, Row.Read, ct, attemptId, learner.Id);

        // Decide
        if (rows is not [var attempt])
        {
            return AttemptProblems.NotFound;
        }

        if (attempt.Status == AttemptStatus.Paused)
        {
            return AttemptProblems.Paused;
        }

        if (attempt.Status != AttemptStatus.InProgress)
        {
            return AttemptProblems.Closed(attempt.SubmittedAt);
        }

        if (attempt.Rules.Parts is not { } parts || attempt.Part is not { } open)
        {
            return AttemptProblems.NoParts;
        }

        if (parts.FirstOrDefault(part => part.Number == number) is not { } asked || number < open || number > open + 1)
        {
            return AttemptProblems.PartOrder(open, number, parts.Count);
        }

        if (number == open)
        {
            return new Opened(number, asked.Title, asked.First, asked.Last, attempt.PartStartedAt!.Value, attempt.PartDeadlineAt);
        }

        // Write
        var now = clock.GetUtcNow();
        var deadline = asked.TimeLimitMs is { } limit ? now.AddMilliseconds(limit) : (DateTimeOffset?)null;
        await connection.ExecuteAsync("UPDATE attempts SET part = $2, part_first = $3, part_last = $4, part_started_at = $5, part_deadline_at = $6::timestamptz WHERE id = $1",
            ct, attemptId, asked.Number, asked.First, asked.Last, now, deadline);
        await transaction.CommitAsync(ct);
        return new Opened(number, asked.Title, asked.First, asked.Last, now, deadline);
    }

    private sealed record Row(AttemptStatus Status, AttemptRules Rules, short? Part, DateTimeOffset? PartStartedAt, DateTimeOffset? PartDeadlineAt, DateTimeOffset? SubmittedAt)
    {
        public static Row Read(NpgsqlDataReader row) => new(
            row.Word<AttemptStatus>(0), JsonSerializer.Deserialize<AttemptRules>(row.GetString(1), Json.Options)!, row.Maybe<short?>(2), row.MaybeTime(3), row.MaybeTime(4), row.MaybeTime(5));
    }
}
