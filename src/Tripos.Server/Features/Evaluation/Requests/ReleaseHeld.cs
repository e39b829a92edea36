using Npgsql;
using Tripos.Server.Features.Evaluation.Credits;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Evaluation;

/// <summary>Lets evaluations go that waited for a spending cap, once it is raised or a new month began.</summary>
public static class ReleaseHeld
{
    private const int MostAtOnce = 200;

    private sealed record Held(Guid Id, Guid PayerId, UsageType Usage);

    /// <returns>How many go on, or ended because the credits are gone.</returns>
    public static async Task<int> RunAsync(NpgsqlDataSource source, CreditPrices prices, TimeProvider clock, CancellationToken ct)
    {
        var held = await source.QueryAsync("SELECT id, requested_by, usage_type FROM evaluations WHERE status = 'held' ORDER BY created_at, id LIMIT $1",
            row => new Held(row.GetGuid(0), row.GetGuid(1), row.Word<UsageType>(2)), ct, MostAtOnce);
        HashSet<Guid> capped = [];
        int released = 0;
        foreach (var evaluation in held.Where(evaluation => !capped.Contains(evaluation.PayerId)))
        {
            if (await TryAsync(evaluation, source, prices, clock.GetUtcNow(), ct))
            {
                released++;
            }
            else
            {
                capped.Add(evaluation.PayerId);
            }
        }

        return released;
    }

    private static async Task<bool> TryAsync(Held evaluation, NpgsqlDataSource source, CreditPrices prices, DateTimeOffset now, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var reserved = await CreditLedger.ReserveAsync(connection, evaluation.Id, evaluation.PayerId, evaluation.Usage, prices[evaluation.Usage], now, ct);
        if (reserved.Value is { IsHeld: true })
        {
            return false;
        }

        await connection.ExecuteAsync(reserved.Problem is null
            ? "UPDATE evaluations SET status = 'waiting', notice = NULL, run_at = $2 WHERE id = $1 AND status = 'held'"
            : "UPDATE evaluations SET status = 'failed', notice = 'There were not enough credits left when it could begin. Ask again.', last_error = 'credits-short', done_at = $2 WHERE id = $1 AND status = 'held'",
            ct, evaluation.Id, now);
        await transaction.CommitAsync(ct);
        return true;
    }
}
