using System.Net;
using System.Net.Http.Json;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;
using static Tripos.Server.Tests.Support.Visit;

namespace Tripos.Server.Tests.Features.Live.Classes;

public sealed class PlanningTests(TriposApp app) : IClassFixture<TriposApp>
{
    private static DateTimeOffset Tomorrow => new(DateTime.UtcNow.Date.AddDays(1).AddHours(9), TimeSpan.Zero);

    [Fact]
    public async Task A_session_is_planned_listed_and_its_plan_is_in_its_audit_trail()
    {
        var id = await app.HasClass(Tess, Ada);
        var test = await app.HasTest(title: "Entry exam");

        var reply = await app.Plans(Tess, id, new { testId = test.Id, scheduledAt = Tomorrow, opensBeforeMs = 600_000, timeLimitMs = 1_800_000, fullScreen = true });
        var planned = await reply.Json();
        var listed = (await (await app.As(Ada).GetAsync($"/api/classes/{id}/sessions", Ct)).Json())[0];

        Assert.Equal(HttpStatusCode.Created, reply.StatusCode);
        Assert.Equal(("Entry exam", "scheduled", 1), (planned.GetProperty("title").GetString(), planned.GetProperty("status").GetString(), planned.GetProperty("revision").GetInt32()));
        Assert.Equal((planned.GetProperty("id").GetGuid(), Tomorrow, 1_800_000), (listed.GetProperty("id").GetGuid(), listed.GetProperty("scheduledAt").GetDateTimeOffset(), listed.GetProperty("limitMs").GetInt64()));
        Assert.Equal("created Tess", await app.Value<string>("SELECT a.kind || ' ' || u.display_name FROM live_actions a JOIN users u ON u.id = a.actor_id WHERE session_id = $1", planned.GetProperty("id").GetGuid()));
    }

    [Fact]
    public async Task A_plan_is_changed_by_whoever_read_it_last()
    {
        var session = await app.HasPlan(Tess, await app.HasClass(Tess));
        var test = await app.HasTest();
        string url = $"/api/live/sessions/{session}";

        var first = await app.As(Tess).PutAsJsonAsync(url, new { testId = test.Id, title = "Other title", revision = 1 }, Ct);
        var second = await app.As(Root).PutAsJsonAsync(url, new { testId = test.Id, title = "Mine", revision = 1 }, Ct);
        var without = await app.As(Tess).PutAsJsonAsync(url, new { testId = test.Id, title = "Whose?" }, Ct);

        Assert.Equal(2, (await first.Json()).GetProperty("revision").GetInt32());
        Assert.Equal("session-changed", await second.Code());
        Assert.Equal(2, (await second.Json()).GetProperty("revision").GetInt32());
        Assert.Equal("invalid", await without.Code());
        Assert.Equal("Other title", await app.Value<string>("SELECT title FROM live_sessions WHERE id = $1", session));
    }

    [Theory]
    [InlineData("waiting_for_students", 200)]
    [InlineData("in_progress", 409)]
    [InlineData("completed", 409)]
    [InlineData("cancelled", 409)]
    public async Task A_plan_can_be_changed_until_the_session_starts(string status, int expected)
    {
        var session = await app.HasPlan(Tess, await app.HasClass(Tess));
        await app.Run("""
            UPDATE live_sessions SET status = $2, started_at = CASE WHEN $2 IN ('in_progress', 'completed') THEN now() END,
                completed_at = CASE WHEN $2 = 'completed' THEN now() END, cancelled_at = CASE WHEN $2 = 'cancelled' THEN now() END WHERE id = $1
            """, session, status);

        var reply = await app.As(Tess).PutAsJsonAsync($"/api/live/sessions/{session}", new { testId = (await app.HasTest()).Id, revision = 1 }, Ct);

        Assert.Equal(expected, (int)reply.StatusCode);
        Assert.True(expected == 200 || await reply.Code() == "session-not-editable");
    }

    [Fact]
    public async Task Ten_changes_of_the_same_revision_at_once_are_one()
    {
        var session = await app.HasPlan(Tess, await app.HasClass(Tess));
        var test = await app.HasTest();

        var replies = await Task.WhenAll(Enumerable.Range(0, 10).Select(n => app.As(Tess).PutAsJsonAsync($"/api/live/sessions/{session}", new { testId = test.Id, title = $"Title {n}", revision = 1 }, Ct)));

        Assert.Single(replies, reply => reply.StatusCode == HttpStatusCode.OK);
        Assert.Equal(2, await app.Value<int>("SELECT revision FROM live_sessions WHERE id = $1", session));
    }

    [Fact]
    public async Task What_cannot_be_planned_is_refused_with_the_reason()
    {
        var id = await app.HasClass(Tess);
        var test = await app.HasTest();
        var keyless = await app.HasTest(keyed: false);
        var hidden = await app.HasTest();
        await app.Run("UPDATE tests SET is_active = false, created_by = $2 WHERE id = $1", hidden.Id, Root.Id);

        Assert.Equal("test-needs-key", await (await app.Plans(Tess, id, new { testId = keyless.Id })).Code());
        Assert.Equal("session-in-the-past", await (await app.Plans(Tess, id, new { testId = test.Id, scheduledAt = DateTimeOffset.UtcNow.AddHours(-1) })).Code());
        Assert.Equal("testId", await FieldAsync(await app.Plans(Tess, id, new { testId = Guid.CreateVersion7() })));
        Assert.Equal("testId", await FieldAsync(await app.Plans(Tess, id, new { testId = hidden.Id })));
        Assert.Equal("timeLimitMs", await FieldAsync(await app.Plans(Tess, id, new { testId = test.Id, timeLimitMs = 59_999 })));
        Assert.Equal("timeLimitMs", await FieldAsync(await app.Plans(Tess, id, new { testId = test.Id, timeLimitMs = (6 * 3_600_000) + 1 })));
        Assert.Equal("opensBeforeMs", await FieldAsync(await app.Plans(Tess, id, new { testId = test.Id, scheduledAt = Tomorrow, opensBeforeMs = -1 })));
        Assert.Equal("title", await FieldAsync(await app.Plans(Tess, id, new { testId = test.Id, title = new string('x', 161) })));
        Assert.Equal(0L, await app.Value<long>("SELECT count(*) FROM live_sessions WHERE class_id = $1", id));
    }

    [Fact]
    public async Task A_session_keeps_its_test_and_its_time_while_something_else_is_changed()
    {
        var id = await app.HasClass(Tess);
        var session = await app.HasPlan(Tess, id, Tomorrow);
        var test = await app.Value<Guid>("SELECT test_id FROM live_sessions WHERE id = $1", session);
        await app.Run("UPDATE tests SET is_active = false WHERE id = $1", test);
        await app.Run("UPDATE live_sessions SET scheduled_at = now() - interval '1 hour' WHERE id = $1", session);
        var at = await app.Value<DateTime>("SELECT scheduled_at FROM live_sessions WHERE id = $1", session);

        var reply = await app.As(Tess).PutAsJsonAsync($"/api/live/sessions/{session}", new { testId = test, title = "Better title", scheduledAt = at, revision = 1 }, Ct);

        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
    }

    [Fact]
    public async Task An_own_test_that_is_not_offered_can_be_sat_by_a_class()
    {
        var test = await app.HasTest();
        await app.Run("UPDATE tests SET is_active = false, created_by = $2, title = 'Kept back' WHERE id = $1", test.Id, Tess.Id);
        var id = await app.HasClass(Tess);
        using var tess = await app.InBrowserOf(Tess);

        string page = await (await tess.GetAsync($"/classes/{id}/sessions/new")).Content.ReadAsStringAsync(Ct);
        var reply = await app.Plans(Tess, id, new { testId = test.Id });

        Assert.Contains("Kept back", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Created, reply.StatusCode);
    }

    [Fact]
    public async Task On_the_page_times_are_those_of_the_teachers_zone()
    {
        var id = await app.HasClass(Tess);
        var test = await app.HasTest();
        using var tess = await app.InBrowserOf(Tess);
        tess.SetCookie("tz", "America/New_York");

        var planned = await tess.PostAsync($"/classes/{id}/sessions/new", "plan", ("Form.TestId", $"{test.Id}"), ("Form.Title", ""), ("Form.At", "2099-01-15T09:30"), ("Form.OpensBefore", "10"), ("Form.Minutes", "45"));
        string session = planned.Headers.Location!.OriginalString.Split('/')[^2];
        string edit = await (await tess.GetAsync($"/live/{session}/edit")).Content.ReadAsStringAsync(Ct);
        var changed = await tess.PostAsync($"/live/{session}/edit", "plan", ("Form.TestId", $"{test.Id}"), ("Form.Title", "Later"), ("Form.At", "2099-07-15T09:30"), ("Form.Revision", "1"));

        Assert.EndsWith("/wall", planned.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Contains("value=\"2099-01-15T09:30\"", edit, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, changed.StatusCode);
        Assert.Equal(new DateTime(2099, 7, 15, 13, 30, 0, DateTimeKind.Utc), await app.Value<DateTime>("SELECT scheduled_at FROM live_sessions WHERE id = $1", Guid.Parse(session)));
        Assert.Equal("created 2099-01-15T14:30:00+00:00", await app.Value<string>("SELECT kind || ' ' || (details->>'scheduledAt') FROM live_actions WHERE session_id = $1 AND kind = 'created'", Guid.Parse(session)));
    }

    [Theory]
    [InlineData("Form.TestId", "", "Choose the test that the class sits")]
    [InlineData("Form.At", "tomorrow", "Choose a day and a time")]
    [InlineData("Form.Minutes", "0", "Choose a time limit")]
    public async Task On_the_page_a_faulty_field_is_named(string field, string value, string said)
    {
        var id = await app.HasClass(Tess);
        using var tess = await app.InBrowserOf(Tess);
        var fields = new Dictionary<string, string> { ["Form.TestId"] = $"{(await app.HasTest()).Id}", ["Form.Title"] = "Kept", ["Form.At"] = "", ["Form.Minutes"] = "", [field] = value };

        string page = await (await tess.PostAsync($"/classes/{id}/sessions/new", "plan", [.. fields.Select(f => (f.Key, f.Value))])).Content.ReadAsStringAsync(Ct);

        Assert.Contains(said, page, StringComparison.Ordinal);
        Assert.Contains("value=\"Kept\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_the_page_a_change_that_comes_too_late_is_explained()
    {
        var session = await app.HasPlan(Tess, await app.HasClass(Tess));
        using var tess = await app.InBrowserOf(Tess);
        await app.Run("UPDATE live_sessions SET status = 'in_progress', started_at = now() WHERE id = $1", session);

        string page = await (await tess.PostAsync($"/live/{session}/edit", "plan", ("Form.TestId", $"{Guid.CreateVersion7()}"), ("Form.Revision", "1"))).Content.ReadAsStringAsync(Ct);

        Assert.Contains("can no longer be changed", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Learners_see_what_is_open_with_the_way_in_and_teachers_the_way_to_the_wall()
    {
        var id = await app.HasClass(Tess, Ada);
        var (open, later) = (await app.HasPlan(Tess, id), await app.HasPlan(Tess, id, Tomorrow));
        await app.Run("UPDATE live_sessions SET status = 'waiting_for_students', opened_at = now() WHERE id = $1", open);
        using var tess = await app.InBrowserOf(Tess);
        using var ada = await app.InBrowserOf(Ada);

        string hers = await (await ada.GetAsync("/classes")).Content.ReadAsStringAsync(Ct);
        string teachers = await (await tess.GetAsync($"/classes/{id}")).Content.ReadAsStringAsync(Ct);

        Assert.True(hers.IndexOf($"/live/{open}\"", StringComparison.Ordinal) is > 0 and var first && first < hers.IndexOf($"/live/{later}\"", StringComparison.Ordinal));
        Assert.DoesNotContain("/wall", hers, StringComparison.Ordinal);
        Assert.Contains($"/live/{open}/wall", teachers, StringComparison.Ordinal);
        Assert.Contains($"/live/{later}/edit", teachers, StringComparison.Ordinal);
    }

    private static async Task<string> FieldAsync(HttpResponseMessage reply)
    {
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        return (await reply.Json()).GetProperty("errors").EnumerateObject().Single().Name;
    }
}
