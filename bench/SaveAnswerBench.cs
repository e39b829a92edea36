using Npgsql;
using NpgsqlTypes;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Platform.Data;

namespace Tripos.Bench;

/// <summary>Answers stored per second through HTTP (signed in, owned, validated, acknowledged after the commit), beside the same rows without HTTP.</summary>
public sealed class SaveAnswerBench(Report report, int seconds)
{
    private const int Rounds = 3;

    // The plain limit: one row, one prepared statement, one commit. The server's own statement also locks the attempt, judges, and writes the history.
    private const string UpsertSql = """
        INSERT INTO answers (attempt_id, position, question_version_id, response, sequence, device, elapsed_ms, confidence, answered_at, changed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
        ON CONFLICT (attempt_id, position) DO UPDATE SET response = EXCLUDED.response, sequence = EXCLUDED.sequence, device = EXCLUDED.device,
            elapsed_ms = EXCLUDED.elapsed_ms, confidence = EXCLUDED.confidence, changed_at = EXCLUDED.changed_at
        """;

    public async Task<object> RunAsync()
    {
        await using var site = await BenchSite.StartAsync();
        var exam = await BenchExam.CreateAsync(site.Sql);
        var learners = await site.AddLearnersAsync(16);
        string[] cookies = await Task.WhenAll(learners.Select(learner => site.SignInAsync(learner.Email)));
        await Http(site, exam, learners, cookies, 32, 4); // both sides warm
        await Raw(site, exam, learners, 32, 2);

        Dictionary<int, (LoadResult Http, double Ratio, double RatioSameSql)> results = [];
        foreach (int connections in (int[])[8, 32, 256])
        {
            List<(LoadResult Raw, LoadResult Same, LoadResult Http)> rounds = [];
            for (int round = 0; round < Rounds; round++)
            {
                var raw = await Raw(site, exam, learners, connections, seconds);
                var same = await SameSql(site, exam, learners, connections, seconds);
                rounds.Add((raw, same, await Http(site, exam, learners, cookies, connections, seconds)));
            }

            var middle = rounds.OrderBy(round => round.Http.PerSecond / round.Raw.PerSecond).ElementAt(Rounds / 2);
            results[connections] = (middle.Http, middle.Http.PerSecond / middle.Raw.PerSecond, middle.Http.PerSecond / middle.Same.PerSecond);
            report.Line($"{connections,3} connections");
            report.Line($"  raw upsert, one per transaction        {middle.Raw}");
            report.Line($"  the server's statement, one at a time  {middle.Same}");
            report.Line($"  PUT /api/attempts/…/answers/…          {middle.Http}");
            report.Line($"  {results[connections].Http.Cpu}");
            report.Line($"  ratio to the raw upsert {results[connections].Ratio:N2}, to the same statement {results[connections].RatioSameSql:N2} (median of {Rounds} interleaved rounds)");
        }

        long stored = (await site.Sql.QueryAsync("SELECT count(*) FROM answer_events WHERE outcome = 'accepted'", row => row.GetInt64(0), default))[0];
        var memory = site.MemoryMb();
        report.Line($"history rows {stored:N0}; server memory {memory.Now:N0} MB, at most {memory.Peak:N0} MB");
        return new
        {
            bench = "save-answer",
            ratioToLimit = Math.Round(results[32].Ratio, 3),
            ratioToLimit256 = Math.Round(results[256].Ratio, 3),
            ratioToSameSql = Math.Round(results[32].RatioSameSql, 3),
            perSecond = Math.Round(results[32].Http.PerSecond),
            perSecond256 = Math.Round(results[256].Http.PerSecond),
            p50Ms = Math.Round(results[32].Http.Latencies.Quantile(0.5), 2),
            p95Ms = Math.Round(results[32].Http.Latencies.Quantile(0.95), 2),
            p95Ms256 = Math.Round(results[256].Http.Latencies.Quantile(0.95), 2),
            failures = results.Values.Sum(result => result.Http.Failures),
            memoryMb = Math.Round(memory.Peak),
        };
    }

    private sealed class Sender(HttpConnection connection, Guid attempt, string cookie)
    {
        private int _sent;

        public async ValueTask<bool> SendAsync()
        {
            int n = _sent++;
            int position = (n % BenchExam.Items) + 1, sequence = (n / BenchExam.Items) + 1;
            byte[] request = HttpConnection.Request("PUT", $"/api/attempts/{attempt}/answers/{position}", cookie,
                $$"""{"response":{"chosen":["{{"abcd"[n % 4]}}"]},"sequence":{{sequence}},"basedOn":{{sequence - 1}},"elapsedMs":{{n * 100}},"confidence":{{(n % 5) + 1}},"device":"bench"}""");
            var (status, _, _) = await connection.SendAsync(request);
            return status == 200;
        }
    }

    private static async Task<LoadResult> Http(BenchSite site, BenchExam exam, (Guid Id, string Email)[] learners, string[] cookies, int count, int seconds)
    {
        var attempts = await exam.OpenAttemptsAsync(site.Sql, [.. Enumerable.Range(0, count).Select(i => learners[i % learners.Length].Id)]);
        var connections = await site.ConnectAsync(count);
        Sender[] senders = [.. connections.Select((connection, i) => new Sender(connection, attempts[i], cookies[i % cookies.Length]))];
        var meter = new CpuMeter(site.ServerProcess, site.Postmaster);
        var result = await Load.RunAsync(senders, seconds, (sender, _) => sender.SendAsync());
        result = result with { Cpu = meter.PerUnit(result.Latencies.Count) };
        Array.ForEach(connections, connection => connection.Dispose());
        return result;
    }

    private static async Task<LoadResult> Raw(BenchSite site, BenchExam exam, (Guid Id, string Email)[] learners, int count, int seconds)
    {
        var attempts = await exam.OpenAttemptsAsync(site.Sql, [.. Enumerable.Range(0, count).Select(i => learners[i % learners.Length].Id)]);
        NpgsqlDbType[] types = [NpgsqlDbType.Uuid, NpgsqlDbType.Smallint, NpgsqlDbType.Integer, NpgsqlDbType.Jsonb, NpgsqlDbType.Integer, NpgsqlDbType.Text, NpgsqlDbType.Bigint, NpgsqlDbType.Smallint, NpgsqlDbType.TimestampTz];
        return await WithCommands(site, count, seconds, UpsertSql, types, (parameters, connection, n) =>
        {
            object[] values = [attempts[connection], (short)((n % BenchExam.Items) + 1), exam.VersionIds[n % BenchExam.Items], "{\"chosen\":[\"a\"]}", (n / BenchExam.Items) + 1, "bench", (long)n, (short)3, DateTime.UtcNow];
            for (int i = 0; i < values.Length; i++)
            {
                parameters[i].Value = values[i];
            }
        });
    }

    private static async Task<LoadResult> SameSql(BenchSite site, BenchExam exam, (Guid Id, string Email)[] learners, int count, int seconds)
    {
        var attempts = await exam.OpenAttemptsAsync(site.Sql, [.. Enumerable.Range(0, count).Select(i => learners[i % learners.Length].Id)]);
        var connections = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => site.Sql.OpenConnectionAsync().AsTask()));
        var commands = connections.Select(connection => AnswerBatch.CreateCommand(connection)).ToArray();
        int[] sent = new int[count];
        foreach (var command in commands)
        {
            await command.PrepareAsync();
        }

        var result = await Load.RunAsync(commands, seconds, async (command, i) =>
        {
            int n = sent[i]++;
            var change = new AnswerChange(attempts[i], (short)((n % BenchExam.Items) + 1), (n / BenchExam.Items) + 1, null, "{\"chosen\":[\"a\"]}", 3, n, "bench", DateTimeOffset.UtcNow, DateTimeOffset.UtcNow);
            return (await AnswerBatch.StoreAsync(command, [change], default))[0].Verdict == ChangeVerdict.Accepted;
        });
        await CloseAsync(connections, commands);
        return result;
    }

    private static async Task<LoadResult> WithCommands(
        BenchSite site, int count, int seconds, string sql, NpgsqlDbType[] types, Action<NpgsqlParameterCollection, int, int> fill)
    {
        var connections = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => site.Sql.OpenConnectionAsync().AsTask()));
        var commands = connections.Select(connection => new NpgsqlCommand(sql, connection)).ToArray();
        int[] sent = new int[count];
        foreach (var command in commands)
        {
            Array.ForEach(types, type => command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type }));
            await command.PrepareAsync();
        }

        var result = await Load.RunAsync(commands, seconds, async (command, i) =>
        {
            fill(command.Parameters, i, sent[i]++);
            return await command.ExecuteNonQueryAsync() == 1;
        });
        await CloseAsync(connections, commands);
        return result;
    }

    private static async Task CloseAsync(NpgsqlConnection[] connections, NpgsqlCommand[] commands)
    {
        for (int i = 0; i < connections.Length; i++)
        {
            await commands[i].UnprepareAsync();
            await commands[i].DisposeAsync();
            await connections[i].DisposeAsync();
        }
    }
}
