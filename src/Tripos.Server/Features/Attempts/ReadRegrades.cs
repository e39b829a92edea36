using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Attempts;

/// <summary>What was regraded before, newest first.</summary>
public static class ReadRegrades
{
    public sealed record Row(Guid RegradeId, string Reason, RegradeStatus Status, string By, DateTimeOffset CreatedAt, DateTimeOffset? UndoneAt, int Answers, int ChangedResults, bool CanUndo);

    public static Task<List<Row>> RunAsync(int questionId, NpgsqlDataSource source, CancellationToken ct) =>
        source.QueryAsync("""
            SELECT r.id, r.reason, r.status, u.display_name, r.created_at, r.undone_at, c.answers, c.changed,
                r.status = 'committed' AND r.created_at = max(r.created_at) FILTER (WHERE r.status = 'committed') OVER ()
            FROM regrades r JOIN users u ON u.id = r.created_by CROSS JOIN LATERAL (
                SELECT count(*)::integer AS answers, (count(*) FILTER (WHERE from_points <> to_points OR from_correct IS DISTINCT FROM to_correct))::integer AS changed
                FROM regrade_changes WHERE regrade_id = r.id) c
            WHERE r.question_id = $1 ORDER BY r.created_at DESC
            """, row => new Row(row.GetGuid(0), row.GetString(1), row.Word<RegradeStatus>(2), row.GetString(3), row.Time(4), row.MaybeTime(5),
                row.GetInt32(6), row.GetInt32(7), row.GetBoolean(8)), ct, questionId);
}
