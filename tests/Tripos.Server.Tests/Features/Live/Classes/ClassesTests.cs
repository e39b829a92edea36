using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Tripos.Server.Features.Live;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;
using static Tripos.Server.Tests.Support.Visit;

namespace Tripos.Server.Tests.Features.Live.Classes;

public sealed class ClassesTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task A_teacher_makes_a_class_and_a_learner_joins_it_with_the_code_in_any_spelling()
    {
        var made = await (await app.As(Tess).PostAsJsonAsync("/api/classes", new { name = " Python evenings ", description = "Tuesdays" }, Ct)).Json();
        string id = made.GetProperty("id").GetString()!, code = made.GetProperty("joinCode").GetString()!;

        var joined = await app.As(Ada).PostAsJsonAsync("/api/classes/memberships", new { code = $" {code[..4].ToLowerInvariant()}-{code[4..]} " }, Ct);
        var again = await app.As(Ada).PostAsJsonAsync("/api/classes/memberships", new { code }, Ct);
        var mine = await (await app.As(Ada).GetAsync("/api/classes", Ct)).Json();

        Assert.Equal("Python evenings", made.GetProperty("name").GetString());
        Assert.Matches("^[A-HJKMNP-Z2-9]{8}$", code);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (joined.StatusCode, again.StatusCode));
        Assert.Equal(["Ada code"], await app.MembersOf(Guid.Parse(id)));
        var seen = mine.GetProperty("learning").EnumerateArray().Single(c => c.GetProperty("id").GetString() == id);
        Assert.Equal((null, false), (seen.GetProperty("joinCode").GetString(), seen.GetProperty("runs").GetBoolean()));
    }

    [Fact]
    public async Task A_learner_makes_no_class_and_sees_neither_code_nor_members_of_theirs()
    {
        var id = await app.HasClass(Tess, Ada);
        string code = await app.CodeOf(id);

        var making = await app.As(Ada).PostAsJsonAsync("/api/classes", new { name = "Mine" }, Ct);
        var members = await app.As(Ada).GetAsync($"/api/classes/{id}/members", Ct);
        var renewing = await app.As(Ada).PutAsync($"/api/classes/{id}/join-code", null, Ct);
        string page = await app.As(Ada).GetStringAsync($"/classes/{id}", Ct);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.NotFound), (making.StatusCode, members.StatusCode, renewing.StatusCode));
        Assert.DoesNotContain(code, page, StringComparison.Ordinal);
        Assert.DoesNotContain("ada@example.org", page, StringComparison.Ordinal);
        Assert.Contains("Leave the class", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_teacher_does_not_learn_that_the_class_exists()
    {
        var id = await app.HasClass(Tess, Ada);
        var other = new Person(await app.HasAccountAsync($"t{Guid.NewGuid():n}@example.org", "teacher"), "Theo", "learner", "teacher");

        var reading = await app.As(other).GetAsync($"/api/classes/{id}", Ct);
        var renaming = await app.As(other).PutAsJsonAsync($"/api/classes/{id}", new { name = "Taken over" }, Ct);
        var asAdmin = await app.As(Root).GetAsync($"/api/classes/{id}", Ct);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.OK), (reading.StatusCode, renaming.StatusCode, asAdmin.StatusCode));
    }

    [Fact]
    public async Task A_teacher_who_lost_the_role_runs_nothing_any_more()
    {
        var id = await app.HasClass(Tess, Ada);

        var reply = await app.As(Tess with { Roles = ["learner"] }).GetAsync($"/api/classes/{id}", Ct);

        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
    }

    [Fact]
    public async Task A_new_code_ends_the_old_one_and_a_class_without_one_lets_nobody_in()
    {
        var id = await app.HasClass(Tess);
        string old = await app.CodeOf(id);
        var renewed = await (await app.As(Tess).PutAsync($"/api/classes/{id}/join-code", null, Ct)).Json();
        string fresh = renewed.GetProperty("joinCode").GetString()!;

        var withOld = await JoinAsync(Otto, old);
        await app.As(Tess).DeleteAsync($"/api/classes/{id}/join-code", Ct);
        var withNone = await JoinAsync(Otto, fresh);

        Assert.NotEqual(old, fresh);
        Assert.Equal(["join-code-unknown", "join-code-unknown"], [await withOld.Code(), await withNone.Code()]);
        Assert.Empty(await app.MembersOf(id));
    }

    [Fact]
    public async Task An_archived_class_takes_no_members_and_no_sessions_until_it_is_active_again()
    {
        var id = await app.HasClass(Tess);
        string code = await app.CodeOf(id);
        await app.As(Tess).PutAsJsonAsync($"/api/classes/{id}/status", new { status = "archived" }, Ct);

        string[] refused =
        [
            await (await JoinAsync(Otto, code)).Code(),
            await (await app.As(Tess).PostAsJsonAsync($"/api/classes/{id}/roster", new { csv = "otto@example.org" }, Ct)).Code(),
            await (await app.Plans(Tess, id, new { testId = (await app.HasTest()).Id })).Code(),
            await (await app.As(Tess).PutAsync($"/api/classes/{id}/join-code", null, Ct)).Code(),
        ];
        await app.As(Tess).PutAsJsonAsync($"/api/classes/{id}/status", new { status = "active" }, Ct);
        var later = await JoinAsync(Otto, code);

        Assert.Equal(["join-code-unknown", "class-archived", "class-archived", "class-archived"], refused);
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
        Assert.Null(await app.Value<DateTime?>("SELECT archived_at FROM classes WHERE id = $1", id));
    }

    [Fact]
    public async Task Guessing_codes_ends_after_twenty_tries_and_for_that_person_only()
    {
        var id = await app.HasClass(Tess);
        var guesser = new Person(await app.HasAccountAsync($"g{Guid.NewGuid():n}@example.org"), "Guesser", "learner");
        for (int i = 0; i < JoinCodeTries.PerMinute; i++)
        {
            Assert.Equal(HttpStatusCode.NotFound, (await JoinAsync(guesser, JoinCode.New())).StatusCode);
        }

        var refused = await JoinAsync(guesser, await app.CodeOf(id));
        var page = await app.As(guesser).GetAsync($"/classes/join?code={await app.CodeOf(id)}", Ct);
        var other = await JoinAsync(Ada, await app.CodeOf(id));

        Assert.Equal("too-many-tries", await refused.Code());
        Assert.Equal(HttpStatusCode.TooManyRequests, page.StatusCode);
        Assert.Contains("Too many tries", await page.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Equal(["Ada code"], await app.MembersOf(id));
    }

    [Fact]
    public async Task A_learner_leaves_and_a_teacher_removes()
    {
        var id = await app.HasClass(Tess, Ada, Otto);

        var others = await app.As(Ada).DeleteAsync($"/api/classes/{id}/members/{Otto.Id}", Ct);
        var left = await app.As(Ada).DeleteAsync($"/api/classes/{id}/members/{Ada.Id}", Ct);
        var removed = await app.As(Tess).DeleteAsync($"/api/classes/{id}/members/{Otto.Id}", Ct);
        var again = await app.As(Tess).DeleteAsync($"/api/classes/{id}/members/{Otto.Id}", Ct);

        Assert.Equal([404, 204, 204, 404], [(int)others.StatusCode, (int)left.StatusCode, (int)removed.StatusCode, (int)again.StatusCode]);
        Assert.Equal("member-not-found", await again.Code());
        Assert.Empty(await app.MembersOf(id));
    }

    [Fact]
    public async Task Nobody_is_a_learner_of_their_own_class()
    {
        var id = await app.HasClass(Tess);

        var reply = await JoinAsync(Tess, await app.CodeOf(id));

        Assert.Equal("class-own", await reply.Code());
    }

    [Theory]
    [InlineData("", "name")]
    [InlineData("   ", "name")]
    [InlineData("\0\n", "name")]
    public async Task A_class_needs_a_name(string name, string field)
    {
        var reply = await app.As(Tess).PostAsJsonAsync("/api/classes", new { name }, Ct);

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.True((await reply.Json()).GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task On_the_pages_a_class_is_made_renamed_archived_joined_by_link_and_left()
    {
        using var tess = await app.InBrowserOf(Tess);
        using var ada = await app.InBrowserOf(Ada);
        string path = (await tess.PostAsync("/classes", "class", ("Form.Name", "Evening class"))).Headers.Location!.AbsolutePath;
        string page = await BodyAsync(tess, path);
        string link = Regex.Match(page, "/classes/join\\?code=[A-Z2-9]{8}").Value;

        string offer = await BodyAsync(ada, link);
        var joined = await ada.PostAsync(link, "join");
        string hers = await BodyAsync(ada, path);
        await tess.PostAsync(path, "details", ("Form.Name", "Morning class"), ("Form.Description", "Bring a pen"));
        string renamed = await BodyAsync(ada, path);
        var left = await ada.PostAsync(path, "leave");
        await tess.PostAsync(path, "archive");

        Assert.Contains("Join Evening class?", offer, StringComparison.Ordinal);
        Assert.Equal(path, joined.Headers.Location!.AbsolutePath);
        Assert.Contains("No session yet", hers, StringComparison.Ordinal);
        Assert.Contains("Morning class", renamed, StringComparison.Ordinal);
        Assert.Contains("Bring a pen", renamed, StringComparison.Ordinal);
        Assert.Equal("/classes", left.Headers.Location!.AbsolutePath);
        Assert.Contains("This class is archived", await BodyAsync(tess, path), StringComparison.Ordinal);
        Assert.Contains("1 archived class", await BodyAsync(tess, "/classes"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_that_nobody_has_is_said_to_be_unknown_on_the_page()
    {
        using var otto = await app.InBrowserOf(Otto);

        var reply = await otto.GetAsync("/classes/join?code=ZZZZ9999");

        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Contains("No class has this code", await reply.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> JoinAsync(Person person, string code) => app.As(person).PostAsJsonAsync("/api/classes/memberships", new { code }, Ct);

    private static async Task<string> BodyAsync(Visit browser, string path) => await (await browser.GetAsync(path)).Content.ReadAsStringAsync(Ct);
}
