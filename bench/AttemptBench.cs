using System.Diagnostics;
using System.Text.Json;
using Tripos.Server.Platform.Data;

namespace Tripos.Bench;

/// <summary>Whole attempts per second: start, 20 saves, submit with grading, result page; as a browser's requests, at 32 connections.</summary>
public sealed class AttemptBench(Report report, int seconds)
{
    private const int Connections = 32;
    private const int Tests = 16; // a learner sits many tests, not one test a hundred times
    private readonly List<BenchExam> _exams = [];
    private int _started;
    private static readonly string[] StepNames = ["start", "save", "submit", "result"];
    private readonly System.Collections.Concurrent.ConcurrentBag<(int Step, double Ms)> _steps = [];

    public async Task<object> RunAsync()
    {
        await using var site = await BenchSite.StartAsync();
        for (int i = 0; i < Tests; i++)
        {
            _exams.Add(await BenchExam.CreateAsync(site.Sql));
        }

        var learners = await site.AddLearnersAsync(Connections);
        string[] cookies = await Task.WhenAll(learners.Select(learner => site.SignInAsync(learner.Email)));
        var connections = await site.ConnectAsync(Connections);
        await Load.RunAsync(connections, 15, (connection, i) => SitAsync(connection, cookies[i])); // warm
        _steps.Clear();
        var meter = new CpuMeter(site.ServerProcess, site.Postmaster);
        var result = await Load.RunAsync(connections, seconds * 2, (connection, i) => SitAsync(connection, cookies[i]));
        string cpu = meter.PerUnit(result.Latencies.Count);
        Array.ForEach(connections, connection => connection.Dispose());

        long graded = (await site.Sql.QueryAsync("SELECT count(*) FROM attempts WHERE status = 'graded' AND answered_count = $1", row => row.GetInt64(0), default, (short)BenchExam.Items))[0];
        var memory = site.MemoryMb();
        report.Line($"start + {BenchExam.Items} saves + submit + result page, {Connections} connections");
        report.Line($"  whole attempts {result}");
        report.Line($"  {cpu.Replace("request", "attempt", StringComparison.Ordinal)}");
        foreach (var step in _steps.GroupBy(step => step.Step).OrderBy(group => group.Key))
        {
            var latencies = new Latencies();
            step.ToList().ForEach(one => latencies.Add(one.Ms));
            report.Line($"  {StepNames[step.Key],-7} p50 {latencies.Quantile(0.5),6:N2} ms   p95 {latencies.Quantile(0.95),6:N2} ms");
        }

        report.Line($"  graded in the database {graded:N0}; server memory {memory.Now:N0} MB, at most {memory.Peak:N0} MB");
        return new
        {
            bench = "attempt",
            attemptsPerSecond = Math.Round(result.PerSecond, 1),
            requestsPerSecond = Math.Round(result.PerSecond * (BenchExam.Items + 3)),
            p50Ms = Math.Round(result.Latencies.Quantile(0.5), 1),
            p95Ms = Math.Round(result.Latencies.Quantile(0.95), 1),
            failures = result.Failures,
            memoryMb = Math.Round(memory.Peak),
        };
    }

    private async ValueTask<bool> SitAsync(HttpConnection connection, string cookie)
    {
        var exam = _exams[Interlocked.Increment(ref _started) / Connections % Tests];
        var (started, body) = await StepAsync(0, connection, HttpConnection.Request("POST", $"/api/tests/{exam.TestId}/attempts", cookie, "{}"));
        if (!started)
        {
            return false;
        }

        var attempt = JsonSerializer.Deserialize<JsonElement>(body.Span).GetProperty("attemptId").GetGuid();
        bool ok = true;
        for (int position = 1; position <= BenchExam.Items; position++)
        {
            string answer = $$"""{"response":{"chosen":["{{"abcd"[position % 4]}}"]},"sequence":1,"basedOn":0,"elapsedMs":4000,"device":"bench"}""";
            ok &= (await StepAsync(1, connection, HttpConnection.Request("PUT", $"/api/attempts/{attempt}/answers/{position}", cookie, answer))).Ok;
        }

        ok &= (await StepAsync(2, connection, HttpConnection.Request("POST", $"/api/attempts/{attempt}/submission", cookie, "{\"type\":\"manual\"}"))).Ok;
        return ok && (await StepAsync(3, connection, HttpConnection.Request("GET", $"/attempts/{attempt}/result", cookie))).Ok;
    }

    private async ValueTask<(bool Ok, ReadOnlyMemory<byte> Body)> StepAsync(int step, HttpConnection connection, byte[] request)
    {
        long start = Stopwatch.GetTimestamp();
        var (status, body, _) = await connection.SendAsync(request);
        _steps.Add((step, Stopwatch.GetElapsedTime(start).TotalMilliseconds));
        return (status == 200, body);
    }
}
