using System.Diagnostics;
using System.Globalization;
using Tripos.Server.Platform.Data;

namespace Tripos.Bench;

/// <summary>The pages a learner waits for, with 2 million attempts in the table, at 32 connections.</summary>
public sealed class PagesBench(Report report, int seconds)
{
    private const int Connections = 32;
    private const int People = 20_000;
    private const int AttemptsEach = 100;

    public async Task<object> RunAsync()
    {
        await using var site = await BenchSite.StartAsync();
        var exam = await BenchExam.CreateAsync(site.Sql);
        var learners = await site.AddLearnersAsync(Connections);
        var filling = Stopwatch.StartNew();
        await FillAsync(site, exam);
        report.Line($"{(long)People * AttemptsEach:N0} attempts made in {filling.Elapsed.TotalSeconds:N0} s");

        string[] cookies = await Task.WhenAll(learners.Select(learner => site.SignInAsync(learner.Email)));
        var open = await exam.OpenAttemptsAsync(site.Sql, [.. learners.Select(learner => learner.Id)]);
        var done = await SitAsync(site, exam, cookies);
        Dictionary<string, object> pages = [];
        await Measure("start", i => $"/tests/{exam.TestId}");
        await Measure("question", i => $"/attempts/{open[i]}");
        await Measure("result", i => $"/attempts/{done[i]}/result");
        await Measure("history", i => "/history");
        var memory = site.MemoryMb();
        report.Line($"server memory {memory.Now:N0} MB, at most {memory.Peak:N0} MB");
        return new { bench = "pages", attempts = (long)People * AttemptsEach, pages, memoryMb = Math.Round(memory.Peak) };

        async Task Measure(string name, Func<int, string> path)
        {
            var connections = await site.ConnectAsync(Connections);
            byte[][] requests = [.. Enumerable.Range(0, Connections).Select(i => HttpConnection.Request("GET", path(i), cookies[i]))];
            int bytes = 0;
            async ValueTask<bool> Get(HttpConnection connection, int i)
            {
                var (status, body, _) = await connection.SendAsync(requests[i]);
                bytes = body.Length;
                return status == 200;
            }

            await Load.RunAsync(connections, 8, Get); // warm: compiled and optimised
            var meter = new CpuMeter(site.ServerProcess, site.Postmaster);
            var result = await Load.RunAsync(connections, seconds, Get);
            string cpu = meter.PerUnit(result.Latencies.Count);
            Array.ForEach(connections, connection => connection.Dispose());
            report.Line($"  {name,-9} {result}   {bytes / 1024.0:N0} kB   {cpu}");
            pages[name] = new { perSecond = Math.Round(result.PerSecond), p50Ms = Math.Round(result.Latencies.Quantile(0.5), 2), p95Ms = Math.Round(result.Latencies.Quantile(0.95), 2), failures = result.Failures };
        }
    }

    private static async Task FillAsync(BenchSite site, BenchExam exam)
    {
        string number = People.ToString(CultureInfo.InvariantCulture);
        await site.Sql.ExecuteAsync($"""
            INSERT INTO users (id, display_name, email, normalized_email, security_stamp, concurrency_stamp)
            SELECT gen_random_uuid(), 'Person ' || n, 'p' || n || '@example.org', 'P' || n || '@EXAMPLE.ORG', n, n FROM generate_series(1, {number}) n
            """, default);
        await site.Sql.ExecuteAsync("""
            INSERT INTO attempts (id, learner_id, test_id, test_version, number, title, mode, status, policy, seed, created_at, started_at, submitted_at, submit_type, duration_ms, item_count, answered_count, points, points_max, percent, grade_revision)
            SELECT gen_random_uuid(), u.id, $1, 1, n, 'Benchmark', 'exam', 'graded', '{"test": {}}', n, t, t, t + interval '20 minutes', 'manual', 1200000, 20, 20, n % 21, 20, (n % 21) * 5, 1
            FROM (SELECT id, row_number() OVER () AS r FROM users) u CROSS JOIN generate_series(1, $2) n CROSS JOIN LATERAL (SELECT now() - (n * interval '1 day') - u.r * interval '1 second' AS t) x
            WHERE u.r <= $3
            """, default, exam.TestId, AttemptsEach, People);
        await site.Sql.ExecuteAsync("VACUUM ANALYZE attempts", default);
    }

    private static async Task<Guid[]> SitAsync(BenchSite site, BenchExam exam, string[] cookies)
    {
        var connections = await site.ConnectAsync(1);
        var done = new Guid[cookies.Length];
        for (int i = 0; i < cookies.Length; i++)
        {
            var (_, body, _) = await connections[0].SendAsync(HttpConnection.Request("POST", $"/api/tests/{exam.TestId}/attempts", cookies[i], "{}"));
            done[i] = System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(body.Span).GetProperty("attemptId").GetGuid();
            for (int position = 1; position <= BenchExam.Items; position++)
            {
                await connections[0].SendAsync(HttpConnection.Request("PUT", $"/api/attempts/{done[i]}/answers/{position}", cookies[i], $$"""{"response":{"chosen":["{{"abcd"[position % 4]}}"]},"sequence":1}"""));
            }

            await connections[0].SendAsync(HttpConnection.Request("POST", $"/api/attempts/{done[i]}/submission", cookies[i], "{}"));
        }

        connections[0].Dispose();
        return done;
    }
}
