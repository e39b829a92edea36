using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Attempts;

/// <summary>Computes the totals of graded attempts again from their answers, which are the truth; mends those that differ.</summary>
public static class RebuildTotals
{
    private const int PageSize = 5_000;

    // Sums of single-precision points differ in the last digits with the order of adding; that is no difference.
    private const string RebuildPageSql = """
        WITH page AS (SELECT id, points_max, policy FROM attempts WHERE id > $1 AND status = 'graded' ORDER BY id LIMIT $2),
        totals AS (
            SELECT p.id, p.points_max, LEAST(sum(COALESCE(a.points, 0)), p.points_max)::real AS points,
                GREATEST(0, LEAST(sum(a.points_open), p.points_max - sum(COALESCE(a.points, 0))))::real AS points_open, (p.policy->>'passMarkPercent')::real AS pass_mark
            FROM page p JOIN answers a ON a.attempt_id = p.id GROUP BY p.id, p.points_max, p.policy
        ), mended AS (
            UPDATE attempts t SET points = s.points, points_open = s.points_open, percent = percent_of(s.points, s.points_max, s.points_open),
                passed = is_passed(s.points, s.points_max, s.points_open, s.pass_mark)
            FROM totals s WHERE t.id = s.id AND (abs(t.points - s.points) > 0.001 OR abs(t.points_open - s.points_open) > 0.001
                OR abs(t.percent - percent_of(s.points, s.points_max, s.points_open)) > 0.01 OR t.points IS NULL OR t.percent IS NULL)
            RETURNING t.id
        )
        SELECT (SELECT count(*)::integer FROM page), (SELECT count(*)::integer FROM mended), (SELECT id FROM page ORDER BY id DESC LIMIT 1)
        """;

    /// <param name="Checked">Graded attempts looked at.</param>
    /// <param name="Mended">Those whose stored totals did not follow from their answers.</param>
    public sealed record Rebuilt(long Checked, long Mended);

    public static async Task<Rebuilt> RunAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        var done = new Rebuilt(0, 0);
        for (Guid? after = Guid.Empty; after is not null;)
        {
            var page = (await source.QueryAsync(RebuildPageSql, row => (Checked: row.GetInt32(0), Mended: row.GetInt32(1), Last: row.Maybe<Guid?>(2)), ct, after, PageSize))[0];
            done = new Rebuilt(done.Checked + page.Checked, done.Mended + page.Mended);
            after = page.Last;
        }

        return done;
    }
}
