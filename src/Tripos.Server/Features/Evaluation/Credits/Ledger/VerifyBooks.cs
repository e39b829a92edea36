using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Evaluation.Credits;

/// <summary>Adds everything up again from the entries and says where the books differ. One snapshot, so that it can run while people spend.</summary>
public static class VerifyBooks
{
    /// <param name="Faults">One line each; none when the books are right.</param>
    public sealed record Result(long People, long Transfers, IReadOnlyList<string> Faults);

    private const string FaultsSql = """
        WITH posted AS (SELECT t.user_id, e.account, sum(e.amount) AS amount FROM credit_entries e JOIN credit_transfers t ON t.id = e.transfer_id GROUP BY 1, 2),
        moved AS (SELECT transfer_id, sum(amount) AS together, sum(amount) FILTER (WHERE amount > 0) AS credits FROM credit_entries GROUP BY 1),
        requests AS (
            SELECT r.user_id, date_trunc('month', r.created_at AT TIME ZONE 'UTC')::date AS month, r.usage_type, r.credits, e.kind AS ended, e.cost_micros
            FROM credit_transfers r LEFT JOIN credit_transfers e ON e.request_id = r.request_id AND e.kind IN ('settle', 'refund') WHERE r.kind = 'reserve'),
        used AS (
            SELECT user_id, month, usage_type, COALESCE(sum(credits) FILTER (WHERE ended IS NULL), 0) AS reserved, COALESCE(sum(credits) FILTER (WHERE ended = 'settle'), 0) AS spent,
                count(*) FILTER (WHERE ended = 'settle') AS evaluations, COALESCE(sum(cost_micros), 0) AS cost_micros
            FROM requests GROUP BY 1, 2, 3)
        SELECT format('The account %s of %s says %s, its entries say %s.', account, user_id, COALESCE(a.balance, 0), COALESCE(p.amount, 0))
        FROM credit_accounts a FULL JOIN posted p USING (user_id, account) WHERE COALESCE(a.balance, 0) <> COALESCE(p.amount, 0)
        UNION ALL SELECT format('The accounts of %s add up to %s instead of 0.', user_id, sum(balance)) FROM credit_accounts GROUP BY user_id HAVING sum(balance) <> 0
        UNION ALL SELECT format('The transfer %s says %s credits, its entries move %s and leave %s.', t.id, t.credits, COALESCE(m.credits, 0), COALESCE(m.together, 0))
        FROM credit_transfers t LEFT JOIN moved m ON m.transfer_id = t.id WHERE COALESCE(m.together, 0) <> 0 OR COALESCE(m.credits, 0) <> t.credits
        UNION ALL SELECT format('%s holds %s credits, the open reservations are of %s.', user_id, COALESCE(a.balance, 0), COALESCE(r.credits, 0))
        FROM (SELECT * FROM credit_accounts WHERE account = 'held') a FULL JOIN (SELECT user_id, sum(credits) AS credits FROM requests WHERE ended IS NULL GROUP BY 1) r USING (user_id)
        WHERE COALESCE(a.balance, 0) <> COALESCE(r.credits, 0)
        UNION ALL SELECT format('The month %s of %s (%s) is counted wrongly.', month, user_id, usage_type)
        FROM credit_months m FULL JOIN used u USING (user_id, month, usage_type)
        WHERE (m.reserved, m.spent, m.evaluations, m.cost_micros) IS DISTINCT FROM (u.reserved, u.spent, u.evaluations, u.cost_micros)
        LIMIT 100
        """;

    public static async Task<Result> RunAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        var faults = await connection.QueryAsync(FaultsSql, row => row.GetString(0), ct);
        var (people, transfers) = (await connection.QueryAsync("SELECT (SELECT count(*) FROM credit_wallets), (SELECT count(*) FROM credit_transfers)", row => (row.GetInt64(0), row.GetInt64(1)), ct)).Single();
        return new Result(people, transfers, faults);
    }
}
