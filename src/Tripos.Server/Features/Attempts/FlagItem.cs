using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Attempts;

/// <summary>Marks an item to come back to; the last one to say so wins.</summary>
public static class FlagItem
{
    public sealed record Request(bool Flagged);

    public static async Task<Outcome<Done>> RunAsync(Guid attemptId, int position, Request request, CurrentUser learner, NpgsqlDataSource source, CancellationToken ct)
    {
        int rows = await source.ExecuteAsync("""
            UPDATE answers SET flagged = $3
            WHERE attempt_id = $1 AND position = $2 AND EXISTS (SELECT FROM attempts WHERE id = $1 AND learner_id = $4 AND status = 'in_progress')
            """, ct, attemptId, position, request.Flagged, learner.Id);
        return rows == 0 ? AttemptProblems.NotFound : Done.Instance;
    }
}
