using System.Net.Http.Json;
using System.Text.Json;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Attempts;

public sealed class HistoryTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task Attempts_come_newest_first_page_by_page_without_gaps_or_repeats()
    {
        int total = (ReadHistory.PageSize * 2) + 3;
        await app.Run("""
            INSERT INTO attempts (id, learner_id, title, mode, status, seed, created_at)
            SELECT gen_random_uuid(), $1, 'Attempt ' || n, 'practice', 'in_progress', n, now() - (n / 2) * interval '1 hour' FROM generate_series(1, $2) n
            """, Otto.Id, total);

        List<JsonElement> rows = [];
        for (string? before = ""; before is not null;)
        {
            var page = await app.As(Otto).GetFromJsonAsync<JsonElement>($"/api/attempts?before={before}", Ct);
            rows.AddRange(page.GetProperty("rows").EnumerateArray());
            before = page.GetProperty("older").GetString();
        }

        Assert.Equal(total, rows.Select(row => row.GetProperty("attemptId").GetGuid()).Distinct().Count());
        Assert.Equal(total, rows.Count);
        Assert.Equal(rows.OrderByDescending(row => row.GetProperty("createdAt").GetDateTimeOffset()).Select(Id), rows.Select(Id));
    }

    [Fact]
    public async Task Nobody_sees_anothers_attempts_or_a_score_the_test_hides()
    {
        var attempt = await app.Sits(Ada, await app.HasTest(policy: new TestPolicy { ShowScore = false }), "a");

        var page = await app.As(Ada).GetFromJsonAsync<JsonElement>("/api/attempts", Ct);

        var row = page.GetProperty("rows").EnumerateArray().Single(r => Id(r) == attempt);
        Assert.Equal(JsonValueKind.Null, row.GetProperty("percent").ValueKind);
        Assert.DoesNotContain((await app.As(Tess).GetFromJsonAsync<JsonElement>("/api/attempts", Ct)).GetProperty("rows").EnumerateArray(), r => Id(r) == attempt);
    }

    private static Guid Id(JsonElement row) => row.GetProperty("attemptId").GetGuid();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
}
