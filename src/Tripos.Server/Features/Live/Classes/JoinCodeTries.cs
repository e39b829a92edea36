using System.Threading.RateLimiting;

namespace Tripos.Server.Features.Live;

/// <summary>
/// How often one person may try a join code. Counted by person, not by address: a class joins from one room in the same minute, and whoever tries is signed in.
/// </summary>
public sealed class JoinCodeTries : IDisposable
{
    public const int PerMinute = 20;

    private readonly PartitionedRateLimiter<Guid> _limiter = PartitionedRateLimiter.Create<Guid, Guid>(person =>
        RateLimitPartition.GetFixedWindowLimiter(person, _ => new() { PermitLimit = PerMinute, Window = TimeSpan.FromMinutes(1) }));

    /// <summary>Counts one try; false when there were too many.</summary>
    public bool Count(Guid personId)
    {
        using var lease = _limiter.AttemptAcquire(personId);
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}
