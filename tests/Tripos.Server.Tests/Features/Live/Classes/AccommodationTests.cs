using System.Net;
using System.Net.Http.Json;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;
using static Tripos.Server.Tests.Support.Visit;

namespace Tripos.Server.Tests.Features.Live.Classes;

public sealed class AccommodationTests(TriposApp app) : IClassFixture<TriposApp>
{
    private static readonly string OfAda = $"/api/learners/{Ada.Id}/accommodation";

    [Fact]
    public async Task A_teacher_gives_a_learner_of_theirs_more_time_and_the_next_attempt_has_it()
    {
        await app.HasClass(Tess, Ada);
        var test = await app.HasTest(timeLimitMs: 600_000);

        var set = await (await app.As(Tess).PutAsJsonAsync(OfAda, new { factor = 1.25, extraMs = 60_000, note = " reads slowly " }, Ct)).Json();
        var attempt = await app.Starts(Ada, test);

        Assert.Equal((1.25f, 60_000, "reads slowly", "Tess"), (set.GetProperty("factor").GetSingle(), set.GetProperty("extraMs").GetInt64(), set.GetProperty("note").GetString(), set.GetProperty("setBy").GetString()));
        Assert.Equal(810, await app.Value<int>("SELECT extract(epoch FROM deadline_at - started_at)::integer FROM attempts WHERE id = $1", attempt));
        Assert.Equal("Tess +25 % and 1 min", await app.Value<string>("SELECT (SELECT display_name FROM users WHERE id = l.actor_id) || ' ' || (details->>'time') FROM activity_log l WHERE user_id = $1 AND action = 'extra-time-set' ORDER BY id DESC LIMIT 1", Ada.Id));
    }

    [Fact]
    public async Task It_is_taken_away_again_and_taking_it_twice_is_no_fault()
    {
        await app.HasClass(Tess, Ada);
        await app.As(Tess).PutAsJsonAsync(OfAda, new { factor = 1.5 }, Ct);

        var first = await app.As(Tess).DeleteAsync(OfAda, Ct);
        var second = await app.As(Tess).DeleteAsync(OfAda, Ct);
        var read = await (await app.As(Tess).GetAsync(OfAda, Ct)).Json();

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (first.StatusCode, second.StatusCode));
        Assert.Equal((1f, 0), (read.GetProperty("factor").GetSingle(), read.GetProperty("extraMs").GetInt64()));
    }

    [Fact]
    public async Task A_teacher_whose_learner_it_is_not_and_the_learner_find_nothing_there_and_an_administrator_may()
    {
        var learner = await app.HasAccountAsync($"l{Guid.NewGuid():n}@example.org");
        string url = $"/api/learners/{learner}/accommodation";

        int[] statuses =
        [
            (int)(await app.As(Tess).PutAsJsonAsync(url, new { factor = 2 }, Ct)).StatusCode,
            (int)(await app.As(new Person(learner, "Somebody", "learner")).PutAsJsonAsync(url, new { factor = 2 }, Ct)).StatusCode,
            (int)(await app.As(Root).PutAsJsonAsync(url, new { factor = 2 }, Ct)).StatusCode,
            (int)(await app.As(Root).PutAsJsonAsync($"/api/learners/{Guid.CreateVersion7()}/accommodation", new { factor = 2 }, Ct)).StatusCode,
        ];

        Assert.Equal([404, 404, 200, 404], statuses);
    }

    [Theory]
    [InlineData("factor", 0.9, 0)]
    [InlineData("factor", 4.1, 0)]
    [InlineData("extraMs", 1, -1)]
    [InlineData("extraMs", 1, 14_400_001)]
    public async Task What_makes_no_sense_is_refused_by_its_field(string field, double factor, long extraMs)
    {
        await app.HasClass(Tess, Ada);

        var reply = await app.As(Tess).PutAsJsonAsync(OfAda, new { factor, extraMs }, Ct);

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.True((await reply.Json()).GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task On_the_page_a_teacher_sets_it_in_percent_and_minutes_and_the_learner_is_told_how_much_but_not_the_note()
    {
        var id = await app.HasClass(Tess, Ada);
        using var tess = await app.InBrowserOf(Tess);
        using var ada = await app.InBrowserOf(Ada);

        var saved = await tess.PostAsync($"/classes/{id}?extra={Ada.Id}", "extra-time", ("Form.Percent", "10"), ("Form.Minutes", "5"), ("Form.Note", "between us"));
        string teachers = await (await tess.GetAsync($"/classes/{id}?extra={Ada.Id}")).Content.ReadAsStringAsync(Ct);
        string hers = await (await ada.GetAsync($"/classes/{id}")).Content.ReadAsStringAsync(Ct);

        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Contains("10 % and 5 min", teachers, StringComparison.Ordinal);
        Assert.Contains("value=\"10\"", teachers, StringComparison.Ordinal);
        Assert.Contains("between us", teachers, StringComparison.Ordinal);
        Assert.Contains("10 % and 5 min", hers, StringComparison.Ordinal);
        Assert.DoesNotContain("between us", hers, StringComparison.Ordinal);
    }
}
