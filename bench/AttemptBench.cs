using System.Text.Json;
using Tripos.Server.Platform.Data;

namespace Tripos.Bench;

/// <summary>Whole attempts per second: start, 20 saves, submit with grading, result page; as a browser's requests, at 32 connections.</summary>
public sealed class AttemptBench(Report report, int seconds)
{
    private const int Connections = 32;

    public async Task<object> RunAsync()
    {
        await using var site = await BenchSite.StartAsync();
        var exam = await BenchExam.CreateAsync(site.Sql);
        var learners = await site.AddLearnersAsync(Connections);
        string[] cookies = await Task.WhenAll(learners.Select(learner => site.SignInAsync(learner.Email)));
        var connections = await site.ConnectAsync(Connections);
        await Load.RunAsync(connections, 4, (connection, i) => SitAsync(connection, exam, cookies[i])); // warm
        var result = await Load.RunAsync(connections, seconds * 2, (connection, i) => SitAsync(connection, exam, cookies[i]));
        Array.ForEach(connections, connection => connection.Dispose());

        long graded = (await site.Sql.QueryAsync("SELECT count(*) FROM attempts WHERE status = 'graded' AND answered_count = $1", row => row.GetInt64(0), default, (short)BenchExam.Items))[0];
        var memory = site.MemoryMb();
        report.Line($"start + {BenchExam.Items} saves + submit + result page, {Connections} connections");
        report.Line($"  whole attempts {result}");
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

    private static async ValueTask<bool> SitAsync(HttpConnection connection, BenchExam exam, string cookie)
    {
        var (status, body, _) = await connection.SendAsync(HttpConnection.Request("POST", $"/api/tests/{exam.TestId}/attempts", cookie, "{}"));
        if (status != 200)
        {
            return false;
        }

        var attempt = JsonSerializer.Deserialize<JsonElement>(body.Span).GetProperty("attemptId").GetGuid();
        bool ok = true;
        for (int position = 1; position <= BenchExam.Items; position++)
        {
            string answer = $$"""{"response":{"chosen":["{{"abcd"[position % 4]}}"]},"sequence":1,"basedOn":0,"elapsedMs":4000,"device":"bench"}""";
            ok &= (await connection.SendAsync(HttpConnection.Request("PUT", $"/api/attempts/{attempt}/answers/{position}", cookie, answer))).Status == 200;
        }

        ok &= (await connection.SendAsync(HttpConnection.Request("POST", $"/api/attempts/{attempt}/submission", cookie, "{\"type\":\"manual\"}"))).Status == 200;
        return ok && (await connection.SendAsync(HttpConnection.Request("GET", $"/attempts/{attempt}/result", cookie))).Status == 200;
    }
}
