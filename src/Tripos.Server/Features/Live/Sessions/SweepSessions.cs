using Npgsql;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Live;

/// <summary>What sessions do by themselves: open their waiting room in time, complete when the time is over and everybody has handed in, and finish an ending, of all or of one, that was cut short.</summary>
public static class SweepSessions
{
    public static async Task RunAsync(NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await EachAsync(source, """
            SELECT id FROM live_sessions WHERE status = 'scheduled' AND opens_before_ms IS NOT NULL AND scheduled_at - opens_before_ms * interval '1 ms' <= $1
            """, SessionStatus.Scheduled, (connection, id) => OpenRoom.WriteAsync(connection, id, null, now, ct), now, ct);
        await EachAsync(source, """
            SELECT id FROM live_sessions s WHERE status = 'in_progress' AND paused_at IS NULL AND deadline_at < $1
                AND NOT EXISTS (SELECT FROM attempts a WHERE a.session_id = s.id AND a.status IN ('in_progress', 'paused'))
            """, SessionStatus.InProgress, (connection, id) => CompleteSession.WriteAsync(connection, id, null, now, ct), now, ct);
        var unfinished = await source.QueryAsync("""
            SELECT a.id FROM attempts a JOIN live_sessions s ON s.id = a.session_id
            WHERE s.status IN ('in_progress', 'completed') AND s.started_at > $1 - interval '2 days' AND a.status IN ('in_progress', 'paused') AND (s.completed_at < $1 - interval '5 seconds'
                OR EXISTS (SELECT FROM live_actions x JOIN live_receipts r ON r.action_id = x.id
                    WHERE x.session_id = s.id AND x.kind IN ('submitted', 'removed') AND x.at BETWEEN a.started_at AND $1 - interval '5 seconds' AND r.learner_id = a.learner_id))
            """, row => row.GetGuid(0), ct, now);
        await CompleteSession.SubmitAsync(unfinished, source, versions, clock, ct);
    }

    private static async Task EachAsync(NpgsqlDataSource source, string dueSql, SessionStatus from, Func<NpgsqlConnection, Guid, Task> change, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var id in await source.QueryAsync(dueSql, row => row.GetGuid(0), ct, now))
        {
            await using var connection = await source.OpenConnectionAsync(ct);
            await using var transaction = await connection.BeginTransactionAsync(ct);
            if (await LiveSession.LockAsync(connection, id, ct) is { } session && session.Status == from) // a teacher may have been quicker
            {
                await change(connection, id);
                await transaction.CommitAsync(ct);
            }
        }
    }
}
