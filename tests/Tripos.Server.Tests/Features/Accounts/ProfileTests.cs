using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Visit;

namespace Tripos.Server.Tests.Features.Accounts;

public sealed class ProfileTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task The_profile_page_and_the_api_store_the_same_thing()
    {
        var (browser, _, _) = await app.ArrivesAsync();

        var saved = await browser.PostAsync("/settings", "profile", ("Form.DisplayName", " Ada Lovelace "), ("Form.TimeZone", "Europe/Zurich"), ("Form.Locale", "de"),
            ("Form.ExamDate", "2027-01-15"), ("Form.TargetPercent", "85"), ("Form.Bio", "I count."));
        var profile = await (await browser.GetAsync("/api/me/profile")).Content.ReadFromJsonAsync<JsonElement>(Ct);
        string page = await (await browser.GetAsync("/settings")).Content.ReadAsStringAsync(Ct);

        Assert.Equal("/settings?saved=profile", saved.Headers.Location!.PathAndQuery);
        Assert.Equal("Ada Lovelace Europe/Zurich de 2027-01-15 85 I count.", string.Join(' ', profile.EnumerateObject().Select(p => p.Value.ToString())));
        Assert.Contains("Ada Lovelace", page, StringComparison.Ordinal); // the menu, from the claims: what was cached is gone
    }

    [Fact]
    public async Task Times_are_shown_in_the_zone_a_person_chose()
    {
        var (browser, id, _) = await app.ArrivesAsync();
        await app.Run("UPDATE sessions SET created_at = '2026-07-01T22:30Z' WHERE user_id = $1", id);

        await browser.SendJsonAsync(HttpMethod.Put, "/api/me/profile", new { displayName = "Ada", timeZone = "Asia/Tokyo" });
        string page = await (await browser.GetAsync("/settings")).Content.ReadAsStringAsync(Ct);

        Assert.Contains("2 Jul 2026, 07:30", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("displayName", "", "UTC", "en", 50)]
    [InlineData("timeZone", "Ada", "Nowhere/Land", "en", 50)]
    [InlineData("timeZone", "Ada", "../etc/passwd", "en", 50)]
    [InlineData("locale", "Ada", "UTC", "xx", 50)]
    [InlineData("targetPercent", "Ada", "UTC", "en", 101)]
    public async Task What_cannot_be_is_refused_by_field(string field, string displayName, string timeZone, string locale, int targetPercent)
    {
        var (browser, _, _) = await app.ArrivesAsync();

        var reply = await browser.SendJsonAsync(HttpMethod.Put, "/api/me/profile", new { displayName, timeZone, locale, targetPercent });

        var problem = await reply.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task Preferences_are_kept_and_colour_this_browser_and_the_next()
    {
        var (browser, _, email) = await app.ArrivesAsync();

        await browser.PostAsync("/settings", "preferences", ("Form.Theme", "Dark"), ("Form.Interests", "chess\r\n music \r\n\r\nChess"), ("Form.Goals", "pass"),
            ("Form.TimeBudget", "Deep"), ("Form.ChallengeMode", "true"), ("Form.DailyMinutes", "45"), ("Form.TeamNews", "true"));
        var stored = await (await browser.GetAsync("/api/me/preferences")).Content.ReadFromJsonAsync<JsonElement>(Ct);

        Assert.Equal("dark", stored.GetProperty("theme").GetString());
        Assert.Equal(["chess", "music"], stored.GetProperty("interests").EnumerateArray().Select(i => i.GetString()));
        Assert.Equal("deep", stored.GetProperty("timeBudget").GetString());
        Assert.True(stored.GetProperty("challengeMode").GetBoolean());
        Assert.False(stored.GetProperty("notifications").GetProperty("reviewReminders").GetBoolean());
        Assert.True(stored.GetProperty("notifications").GetProperty("teamNews").GetBoolean());
        Assert.Equal("dark", browser.Cookie("theme"));
        using var phone = app.Visit();
        await phone.PostAsync("/sign-in", "sign-in", ("Form.Email", email), ("Form.Password", Password));
        Assert.Equal("dark", phone.Cookie("theme"));
    }

    [Fact]
    public async Task Preferences_by_the_api_replace_the_old_ones()
    {
        var (browser, _, _) = await app.ArrivesAsync();
        object preferences = new { theme = "light", interests = new[] { "go" }, goals = Array.Empty<string>(), timeBudget = "short", challengeMode = false, dailyMinutes = 10, notifications = new { } };

        var first = await browser.SendJsonAsync(HttpMethod.Put, "/api/me/preferences", preferences);
        var refused = await browser.SendJsonAsync(HttpMethod.Put, "/api/me/preferences", new { theme = "light", timeBudget = "short", dailyMinutes = 4 });

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }
}
