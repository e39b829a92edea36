namespace Tripos.Server.Features.Folds;

/// <summary>How long it takes from a graded answer to everything derived from it, on this server since it started.</summary>
public sealed class FoldLag(TimeProvider clock)
{
    private const int Kept = 20_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly Queue<(DateTimeOffset At, double Ms)> _newest = [];

    /// <param name="Facts">Graded attempts and answers in the window.</param>
    public sealed record Summary(int Facts, double MedianMs, double P95Ms, double LongestMs);

    public void Add(IEnumerable<DateTimeOffset> createdAt)
    {
        var now = clock.GetUtcNow();
        lock (_newest)
        {
            foreach (var at in createdAt)
            {
                _newest.Enqueue((now, Math.Max(0, (now - at).TotalMilliseconds)));
            }

            while (_newest.Count > Kept || (_newest.TryPeek(out var oldest) && oldest.At < now - Window))
            {
                _newest.Dequeue();
            }
        }
    }

    /// <summary>Of the last five minutes; null when nothing was graded in them.</summary>
    public Summary? Newest()
    {
        var since = clock.GetUtcNow() - Window;
        double[] lags;
        lock (_newest)
        {
            lags = [.. _newest.Where(lag => lag.At >= since).Select(lag => lag.Ms).Order()];
        }

        return lags.Length == 0 ? null : new Summary(lags.Length, lags[lags.Length / 2], lags[(int)(lags.Length * 0.95)], lags[^1]);
    }
}
