using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Attempts;

/// <summary>More time for one learner: an accommodation. It applies to every timed attempt they start, without asking.</summary>
/// <param name="Factor">1 for none, at most 4.</param>
/// <param name="ExtraMs">Added after the factor.</param>
public sealed record TimeAllowance(float Factor, long ExtraMs)
{
    public static readonly TimeAllowance None = new(1, 0);

    /// <summary>What a limit becomes.</summary>
    public long Of(long limitMs) => (long)Math.Round(limitMs * (double)Factor) + ExtraMs;

    /// <summary>Parts share the added time in proportion to their own limits.</summary>
    public IReadOnlyList<AttemptPart>? Of(IReadOnlyList<AttemptPart>? parts)
    {
        long all = parts?.Sum(part => part.TimeLimitMs ?? 0) ?? 0;
        return this == None || all == 0 ? parts : [.. parts!.Select(part => part with { TimeLimitMs = part.TimeLimitMs is { } limit ? (long)(limit * ((double)Of(all) / all)) : null })];
    }

    /// <summary>The allowances of those who have one.</summary>
    public static async Task<Dictionary<Guid, TimeAllowance>> OfAsync(NpgsqlConnection connection, IReadOnlyCollection<Guid> learnerIds, CancellationToken ct) =>
        (await connection.QueryAsync("SELECT learner_id, factor, extra_ms FROM accommodations WHERE learner_id = ANY ($1)",
            row => KeyValuePair.Create(row.GetGuid(0), new TimeAllowance(row.GetFloat(1), row.GetInt64(2))), ct, (object)learnerIds.ToArray())).ToDictionary();
}
