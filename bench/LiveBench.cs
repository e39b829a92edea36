using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Tripos.Server.Features.Accounts;
using Tripos.Server.Platform.Data;

namespace Tripos.Bench;

/// <summary>
/// Live sessions as a school has them: 1,000 learners in 40 sessions of 25 with their walls, each answering every 10 s with heartbeats every 5 s; the start of a session of 500; every socket broken at once;
/// the server killed while they answer. Clients, server and database share the machine.
/// </summary>
public sealed class LiveBench(Report report, int seconds)
{
    private const int Sessions = 40;
    private const int PerSession = 25;
    private const int Large = 500;
    private const int EveryMs = 10_000;

    private sealed record Seat(Guid Id, Guid Session, string Cookie, int Items = BenchExam.Items);

    private sealed record Wall(Guid Session, string Cookie);

    public async Task<object> RunAsync()
    {
        await using var site = await BenchSite.StartAsync();
        await using var load = LiveLoad.Start();
        var exam = await BenchExam.CreateAsync(site.Sql);
        var teacher = (await site.AddLearnersAsync(1))[0];
        await site.Sql.ExecuteAsync("INSERT INTO user_roles (user_id, role) VALUES ($1, 'teacher')", default, teacher.Id);
        string teacherCookie = (await CookiesAsync(site, [teacher.Id]))[0];
        var rejected = await RejectedDesigns.RunAsync(site.Sql);

        var large = await SeatAsync(site, exam, teacher.Id, 1, Large);
        double startMs = await StartLargeAsync(site, load, large, teacherCookie);

        var seats = await SeatAsync(site, exam, teacher.Id, Sessions, PerSession);
        Wall[] walls = [.. seats.Select(seat => seat.Session).Distinct().Select(session => new Wall(session, teacherCookie))];
        await ConnectAsync(site, load, seats, walls);
        double wal = await HeartbeatsAsync(site, load, rejected);
        await StartAllAsync(site, load, walls, teacherCookie);
        var (working, writes) = await AnswerAsync(site, load);
        double stormS = await StormAsync(load);
        double killedS = await KillAsync(site, load);
        var (lost, duplicated) = await CheckAsync(site, load);
        var memory = site.MemoryMb();
        report.Line($"server memory {memory.Now:N0} MB, at most {memory.Peak:N0} MB since it was started again");
        await load.DoAsync("close");
        return new
        {
            wallP95Ms = Math.Round(working.GetProperty("wallP95").GetDouble(), 1),
            saveP95Ms = Math.Round(working.GetProperty("saveP95").GetDouble(), 1),
            startP100Ms = Math.Round(startMs),
            reconnectS = Math.Round(Math.Max(stormS, killedS), 2),
            lost,
            duplicated,
            walBytesPerHeartbeat = Math.Round(wal, 1),
            writesPerSecond = Math.Round(writes, 1),
        };
    }

    private async Task<double> StartLargeAsync(BenchSite site, LiveLoad load, List<Seat> seats, string teacherCookie)
    {
        await ConnectAsync(site, load, seats, [new Wall(seats[0].Session, teacherCookie)]);
        var from = DateTimeOffset.UtcNow;
        var waiting = load.DoAsync("started");
        await PostAsync(site, teacherCookie, $"/api/live/sessions/{seats[0].Session}/start");
        double answeredMs = (DateTimeOffset.UtcNow - from).TotalMilliseconds;
        var started = await waiting;
        double ms = started.GetProperty("lastAt").GetDouble() - from.ToUnixTimeMilliseconds();
        report.Line($"start of a session of {Large}: the last learner had their attempt after {ms:N0} ms (the request itself: {answeredMs:N0} ms){Missing(started)}");
        await PostAsync(site, teacherCookie, $"/api/live/sessions/{seats[0].Session}/completion");
        await load.DoAsync("close");
        return ms;
    }

    private async Task ConnectAsync(BenchSite site, LiveLoad load, List<Seat> seats, IReadOnlyList<Wall> walls)
    {
        var connected = await load.DoAsync("connect", new { server = $"http://127.0.0.1:{site.Port}", learners = seats, walls });
        report.Line($"{seats.Count:N0} learners and {walls.Count} walls connected in {connected.GetProperty("ms").GetDouble() / 1000:N1} s");
    }

    /// <summary>Nobody answers: what a heartbeat costs, beside the designs that were not taken.</summary>
    private async Task<double> HeartbeatsAsync(BenchSite site, LiveLoad load, RejectedDesigns.Measured rejected)
    {
        await site.Sql.ExecuteAsync("CHECKPOINT", default); // none may fall into the measurement: after one, every page is written whole the first time
        await load.DoAsync("beat", new { seconds = 6, on = true });
        decimal idleFrom = await RejectedDesigns.LsnAsync(site.Sql);
        await load.DoAsync("beat", new { seconds, on = false });
        double idle = (double)(await RejectedDesigns.LsnAsync(site.Sql) - idleFrom);
        decimal busyFrom = await RejectedDesigns.LsnAsync(site.Sql);
        long updatesFrom = await UpdatesAsync(site), commitsFrom = await CommitsAsync(site);
        int beatSeconds = seconds * 2;
        var beaten = await load.DoAsync("beat", new { seconds = beatSeconds, on = true });
        double busy = (double)(await RejectedDesigns.LsnAsync(site.Sql) - busyFrom);
        double beats = beaten.GetProperty("beats").GetInt32() * (beatSeconds + 0.5) / beatSeconds; // the half second before counting
        double wal = Math.Max(0, busy - (idle * (beatSeconds + 0.5) / (seconds + 0.5))) / beats;
        report.Line($"heartbeats: {beats / beatSeconds:N0}/s, {(await UpdatesAsync(site) - updatesFrom) / (double)beatSeconds:N0} rows/s updated in {(await CommitsAsync(site) - commitsFrom) / (double)beatSeconds:N1} transactions/s of everything");
        report.Line($"  log per heartbeat {wal:N0} bytes; one update per heartbeat {rejected.RowWal:N0}, jsonb_set {rejected.SetWal:N0}, the whole array written back {rejected.ArrayWal:N0}");
        return wal;
    }

    private static async Task StartAllAsync(BenchSite site, LiveLoad load, IEnumerable<Wall> walls, string cookie)
    {
        foreach (var wall in walls)
        {
            await PostAsync(site, cookie, $"/api/live/sessions/{wall.Session}/start");
        }

        await load.DoAsync("started");
    }

    private async Task<(JsonElement Working, double Writes)> AnswerAsync(BenchSite site, LiveLoad load)
    {
        await load.DoAsync("answer", new { seconds = 12, everyMs = EveryMs }); // warm
        var cpu = new CpuMeter(site.ServerProcess, site.Postmaster);
        long commits = await CommitsAsync(site);
        int lasting = Math.Max(20, seconds * 4);
        var working = await load.DoAsync("answer", new { seconds = lasting, everyMs = EveryMs });
        double writes = (await CommitsAsync(site) - commits) / (lasting + 1.0);
        double Number(string name) => working.GetProperty(name).GetDouble();
        report.Line($"{Number("perSecond"):N0} answers/s: acknowledged p50 {Number("saveP50"):N1} ms, p95 {Number("saveP95"):N1} ms, p99 {Number("saveP99"):N1} ms; refused {Number("refused"):N0}");
        report.Line($"  on the wall p50 {Number("wallP50"):N0} ms, p95 {Number("wallP95"):N0} ms, p99 {Number("wallP99"):N0} ms ({Number("seen"):N0} of {Number("saves"):N0} seen); {writes:N0} transactions/s; {cpu.PerUnit(Number("saves"))}");
        return (working, writes);
    }

    private async Task<double> StormAsync(LiveLoad load)
    {
        var storm = await load.DoAsync("storm");
        double s = storm.GetProperty("ms").GetDouble() / 1000;
        report.Line($"every socket broken at once: everybody attends again after {s:N1} s{Missing(storm)}");
        return s;
    }

    /// <summary>SIGKILL while they answer, and started again.</summary>
    private async Task<double> KillAsync(BenchSite site, LiveLoad load)
    {
        var answering = load.DoAsync("answer", new { seconds = 15, everyMs = 2_000 });
        await Task.Delay(3_000);
        var recovering = load.DoAsync("outage");
        var down = Stopwatch.StartNew();
        await site.KillServerAsync();
        await site.ServeAsync();
        double downS = down.Elapsed.TotalSeconds;
        var recovered = await recovering;
        double s = recovered.GetProperty("ms").GetDouble() / 1000;
        var answered = await answering;
        report.Line($"server killed while they answer, started again after {downS:N1} s: everybody attends again {s:N1} s after the kill{Missing(recovered)}; {answered.GetProperty("saves").GetInt32():N0} answers, {answered.GetProperty("retried").GetInt32():N0} sends repeated");
        return s;
    }

    private async Task<(long Lost, long Duplicated)> CheckAsync(BenchSite site, LiveLoad load)
    {
        string file = Path.GetTempFileName();
        await load.DoAsync("acked", new { file });
        var acked = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(file)).EnumerateArray().ToList();
        File.Delete(file);
        var answers = acked.SelectMany(one => one.GetProperty("answers").EnumerateArray().Where(answer => answer.GetProperty("sequence").GetInt32() > 0)
            .Select(answer => (Attempt: one.GetProperty("attempt").GetGuid(), Position: answer.GetProperty("position").GetInt16(), Sequence: answer.GetProperty("sequence").GetInt32(), Option: answer.GetProperty("option").GetString()))).ToList();
        long changes = acked.Sum(one => one.GetProperty("changes").GetInt64());
        var found = await site.Sql.QueryAsync("""
            SELECT count(*) FILTER (WHERE a.sequence IS DISTINCT FROM t.sequence OR a.response->'chosen'->>0 IS DISTINCT FROM t.option)
            FROM unnest($1::uuid[], $2::smallint[], $3::integer[], $4::text[]) AS t(attempt, position, sequence, option) LEFT JOIN answers a ON a.attempt_id = t.attempt AND a.position = t.position
            """, row => row.GetInt64(0), default, answers.Select(a => a.Attempt).ToArray(), answers.Select(a => a.Position).ToArray(), answers.Select(a => a.Sequence).ToArray(), answers.Select(a => a.Option).ToArray());
        var events = await site.Sql.QueryAsync("SELECT count(*), count(DISTINCT (attempt_id, position, sequence)) FROM answer_events WHERE outcome = 'accepted'", row => (All: row.GetInt64(0), Distinct: row.GetInt64(1)), default);
        long lost = found[0] + Math.Max(0, changes - events[0].Distinct), duplicated = events[0].All - events[0].Distinct;
        report.Line($"{changes:N0} changes acknowledged, {events[0].All:N0} in the history: lost {lost}, duplicated {duplicated}; {answers.Count:N0} answers compared by content");
        return (lost, duplicated);
    }

    private static async Task<List<Seat>> SeatAsync(BenchSite site, BenchExam exam, Guid teacherId, int sessions, int each)
    {
        List<Seat> seats = [];
        for (int n = 0; n < sessions; n++)
        {
            var people = await site.AddLearnersAsync(each);
            string[] cookies = await CookiesAsync(site, [.. people.Select(person => person.Id)]);
            Guid classId = Guid.CreateVersion7(), session = Guid.CreateVersion7();
            await site.Sql.ExecuteAsync("INSERT INTO classes (id, teacher_id, name) VALUES ($1, $2, 'Bench')", default, classId, teacherId);
            await site.Sql.ExecuteAsync("INSERT INTO class_members (class_id, learner_id, joined_by) SELECT $1, l, 'roster' FROM unnest($2::uuid[]) l", default, classId, people.Select(person => person.Id).ToArray());
            await site.Sql.ExecuteAsync("INSERT INTO live_sessions (id, class_id, test_id, created_by, title, status, time_limit_ms) VALUES ($1, $2, $3, $4, 'Bench', 'waiting_for_students', 7200000)", default, session, classId, exam.TestId, teacherId);
            await site.Sql.ExecuteAsync("INSERT INTO live_participants (session_id, learner_id) SELECT $1, l FROM unnest($2::uuid[]) l", default, session, people.Select(person => person.Id).ToArray());
            seats.AddRange(people.Zip(cookies, (person, cookie) => new Seat(person.Id, session, cookie)));
        }

        return seats;
    }

    /// <summary>Browser sessions made straight in the database: checking a thousand passwords would take minutes.</summary>
    private static async Task<string[]> CookiesAsync(BenchSite site, IReadOnlyList<Guid> people)
    {
        string[] keys = [.. people.Select(_ => Secret.New())];
        await site.Sql.ExecuteAsync("INSERT INTO sessions (id, user_id, key_hash, expires_at) SELECT gen_random_uuid(), p, k, now() + interval '1 day' FROM unnest($1::uuid[], $2::bytea[]) AS t(p, k)", default,
            people.ToArray(), keys.Select(Secret.Hash).ToArray());
        return [.. keys.Select(key => $"{SessionCookie.Name}={key}")];
    }

    private static async Task PostAsync(BenchSite site, string cookie, string path)
    {
        using var handler = new HttpClientHandler { UseCookies = false };
        using var client = new HttpClient(handler) { BaseAddress = new Uri($"http://127.0.0.1:{site.Port}") };
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Headers = { { "Cookie", cookie }, { "Sec-Fetch-Site", "same-origin" } } };
        using var reply = await client.SendAsync(request);
        if (!reply.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{path} answered {(int)reply.StatusCode}: {await reply.Content.ReadAsStringAsync()}");
        }
    }

    private static async Task<long> UpdatesAsync(BenchSite site) => (await site.Sql.QueryAsync("SELECT n_tup_upd FROM pg_stat_user_tables WHERE relname = 'live_participants'", row => row.GetInt64(0), default))[0];

    private static async Task<long> CommitsAsync(BenchSite site) => (await site.Sql.QueryAsync("SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()", row => row.GetInt64(0), default))[0];

    private static string Missing(JsonElement result) => result.GetProperty("missing").GetInt32() is > 0 and var missing ? $"; {missing} NEVER DID" : "";
}
