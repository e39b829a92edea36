using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Attempts;

/// <summary>Takes a mark away. The row stays, because the timeline of a session shows it; taking away what is gone, or never came, is done too.</summary>
public static class RemoveAnnotation
{
    public static async Task<Outcome<Done>> RunAsync(Guid attemptId, Guid id, CurrentUser learner, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var attempts = await connection.QueryAsync("""
            WITH attempt AS (SELECT id, status, submitted_at FROM attempts WHERE id = $1 AND learner_id = $2 FOR NO KEY UPDATE),
                gone AS (UPDATE annotations n SET removed_at = $4 FROM attempt a WHERE n.attempt_id = a.id AND n.id = $3 AND n.removed_at IS NULL AND a.status IN ('in_progress', 'paused'))
            SELECT status, submitted_at FROM attempt
            """, row => (Status: row.Word<AttemptStatus>(0), SubmittedAt: row.MaybeTime(1)), ct, attemptId, learner.Id, id, clock.GetUtcNow());
        if (attempts is not [var attempt])
        {
            return AttemptProblems.NotFound;
        }

        await SessionNotice.AddAsync(connection, attemptId, ct);
        await transaction.CommitAsync(ct);
        return attempt.Status is AttemptStatus.InProgress or AttemptStatus.Paused ? Done.Instance : AnnotationProblems.Closed(attempt.SubmittedAt);
    }
}
