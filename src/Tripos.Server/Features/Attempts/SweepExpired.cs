using Npgsql;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Attempts;

/// <summary>Submits attempts whose time and grace are over and whose browser never came back.</summary>
public static class SweepExpired
{
    private const int MostPerSweep = 200;

    /// <returns>How many attempts were submitted; a full sweep means there may be more.</returns>
    public static async Task<int> RunAsync(NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct)
    {
        var expired = await source.QueryAsync("SELECT id FROM attempts WHERE status = 'in_progress' AND late_until < $1 ORDER BY late_until LIMIT $2",
            row => row.GetGuid(0), ct, clock.GetUtcNow(), MostPerSweep);
        foreach (var attemptId in expired)
        {
            await SubmitAttempt.ForceAsync(attemptId, SubmitType.TimeExpired, source, versions, clock, ct);
        }

        return expired.Count;
    }
}
