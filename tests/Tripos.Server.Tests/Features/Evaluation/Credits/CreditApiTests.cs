using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Tripos.Server.Features.Evaluation;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;
using static Tripos.Server.Tests.Support.Visit;

namespace Tripos.Server.Tests.Features.Evaluation.Credits;

public sealed class CreditApiTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task Learners_see_what_they_can_spend_and_what_evaluations_take()
    {
        var ada = await ReadAsync(app.As(Ada), "/api/credits");

        Assert.Equal(("free", 4, 0, false), (ada.GetProperty("level").GetString(), ada.GetProperty("daily").GetInt32(), ada.GetProperty("held").GetInt32(), ada.GetProperty("unlimited").GetBoolean()));
        Assert.Equal(1, ada.GetProperty("prices").GetProperty("speaking").GetInt32());
        Assert.True(ada.GetProperty("nextGrantAt").GetDateTimeOffset() > DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task Root_gives_and_takes_back_extra_credits_with_a_reason_once_per_request()
    {
        var (_, id, _) = await app.ArrivesAsync();
        var gift = new { userId = id, credits = 12, reason = "Lost   a day to an outage", id = Guid.CreateVersion7() };

        var given = await app.As(Root).PostAsJsonAsync("/api/admin/credit-grants", gift, Ct);
        var again = await app.As(Root).PostAsJsonAsync("/api/admin/credit-grants", gift, Ct);
        var tooMuch = await app.As(Root).PostAsJsonAsync("/api/admin/credit-grants", new { userId = id, credits = -13, reason = "By mistake" }, Ct);
        var taken = await app.As(Root).PostAsJsonAsync("/api/admin/credit-grants", new { userId = id, credits = -2, reason = "By mistake" }, Ct);

        Assert.All([given, again, taken], reply => Assert.Equal(HttpStatusCode.OK, reply.StatusCode));
        Assert.Equal("/problems/credits-not-there", (await tooMuch.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("type").GetString());
        Assert.Equal(10, (await taken.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("extra").GetInt32());
        Assert.Equal((1L, "Lost a day to an outage"), (await app.Value<long>("SELECT count(*) FROM activity_log WHERE user_id = $1 AND actor_id = $2 AND action = 'credits-given'", id, Root.Id),
            await app.Value<string>("SELECT reason FROM credit_transfers WHERE user_id = $1 AND kind = 'gift' AND by_id = $2", id, Root.Id)));
    }

    [Theory]
    [InlineData(0, "A reason")]
    [InlineData(100_001, "A reason")]
    [InlineData(5, "  ")]
    public async Task A_gift_needs_a_number_and_a_reason(int credits, string reason)
    {
        var reply = await app.As(Root).PostAsJsonAsync("/api/admin/credit-grants", new { userId = Ada.Id, credits, reason }, Ct);

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
    }

    [Fact]
    public async Task Memberships_end_and_only_in_the_future()
    {
        var (browser, id, _) = await app.ArrivesAsync();

        var past = await app.As(Root).PutAsJsonAsync($"/api/admin/memberships/{id}", new { level = "pro", until = DateTimeOffset.UtcNow.AddDays(-1) }, Ct);
        var unknown = await app.As(Root).PutAsJsonAsync($"/api/admin/memberships/{Guid.CreateVersion7()}", new { level = "pro" }, Ct);
        var set = await app.As(Root).PutAsJsonAsync($"/api/admin/memberships/{id}", new { level = "pro", until = DateTimeOffset.UtcNow.AddDays(30) }, Ct);
        var mine = await (await browser.GetAsync("/api/credits")).Content.ReadFromJsonAsync<JsonElement>(Ct);

        Assert.Equal([HttpStatusCode.BadRequest, HttpStatusCode.NotFound, HttpStatusCode.OK], [past.StatusCode, unknown.StatusCode, set.StatusCode]);
        Assert.Equal(("pro", 50), (mine.GetProperty("level").GetString(), mine.GetProperty("daily").GetInt32()));
        Assert.Equal(1L, await app.Value<long>("SELECT count(*) FROM activity_log WHERE user_id = $1 AND action = 'membership-changed'", id));
    }

    [Fact]
    public async Task Only_administrators_give_limit_and_see_everybody()
    {
        foreach (var person in new[] { Ada, Tess })
        {
            var client = app.As(person);
            HttpStatusCode[] replies =
            [
                (await client.PostAsJsonAsync("/api/admin/credit-grants", new { userId = person.Id, credits = 100, reason = "Me" }, Ct)).StatusCode,
                (await client.PutAsJsonAsync("/api/admin/credit-cap", new { credits = 1 }, Ct)).StatusCode,
                (await client.DeleteAsync("/api/admin/credit-cap", Ct)).StatusCode,
                (await client.GetAsync("/api/admin/credit-caps", Ct)).StatusCode,
                (await client.GetAsync("/api/admin/credit-usage.csv", Ct)).StatusCode,
                (await client.GetAsync("/admin/credits", Ct)).StatusCode,
            ];
            Assert.All(replies, reply => Assert.Equal(HttpStatusCode.Forbidden, reply));
        }
    }

    [Fact]
    public async Task A_team_is_limited_by_its_administrators_and_by_those_of_the_server()
    {
        var team = await app.HasTeam("Evening school", Tess, Ada);
        string url = $"/api/teams/{team}/credit-cap";

        var stranger = await app.As(Otto).PutAsJsonAsync(url, new { credits = 5 }, Ct);
        var member = await app.As(Ada).PutAsJsonAsync(url, new { credits = 5 }, Ct);
        var wrong = await app.As(Tess).PutAsJsonAsync(url, new { credits = -1 }, Ct);
        var own = await app.As(Tess).PutAsJsonAsync(url, new { credits = 5 }, Ct);
        var caps = await ReadAsync(app.As(Root), "/api/admin/credit-caps");
        var removed = await app.As(Root).DeleteAsync(url, Ct);
        var nowhere = await app.As(Root).PutAsJsonAsync($"/api/teams/{Guid.CreateVersion7()}/credit-cap", new { credits = 5 }, Ct);

        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.Forbidden, HttpStatusCode.BadRequest, HttpStatusCode.NoContent, HttpStatusCode.NoContent, HttpStatusCode.NotFound],
            [stranger.StatusCode, member.StatusCode, wrong.StatusCode, own.StatusCode, removed.StatusCode, nowhere.StatusCode]);
        Assert.Contains(caps.GetProperty("teams").EnumerateArray(), cap => cap.GetProperty("teamId").GetGuid() == team && cap.GetProperty("credits").GetInt32() == 5);
        Assert.Equal(0L, await app.Value<long>("SELECT count(*) FROM credit_caps WHERE team_id = $1", team));
    }

    [Fact]
    public async Task The_server_is_limited_and_its_use_counted()
    {
        var now = DateTimeOffset.UtcNow;
        await app.IsMember(Otto, Server.Features.Evaluation.Credits.MembershipLevel.Premium);
        await app.Spends(Otto, UsageType.Code, 70);

        var set = await app.As(Root).PutAsJsonAsync("/api/admin/credit-cap", new { credits = 1_000_000 }, Ct);
        var caps = await ReadAsync(app.As(Root), "/api/admin/credit-caps");
        var usage = await ReadAsync(app.As(Root), "/api/admin/credit-usage");
        string csv = await app.As(Root).GetStringAsync("/api/admin/credit-usage.csv", Ct);

        Assert.Equal(HttpStatusCode.NoContent, set.StatusCode);
        Assert.Equal(1_000_000, caps.GetProperty("server").GetProperty("credits").GetInt32());
        Assert.True(caps.GetProperty("server").GetProperty("used").GetInt64() >= 70);
        Assert.Contains(usage.EnumerateArray(), row => row.GetProperty("usageType").GetString() == "code" && row.GetProperty("costMicros").GetInt64() == 105_000);
        Assert.Contains($"{now:yyyy-MM},code,1,1,70,0,0.105\r\n", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Use_is_told_by_type_and_day_and_only_ones_own()
    {
        var (browser, id, _) = await app.ArrivesAsync();
        Person nell = new(id, "Nell");
        var yesterday = DateTimeOffset.UtcNow.AddDays(-1);
        await app.Spends(nell, UsageType.Writing, 2, yesterday);
        await app.Spends(nell, UsageType.Speaking, 1);
        await app.Spends(nell, UsageType.Speaking, 1, settles: false);

        var mine = await (await browser.GetAsync("/api/credits/usage")).Content.ReadFromJsonAsync<JsonElement>(Ct);
        var today = await (await browser.GetAsync($"/api/credits/usage?from={Uri.EscapeDataString(DateTimeOffset.UtcNow.AddHours(-1).ToString("O"))}")).Content.ReadFromJsonAsync<JsonElement>(Ct);
        var wrong = await browser.GetAsync("/api/credits/usage?from=2026-01-01T00:00:00Z&to=2025-01-01T00:00:00Z");
        var adas = await ReadAsync(app.As(Ada), "/api/credits/usage");

        Assert.Equal((3, 1), (mine.GetProperty("credits").GetInt32(), today.GetProperty("credits").GetInt32()));
        Assert.Equal(2, mine.GetProperty("days").GetArrayLength());
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Equal(0, adas.GetProperty("credits").GetInt32());
    }

    [Fact]
    public async Task Pages_of_what_came_and_went_leave_nothing_out_and_repeat_nothing()
    {
        var (browser, id, _) = await app.ArrivesAsync();
        Person nell = new(id, "Nell");
        var start = DateTimeOffset.UtcNow.AddDays(-40);
        for (int day = 0; day < 20; day++)
        {
            await app.Spends(nell, day % 2 == 0 ? UsageType.Writing : UsageType.Prompt, 1, start.AddDays(day));
            await app.Spends(nell, UsageType.Code, 1, start.AddDays(day), settles: day % 5 != 0);
        }

        var all = await EverythingAsync(browser, "/api/credits/transfers?");
        var written = await EverythingAsync(browser, "/api/credits/transfers?type=writing&");

        // 20 grants, 19 expiries, 40 evaluations of which 4 are open; a reservation that ended does not show beside its end.
        Assert.Equal((79, 79), (all.Count, all.Distinct().Count()));
        Assert.Equal(10, written.Count);
    }

    private static async Task<List<Guid>> EverythingAsync(Visit browser, string url)
    {
        List<Guid> ids = [];
        for (string? after = ""; after is not null;)
        {
            var page = await (await browser.GetAsync($"{url}after={after}")).Content.ReadFromJsonAsync<JsonElement>(Ct);
            ids.AddRange(page.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("id").GetGuid()));
            after = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }

        return ids;
    }

    private static async Task<JsonElement> ReadAsync(HttpClient client, string url) => await client.GetFromJsonAsync<JsonElement>(url, Ct);
}
