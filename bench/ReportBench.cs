using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tripos.Scoring;
using Tripos.Server.Features.Interchange;

namespace Tripos.Bench;

/// <summary>The score report of a whole PTE mock test drawn from the samples, with 8 readers at once, and with 32.</summary>
public sealed class ReportBench(Report report, int seconds)
{
    private const int Connections = 32;
    private const int GoalMs = 40;
    private const string Profile = "pte-2025-08";
    private static readonly string Essay = string.Join(' ', Enumerable.Repeat("Towns that plan for people and not for cars are quieter, and their shops do better.", 16));

    public async Task<object> RunAsync()
    {
        await using var site = await BenchSite.StartAsync();
        string samples = Path.GetFullPath(Path.Combine(BenchSite.ServerDll, "../../../../../../samples/pte"));
        await ImportFiles.RunAsync(ImportPaths.Find([samples]).Sources, new(null, DryRun: false, new()), site.Sql, null, default);
        string[] cookies = await Task.WhenAll((await site.AddLearnersAsync(Connections)).Select(learner => site.SignInAsync(learner.Email)));
        var attempts = await Task.WhenAll(cookies.Select(cookie => SitAsync(site, cookie)));

        byte[][] requests = [.. attempts.Select((attempt, i) => HttpConnection.Request("GET", $"/attempts/{attempt}/report", cookies[i]))];
        report.Line($"  score report of {ScoringProfiles.Find(Profile).Parts.Sum(part => part.Items.Sum(items => items.Mock))} questions; goal p95 {GoalMs} ms with 8 readers at once");
        return new { readers8 = await MeasureAsync(site, requests, 8), readers32 = await MeasureAsync(site, requests, Connections) };
    }

    private async Task<object> MeasureAsync(BenchSite site, byte[][] requests, int readers)
    {
        var connections = await site.ConnectAsync(readers);
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
        report.Line($"  {readers,2} readers {result}   {bytes / 1024.0:N0} kB   {meter.PerUnit(result.Latencies.Count)}");
        Array.ForEach(connections, connection => connection.Dispose());
        return new { perSecond = Math.Round(result.PerSecond), p50Ms = Math.Round(result.Latencies.Quantile(0.5), 2), p95Ms = Math.Round(result.Latencies.Quantile(0.95), 2), failures = result.Failures };
    }

    private static async Task<Guid> SitAsync(BenchSite site, string cookie)
    {
        using var client = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = new Uri($"http://127.0.0.1:{site.Port}") };
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        var started = await ReadAsync(await client.PostAsJsonAsync("/api/mocks", new { profile = Profile }));
        var attempt = (Guid)started["attemptId"]!;
        for (int part = 1; part <= ScoringProfiles.Find(Profile).Parts.Count; part++)
        {
            await ReadAsync(await client.PutAsync($"/api/attempts/{attempt}/parts/{part}", null));
            foreach (var item in (await ReadAsync(await client.GetAsync($"/api/attempts/{attempt}")))["items"]!.AsArray())
            {
                await ReadAsync(await client.PutAsJsonAsync($"/api/attempts/{attempt}/answers/{item!["position"]}", new { response = Answer(item), sequence = 1 }));
            }
        }

        await ReadAsync(await client.PostAsJsonAsync($"/api/attempts/{attempt}/submission", new { type = "manual" }));
        return attempt;
    }

    private static JsonObject Answer(JsonNode item)
    {
        var body = item["body"]!;
        return body switch
        {
            { } when body["options"] is JsonArray options => new() { ["chosen"] = new JsonArray(options[0]!["id"]!.DeepClone()) },
            { } when body["parts"] is JsonArray parts => new() { ["order"] = new JsonArray([.. parts.Select(part => part!["id"]!.DeepClone())]) },
            { } when body["words"] is JsonArray words => new() { ["gaps"] = new JsonObject { ["1"] = words[0]!["id"]!.DeepClone() } },
            { } when body["gaps"] is JsonArray gaps => new() { ["gaps"] = new JsonObject { [(string)gaps[0]!["id"]!] = gaps[0]!["options"] is JsonArray choices ? choices[0]!["id"]!.DeepClone() : "water" } },
            _ => ((string)item["kind"]!) switch
            {
                "pte-highlight-incorrect-words" => new() { ["marked"] = new JsonArray(1, 5) },
                "pte-write-essay" or "pte-summarize-written-text" or "pte-summarize-spoken-text" or "pte-write-from-dictation" => new() { ["text"] = (string)item["kind"]! == "pte-write-from-dictation" ? Essay[..80] : Essay },
                _ => new() { ["recording"] = Guid.NewGuid().ToString(), ["durationMs"] = 30_000 },
            },
        };
    }

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage reply)
    {
        string text = await reply.Content.ReadAsStringAsync();
        return reply.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new InvalidOperationException($"{reply.RequestMessage!.RequestUri} answered {(int)reply.StatusCode}: {text}");
    }
}
