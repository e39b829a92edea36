using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Tripos.Server.Features.Accounts;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;
using static Tripos.Server.Tests.Support.Visit;

namespace Tripos.Server.Tests.Features.Accounts;

public sealed partial class ActivityTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task A_person_sees_what_happened_to_their_account_and_nothing_of_others()
    {
        var (browser, _, _) = await app.ArrivesAsync();
        var (_, otherId, _) = await app.ArrivesAsync();
        await app.Run("UPDATE users SET display_name = 'Unmistakable' WHERE id = $1", otherId);

        string page = await (await browser.GetAsync("/settings/activity")).Content.ReadAsStringAsync(Ct);

        Assert.Contains("Signed in", page, StringComparison.Ordinal);
        Assert.Contains("Account created", page, StringComparison.Ordinal);
        Assert.Equal(2, Row().Count(page) - 1);
        Assert.DoesNotContain("Unmistakable", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrator_filters_by_event_and_person_and_reads_on_without_gaps()
    {
        var person = await app.HasAccountAsync("busy@example.org");
        await app.Run("INSERT INTO activity_log (user_id, action, details, created_at) SELECT $1, 'signed-in', jsonb_build_object('n', i::text), '2026-01-01Z'::timestamptz + (i / 3) * interval '1 minute' FROM generate_series(1, 120) i", person);
        using var root = await app.InBrowserOf(Root);

        List<int> seen = [];
        string? next = "/admin/activity?action=signed-in&person=Busy@example.org";
        while (next is not null)
        {
            string page = await (await root.GetAsync(next)).Content.ReadAsStringAsync(Ct);
            seen.AddRange(Number().Matches(page).Select(m => int.Parse(m.Groups[1].Value)));
            next = Older().Match(page) is { Success: true } link ? WebUtility.HtmlDecode(link.Groups[1].Value) : null;
        }

        Assert.Equal(Enumerable.Range(1, 120).Reverse(), seen);
    }

    [Fact]
    public async Task The_log_holds_no_secret()
    {
        var (browser, _, email) = await app.ArrivesAsync();
        await browser.SignInAsync(email, "a password typed wrong");
        await browser.SignInAsync("a password typed as address");
        string made = await (await browser.PostAsync("/settings", "token", ("Form.Name", "t"), ("Form.Scope", "Read"), ("Form.Days", "1"))).Content.ReadAsStringAsync(Ct);

        string log = await app.Value<string>("SELECT string_agg(l::text, ' ') FROM activity_log l");

        Assert.DoesNotContain("a password typed", log, StringComparison.Ordinal);
        Assert.DoesNotContain(Token().Match(made).Value, log, StringComparison.Ordinal);
        Assert.DoesNotContain(browser.Cookie("tripos")!, log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_month_has_its_partition_before_it_begins_and_early_entries_move_into_it()
    {
        await app.Run("INSERT INTO activity_log (user_id, action) VALUES ($1, 'signed-in')", Ada.Id);

        await AccountHousekeeping.RunAsync(app.Services, Ct);
        await AccountHousekeeping.RunAsync(app.Services, Ct);

        string[] partitions = await app.Value<string[]>("SELECT array_agg(inhrelid::regclass::text ORDER BY inhrelid::regclass::text COLLATE \"C\") FROM pg_inherits WHERE inhparent = 'activity_log'::regclass");
        var now = DateTime.UtcNow;
        Assert.Equal([.. Enumerable.Range(0, 3).Select(i => $"activity_log_{now.AddMonths(i):yyyy_MM}"), "activity_log_default"], partitions);
        Assert.Equal(0L, await app.Value<long>("SELECT count(*) FROM activity_log_default WHERE created_at > now() - interval '1 hour'"));
        Assert.Equal(1L, await app.Value<long>("SELECT count(*) FROM activity_log WHERE user_id = $1", Ada.Id));
    }

    [Fact]
    public async Task A_database_with_demo_people_is_not_shown_to_the_world()
    {
        using var scope = app.Services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        var users = scope.ServiceProvider.GetRequiredService<Microsoft.AspNetCore.Identity.UserManager<User>>();
        ListenAddresses world = new(["http://0.0.0.0:5080"]), here = new(["http://127.0.0.1:5080"]);
        Assert.Null(await AccountHousekeeping.StartAsync(scope.ServiceProvider, world, Ct));

        var people = await DemoPeople.CreateAsync(db, users, Ct);
        var again = await DemoPeople.CreateAsync(db, users, Ct);

        await Assert.ThrowsAsync<SetupException>(() => AccountHousekeeping.StartAsync(scope.ServiceProvider, world, Ct));
        Assert.Null(await AccountHousekeeping.StartAsync(scope.ServiceProvider, here, Ct));
        Assert.Equal(11, people.Count);
        Assert.Equal(people, again);
        using var browser = app.Visit();
        Assert.Equal(HttpStatusCode.OK, (await browser.SignInAsync(DemoPeople.Tess.Email, DemoPeople.Password)).StatusCode);
        Assert.Contains(DemoPeople.Password, await (await app.Visit().GetAsync("/sign-in")).Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        await app.Run("UPDATE users SET disabled_at = now() WHERE is_demo");
        Assert.Null(await AccountHousekeeping.StartAsync(scope.ServiceProvider, world, Ct));
    }

    [Theory]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1", "Safari on iPhone")]
    [InlineData("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36", "Chrome on Android")]
    [InlineData("curl/8.5.0", "curl")]
    [InlineData("my-script", "my-script")]
    [InlineData("", "")]
    public void A_browser_is_described_in_a_few_words(string userAgent, string described) => Assert.Equal(described, Visitor.Describe(userAgent));

    [GeneratedRegex("<tr>")]
    private static partial Regex Row();

    [GeneratedRegex("n: ([0-9]+)")]
    private static partial Regex Number();

    [GeneratedRegex("trp_[A-Za-z0-9_-]+")]
    private static partial Regex Token();

    [GeneratedRegex("rel=\"next\" href=\"([^\"]*)\"")]
    private static partial Regex Older();
}
