using System.Diagnostics;
using System.Text.Json;
using Tripos.Server.Platform.Data;

namespace Tripos.Bench;

/// <summary>How far derived data is behind at 200 submissions of 20 answers a second, over HTTP, for as long as it is asked for.</summary>
public sealed class FoldsBench(Report report, int seconds)
{
    private const int PerSecond = 200;
    private const int Connections = 16;
    private const int Exams = 25;

    public async Task<object> RunAsync()
    {
        await using var site = await BenchSite.StartAsync();
        var learners = await site.AddLearnersAsync(Connections);
        await site.Sql.ExecuteAsync("INSERT INTO user_roles (user_id, role) VALUES ($1, 'admin')", default, learners[0].Id);
        string[] cookies = await Task.WhenAll(learners.Select(learner => site.SignInAsync(learner.Email)));
        var attempts = await AttemptsAsync(site, learners, (seconds + 5) * PerSecond);
        var connections = await site.ConnectAsync(Connections);
        var meter = new CpuMeter(site.ServerProcess, site.Postmaster);
        long start = Stopwatch.GetTimestamp();
        int[] failures = await Task.WhenAll(connections.Select((connection, i) => Task.Run(() => SubmitAsync(connection, cookies[i], [.. attempts.Where(attempt => attempt.Connection == i).Select(attempt => attempt.Id)], start))));
        double took = Stopwatch.GetElapsedTime(start).TotalSeconds;

        // The administrator reads the page that everybody running a server reads.
        await Task.Delay(TimeSpan.FromSeconds(1));
        var (_, body, _) = await connections[0].SendAsync(HttpConnection.Request("GET", "/api/folds", cookies[0]));
        var state = JsonSerializer.Deserialize<JsonElement>(body.Span);
        var lag = state.GetProperty("lag");
        double median = lag.GetProperty("medianMs").GetDouble(), p95 = lag.GetProperty("p95Ms").GetDouble(), longest = lag.GetProperty("longestMs").GetDouble();
        report.Line($"{attempts.Count:N0} submissions of {BenchExam.Items} answers in {took:N1} s: {attempts.Count / took:N0}/s, {failures.Sum()} failures");
        report.Line($"  behind: half within {median:N0} ms, 95 in 100 within {p95:N0} ms, longest {longest:N0} ms; {state.GetProperty("responses").GetInt64():N0} answers logged, {state.GetProperty("waiting").GetInt64()} waiting");
        report.Line($"  {meter.PerUnit(attempts.Count).Replace("request", "submission", StringComparison.Ordinal)}");
        Array.ForEach(connections, connection => connection.Dispose());
        return new { bench = "folds", submissionsPerSecond = Math.Round(attempts.Count / took, 1), medianMs = Math.Round(median), p95Ms = Math.Round(p95), longestMs = Math.Round(longest), failures = failures.Sum() };
    }

    /// <summary>Answered attempts that wait for their submission; each belongs to the learner whose connection submits it.</summary>
    private static async Task<List<(Guid Id, int Connection)>> AttemptsAsync(BenchSite site, (Guid Id, string Email)[] learners, int count)
    {
        List<(Guid Id, int Connection)> attempts = [];
        for (int exam = 0; exam < Exams; exam++)
        {
            var made = await BenchExam.CreateAsync(site.Sql);
            var ids = await made.OpenAttemptsAsync(site.Sql, [.. Enumerable.Range(0, count / Exams).Select(n => learners[n % Connections].Id)]);
            attempts.AddRange(ids.Select((id, n) => (id, n % Connections)));
        }

        await site.Sql.ExecuteAsync("""
            UPDATE answers a SET response = jsonb_build_object('chosen', jsonb_build_array(substr('aabcd', 1 + abs(hashint4(a.position + hashtext(a.attempt_id::text))) % 5, 1))),
                sequence = 1, elapsed_ms = 20000, answered_at = now(), changed_at = now(), topic_id = q.topic_id
            FROM question_versions v JOIN questions q ON q.id = v.question_id WHERE v.id = a.question_version_id
            """, default);
        return attempts;
    }

    /// <summary>Submits at its share of the rate: never ahead of the clock, and without a break when behind it.</summary>
    private static async Task<int> SubmitAsync(HttpConnection connection, string cookie, List<Guid> attempts, long start)
    {
        int failures = 0;
        for (int i = 0; i < attempts.Count; i++)
        {
            double ahead = (double)i * Connections / PerSecond - Stopwatch.GetElapsedTime(start).TotalSeconds;
            if (ahead > 0)
            {
                await Task.Delay(TimeSpan.FromSeconds(ahead));
            }

            var (status, _, _) = await connection.SendAsync(HttpConnection.Request("POST", $"/api/attempts/{attempts[i]}/submission", cookie, "{\"type\":\"manual\"}"));
            failures += status == 200 ? 0 : 1;
        }

        return failures;
    }
}
