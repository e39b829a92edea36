using System.Diagnostics;
using System.Text.Json;
using Tripos.Server.Platform.Data;

namespace Tripos.Bench;

/// <summary>The next question of adaptive practice, chosen and stored, with 50,000 live questions and 100,000 learners who have ratings.</summary>
public sealed class PracticeBench(Report report, int seconds)
{
    private const int Questions = 50_000;
    private const int Topics = 200;
    private const int Learners = 100_000;
    private const int TopicsEach = 10;
    private const int SeenEach = 500;
    private const int People = 16;

    private const string QuestionsSql = """
        WITH made AS (
            INSERT INTO questions (topic_id, kind, difficulty, content_hash, prompt_hash)
            SELECT t.id, 'single-choice', 1 + n % 5, gen_random_uuid(), gen_random_uuid() FROM generate_series(0, $1 - 1) n JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS r FROM topics) t ON t.r = n % $2
            RETURNING id)
        INSERT INTO question_versions (question_id, number, kind, body)
        SELECT id, 1, 'single-choice', jsonb_build_object('prompt', 'What does program ' || id || ' print?', 'options', jsonb_build_array(
            jsonb_build_object('id', 'a', 'text', 'one'), jsonb_build_object('id', 'b', 'text', 'two'), jsonb_build_object('id', 'c', 'text', 'three'), jsonb_build_object('id', 'd', 'text', 'four')), 'key', jsonb_build_array('a'))
        FROM made
        """;

    public async Task<object> RunAsync()
    {
        await using var site = await BenchSite.StartAsync(serve: false);
        var filling = Stopwatch.StartNew();
        await FillAsync(site);
        report.Line($"{Questions:N0} questions in {Topics} topics, {Learners:N0} learners with {TopicsEach + 1} ratings each, made in {filling.Elapsed.TotalSeconds:N0} s");
        await site.ServeAsync();
        var people = await site.AddLearnersAsync(People);
        await KnowAsync(site, [.. people.Select(person => person.Id)]);
        string[] cookies = await Task.WhenAll(people.Select(person => site.SignInAsync(person.Email)));
        Dictionary<string, object> results = [];
        foreach (int connections in new[] { 1, 8 })
        {
            var open = await site.ConnectAsync(connections);
            await MeasureAsync(open, cookies, 5); // warm: compiled and optimised
            var meter = new CpuMeter(site.ServerProcess, site.Postmaster);
            var latencies = await MeasureAsync(open, cookies, seconds);
            string cpu = meter.PerUnit(latencies.Count);
            Array.ForEach(open, connection => connection.Dispose());
            report.Line($"  {connections} connections   {latencies.Count:N0} questions   p50 {latencies.Quantile(0.5):N2} ms   p95 {latencies.Quantile(0.95):N2} ms   p99 {latencies.Quantile(0.99):N2} ms   {cpu} (with the answer and its check)");
            results[$"connections{connections}"] = new { count = latencies.Count, p50Ms = Math.Round(latencies.Quantile(0.5), 2), p95Ms = Math.Round(latencies.Quantile(0.95), 2), p99Ms = Math.Round(latencies.Quantile(0.99), 2) };
        }

        var memory = site.MemoryMb();
        report.Line($"server memory {memory.Now:N0} MB, at most {memory.Peak:N0} MB");
        return new { bench = "practice", questions = Questions, learners = Learners, results, memoryMb = Math.Round(memory.Peak) };
    }

    /// <summary>Every connection practises: next question (timed), answer, check; a session that is over is ended and another one begun.</summary>
    private static async Task<Latencies> MeasureAsync(HttpConnection[] connections, string[] cookies, double seconds)
    {
        long end = Stopwatch.GetTimestamp() + (long)(seconds * Stopwatch.Frequency);
        var loops = connections.Select((connection, i) => Task.Run(() => PractiseAsync(connection, cookies[i], end))).ToArray();
        var all = new Latencies();
        foreach (var latencies in await Task.WhenAll(loops))
        {
            all.AddAll(latencies);
        }

        return all;
    }

    private static async Task<Latencies> PractiseAsync(HttpConnection connection, string cookie, long end)
    {
        var latencies = new Latencies();
        while (Stopwatch.GetTimestamp() < end)
        {
            var (attempt, _) = await StartAsync(connection, cookie);
            byte[] next = HttpConnection.Request("GET", $"/api/practice/next?attemptId={attempt}", cookie);
            for (bool over = false; !over && Stopwatch.GetTimestamp() < end;)
            {
                long start = Stopwatch.GetTimestamp();
                var (status, body, _) = await connection.SendAsync(next);
                double ms = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                var turn = status == 200 ? JsonSerializer.Deserialize<JsonElement>(body.Span) : throw new InvalidOperationException($"The next question answered {status}.");
                over = turn.GetProperty("question").ValueKind == JsonValueKind.Null;
                if (!over)
                {
                    latencies.Add(ms);
                    int position = turn.GetProperty("position").GetInt32();
                    await AcceptAsync(connection, HttpConnection.Request("PUT", $"/api/attempts/{attempt}/answers/{position}", cookie, $$$"""{"response":{"chosen":["{{{"aaab"[position % 4]}}}"]},"sequence":1,"elapsedMs":9000}"""));
                    await AcceptAsync(connection, HttpConnection.Request("PUT", $"/api/attempts/{attempt}/answers/{position}/feedback", cookie));
                }
            }

            await AcceptAsync(connection, HttpConnection.Request("POST", $"/api/practice/sessions/{attempt}/end", cookie, "{}"));
        }

        return latencies;
    }

    private static async Task<(Guid Attempt, bool Resumed)> StartAsync(HttpConnection connection, string cookie)
    {
        var (status, body, _) = await connection.SendAsync(HttpConnection.Request("POST", "/api/practice/sessions", cookie, """{"kind":"adaptive","length":"deep"}"""));
        var started = status == 200 ? JsonSerializer.Deserialize<JsonElement>(body.Span) : throw new InvalidOperationException($"Starting answered {status}.");
        return (started.GetProperty("attemptId").GetGuid(), started.GetProperty("resumed").GetBoolean());
    }

    private static async Task AcceptAsync(HttpConnection connection, byte[] request)
    {
        var (status, _, _) = await connection.SendAsync(request);
        if (status is not (200 or 204 or 409))
        {
            throw new InvalidOperationException($"Practising answered {status}.");
        }
    }

    private static async Task FillAsync(BenchSite site)
    {
        await site.Sql.ExecuteAsync("INSERT INTO modules (name) SELECT 'Module ' || n FROM generate_series(1, 10) n", default);
        await site.Sql.ExecuteAsync("INSERT INTO topics (module_id, name) SELECT m.id, 'Topic ' || n FROM generate_series(0, $1 - 1) n JOIN (SELECT id, row_number() OVER () - 1 AS r FROM modules) m ON m.r = n % 10", default, Topics);
        await site.Sql.ExecuteAsync(QuestionsSql, default, Questions, Topics);
        await site.Sql.ExecuteAsync("UPDATE questions q SET current_version_id = v.id FROM question_versions v WHERE v.question_id = q.id", default);
        await site.Sql.ExecuteAsync("""
            INSERT INTO item_ratings (question_id, points, deviation, answers, updated_at_days, version_id)
            SELECT id, 200 * (random() + random() + random() - 1.5), 40 + 60 * random(), 100, 20000, current_version_id FROM questions
            """, default);
        await site.Sql.ExecuteAsync("""
            INSERT INTO question_stats (question_id, attempts, answered, learners, score_sum, passes, correct, elapsed_ms_sum, elapsed_count, last_at)
            SELECT id, 100, 100, 60, 60, 60, 60, 4500000, 100, now() FROM questions
            """, default);
        await site.Sql.ExecuteAsync("INSERT INTO topic_ratings (topic_id, points, deviation, answers, updated_at_days) SELECT id, 100 * (random() - 0.5), 30, 20000, 20000 FROM topics", default);
        await site.Sql.ExecuteAsync("""
            INSERT INTO users (id, display_name, email, normalized_email, security_stamp, concurrency_stamp)
            SELECT gen_random_uuid(), 'Person ' || n, 'p' || n || '@example.org', 'P' || n || '@EXAMPLE.ORG', n, n FROM generate_series(1, $1) n
            """, default, Learners);
        await KnowAsync(site, null);
        await site.Sql.ExecuteAsync("VACUUM ANALYZE", default);
    }

    /// <summary>Ratings of people, and for those named the questions they have seen.</summary>
    private static async Task KnowAsync(BenchSite site, Guid[]? people)
    {
        await site.Sql.ExecuteAsync("""
            INSERT INTO learner_skills (learner_id, topic_id, points, deviation, answers, updated_at_days, attempts, correct, score_sum, recent)
            SELECT u.id, t.topic, 150 * (random() - 0.5), 60 + 60 * random(), 50, 20000, 50, 30, 30, 0.4 + 0.5 * random()
            FROM (SELECT id, row_number() OVER () AS r FROM users WHERE $1::uuid[] IS NULL OR id = ANY ($1)) u
                CROSS JOIN LATERAL (SELECT 0 AS topic UNION ALL SELECT id FROM topics WHERE (id + u.r) % 20 = 0) t
            """, default, (object?)people);
        if (people is not null)
        {
            await site.Sql.ExecuteAsync("""
                INSERT INTO learner_items (learner_id, question_id, answers, correct, last_correct, last_score, last_at)
                SELECT u, q.id, 1, 1, q.id % 3 > 0, 1, now() - (q.id % 60) * interval '1 day' FROM unnest($1::uuid[]) u CROSS JOIN LATERAL (SELECT id FROM questions ORDER BY hashint4(id) LIMIT $2) q
                """, default, people, SeenEach);
        }
    }
}
