using Microsoft.Extensions.Caching.Memory;
using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Attempts;

/// <summary>The part of an attempt that never changes once it has started, unless it grows: whose it is and what is asked.</summary>
/// <param name="LearnerId">The only person whose answers are taken.</param>
/// <param name="VersionIds">The question version at each position; position 1 is index 0.</param>
/// <param name="Grows">Items are added while the learner works.</param>
/// <param name="SessionId">The live session it belongs to.</param>
public sealed record AttemptPaper(Guid LearnerId, int[] VersionIds, bool Grows = false, Guid? SessionId = null);

/// <summary>Papers of the attempts being answered right now, so that saving an answer needs no read.</summary>
public sealed class AttemptPapers(NpgsqlDataSource source) : IDisposable
{
    private const int MostKept = 20_000; // about 300 bytes each
    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MostKept });

    public void Keep(Guid attemptId, AttemptPaper paper) =>
        _kept.Set(attemptId, paper, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = TimeSpan.FromMinutes(30) });

    /// <summary>The paper, or null when there is no such attempt.</summary>
    public async ValueTask<AttemptPaper?> FindAsync(Guid attemptId, CancellationToken ct)
    {
        if (_kept.TryGetValue(attemptId, out AttemptPaper? paper))
        {
            return paper;
        }

        var rows = await source.QueryAsync("""
            SELECT learner_id, ARRAY(SELECT question_version_id FROM answers WHERE attempt_id = a.id ORDER BY position), COALESCE((policy->>'stepwise')::boolean, false), session_id FROM attempts a WHERE id = $1
            """, row => new AttemptPaper(row.GetGuid(0), row.GetFieldValue<int[]>(1), row.GetBoolean(2), row.Maybe<Guid?>(3)), ct, attemptId);
        if (rows is not [var found])
        {
            return null;
        }

        Keep(attemptId, found);
        return found;
    }

    /// <summary>The paper with an item that may have been added since it was kept, perhaps by another server.</summary>
    public async ValueTask<AttemptPaper?> FindAsync(Guid attemptId, int position, CancellationToken ct)
    {
        var paper = await FindAsync(attemptId, ct);
        if (paper is null || position <= paper.VersionIds.Length || !paper.Grows)
        {
            return paper;
        }

        _kept.Remove(attemptId);
        return await FindAsync(attemptId, ct);
    }

    public void Dispose() => _kept.Dispose();
}
