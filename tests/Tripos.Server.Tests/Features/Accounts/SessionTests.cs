using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Tripos.Server.Features.Accounts;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Visit;

namespace Tripos.Server.Tests.Features.Accounts;

public sealed class SessionTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task Signing_out_ends_the_session_even_for_a_copy_of_the_cookie()
    {
        var (browser, id, _) = await app.ArrivesAsync();
        using var thief = app.Visit();
        thief.SetCookie("tripos", browser.Cookie("tripos")!);
        Assert.Equal(HttpStatusCode.OK, (await thief.GetAsync("/api/me")).StatusCode);

        var reply = await browser.SendJsonAsync(HttpMethod.Delete, "/api/sessions/current");

        Assert.Equal(HttpStatusCode.NoContent, reply.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await thief.GetAsync("/api/me")).StatusCode);
        Assert.Equal(1L, await app.Value<long>("SELECT count(*) FROM activity_log WHERE user_id = $1 AND action = 'signed-out'", id));
    }

    [Fact]
    public async Task Ending_all_other_sessions_keeps_this_one()
    {
        var (browser, _, email) = await app.ArrivesAsync();
        using var phone = app.Visit();
        await phone.SignInAsync(email);
        await phone.GetAsync("/api/me");

        await browser.SendJsonAsync(HttpMethod.Delete, "/api/sessions/others");

        var left = await (await browser.GetAsync("/api/sessions")).Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, (await phone.GetAsync("/api/me")).StatusCode);
        Assert.True(Assert.Single(left.EnumerateArray()).GetProperty("isCurrent").GetBoolean());
    }

    [Fact]
    public async Task One_session_can_be_ended_from_another()
    {
        var (browser, _, email) = await app.ArrivesAsync();
        using var phone = app.Visit();
        await phone.SignInAsync(email);
        await phone.GetAsync("/api/me");
        var sessions = await (await browser.GetAsync("/api/sessions")).Content.ReadFromJsonAsync<JsonElement>(Ct);
        string other = sessions.EnumerateArray().Single(s => !s.GetProperty("isCurrent").GetBoolean()).GetProperty("id").GetString()!;

        var reply = await browser.SendJsonAsync(HttpMethod.Delete, $"/api/sessions/{other}");

        Assert.Equal(HttpStatusCode.NoContent, reply.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await phone.GetAsync("/api/me")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/me")).StatusCode);
    }

    [Fact]
    public async Task A_session_ends_when_it_is_unused_for_two_weeks()
    {
        var (browser, id, _) = await app.ArrivesAsync();

        await app.Run("UPDATE sessions SET expires_at = now() - interval '1 second' WHERE user_id = $1", id);

        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/me")).StatusCode);
    }

    [Fact]
    public async Task Using_a_session_keeps_it_alive_but_is_noted_only_every_few_minutes()
    {
        var (browser, id, _) = await app.ArrivesAsync();
        await app.Run("UPDATE sessions SET last_seen_at = now() - interval '6 minutes', expires_at = now() + interval '1 hour' WHERE user_id = $1", id);

        await browser.GetAsync("/api/me");
        var seen = await app.Value<DateTime>("SELECT last_seen_at FROM sessions WHERE user_id = $1", id);
        app.Services.GetRequiredService<Credentials>().ForgetAll();
        await browser.GetAsync("/api/me");

        Assert.True(await app.Value<bool>("SELECT last_seen_at > now() - interval '1 minute' AND expires_at > now() + interval '13 days' FROM sessions WHERE user_id = $1", id));
        Assert.Equal(seen, await app.Value<DateTime>("SELECT last_seen_at FROM sessions WHERE user_id = $1", id));
    }

    [Fact]
    public async Task A_change_made_elsewhere_is_heard_from_the_database()
    {
        var (browser, id, _) = await app.ArrivesAsync();
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync("/admin/people")).StatusCode);

        await app.Run("INSERT INTO user_roles (user_id, role) VALUES ($1, 'admin')", id);
        await Eventually(async () => (await browser.GetAsync("/admin/people")).StatusCode == HttpStatusCode.OK);
        await app.Run("DELETE FROM sessions WHERE user_id = $1", id);

        await Eventually(async () => (await browser.GetAsync("/api/me")).StatusCode == HttpStatusCode.Unauthorized);
    }

    /// <summary>A notification takes a moment; five seconds are promised.</summary>
    private static async Task Eventually(Func<Task<bool>> holds)
    {
        using CancellationTokenSource promised = new(TimeSpan.FromSeconds(5));
        while (!await holds())
        {
            Assert.False(promised.IsCancellationRequested, "It took longer than five seconds.");
        }
    }
}
