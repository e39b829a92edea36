using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Live;

/// <summary>The page of a learner has shown an action. Saying it again changes nothing.</summary>
public static class AcknowledgeAction
{
    internal static async Task<Outcome<Done>> RunAsync(Guid sessionId, Guid actionId, CurrentUser learner, NpgsqlDataSource source, LiveNews news, TimeProvider clock, CancellationToken ct)
    {
        var receipts = await source.QueryAsync("""
            WITH mine AS (SELECT r.acknowledged_at IS NULL AS is_new FROM live_receipts r JOIN live_actions a ON a.id = r.action_id WHERE r.action_id = $1 AND r.learner_id = $2 AND a.session_id = $3 FOR UPDATE OF r),
            done AS (UPDATE live_receipts SET acknowledged_at = $4 WHERE action_id = $1 AND learner_id = $2 AND EXISTS (SELECT FROM mine WHERE is_new))
            SELECT is_new FROM mine
            """, row => row.GetBoolean(0), ct, actionId, learner.Id, sessionId, clock.GetUtcNow());
        if (receipts is not [var isNew])
        {
            return LiveProblems.NoSuchAction;
        }

        if (isNew)
        {
            news.Tell(sessionId, new ParticipantChange { Learner = learner.Id, Acknowledged = [actionId] });
        }

        return Done.Instance;
    }
}
