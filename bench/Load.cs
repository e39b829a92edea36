using System.Diagnostics;

namespace Tripos.Bench;

/// <summary>A closed loop: each connection sends its next request when the last one was answered.</summary>
public static class Load
{
    /// <param name="work">Runs one unit on one connection and says whether it succeeded.</param>
    public static async Task<LoadResult> RunAsync<TConnection>(IReadOnlyList<TConnection> connections, double seconds, Func<TConnection, int, ValueTask<bool>> work)
    {
        var clock = Stopwatch.StartNew();
        long end = (long)(seconds * Stopwatch.Frequency) + Stopwatch.GetTimestamp();
        var loops = connections.Select((connection, index) => Task.Run(() => LoopAsync(connection, index, end, work))).ToArray();
        var results = await Task.WhenAll(loops);
        double elapsed = clock.Elapsed.TotalSeconds;

        var all = new Latencies();
        foreach (var (latencies, _) in results)
        {
            all.AddAll(latencies);
        }

        return new LoadResult(all.Count / elapsed, all, results.Sum(result => result.Failures));
    }

    private static async Task<(Latencies Latencies, int Failures)> LoopAsync<TConnection>(TConnection connection, int index, long end, Func<TConnection, int, ValueTask<bool>> work)
    {
        var latencies = new Latencies();
        int failures = 0;
        for (long start; (start = Stopwatch.GetTimestamp()) < end;)
        {
            if (!await work(connection, index))
            {
                failures++;
            }

            latencies.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return (latencies, failures);
    }
}
