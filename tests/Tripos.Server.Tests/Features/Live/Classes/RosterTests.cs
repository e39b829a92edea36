using System.Net;
using System.Net.Http.Json;
using System.Text;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;
using static Tripos.Server.Tests.Support.Visit;

namespace Tripos.Server.Tests.Features.Live.Classes;

public sealed class RosterTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task Every_line_of_a_list_is_answered_for()
    {
        var id = await app.HasClass(Tess, Otto);

        var report = await (await app.As(Tess).PostAsJsonAsync($"/api/classes/{id}/roster", new
        {
            csv = """
                E-mail;Name
                Ada@Example.org;Ada
                otto@example.org;Otto
                new@example.org;"Newcomer; Nell"
                ada@example.org;Ada again
                tess@example.org;Tess
                nobody;Nobody
                ;Nameless
                """,
        }, Ct)).Json();

        Assert.Equal(
            ["2 added", "3 already_in", "4 listed", "5 repeated", "6 refused", "7 refused", "8 refused"],
            report.GetProperty("lines").EnumerateArray().Select(line => $"{line.GetProperty("number")} {line.GetProperty("outcome").GetString()}"));
        Assert.Contains("line 2", report.GetProperty("lines")[3].GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal((1, 1, 1, 3), (report.GetProperty("added").GetInt32(), report.GetProperty("alreadyIn").GetInt32(), report.GetProperty("listed").GetInt32(), report.GetProperty("refused").GetInt32()));
        Assert.Equal(["Ada roster", "Otto teacher"], await app.MembersOf(id));
        Assert.Equal("NEW@EXAMPLE.ORG Newcomer; Nell", await app.Value<string>("SELECT normalized_email || ' ' || name FROM class_roster WHERE class_id = $1", id));
    }

    [Fact]
    public async Task A_file_may_come_as_it_is_from_a_spreadsheet()
    {
        var id = await app.HasClass(Tess);
        byte[] file = [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes("Name\tMail\r\nAda\tada@example.org\r\n")];

        var reply = await app.As(Tess).PostAsync($"/api/classes/{id}/roster", new ByteArrayContent(file) { Headers = { ContentType = new("text/csv") } }, Ct);

        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal(["Ada roster"], await app.MembersOf(id));
    }

    [Fact]
    public async Task Who_is_listed_is_a_member_as_soon_as_they_have_an_account()
    {
        var (first, second) = (await app.HasClass(Tess), await app.HasClass(Tess));
        string email = $"New{Guid.NewGuid():n}@example.org";
        foreach (var id in new[] { first, second })
        {
            await app.As(Tess).PostAsJsonAsync($"/api/classes/{id}/roster", new { csv = $"Nell,{email}" }, Ct);
        }

        var nell = new Person(await app.HasAccountAsync(email.ToLowerInvariant()), "Nell", "learner");
        var seenByTeacher = await (await app.As(Tess).GetAsync($"/api/classes/{second}/members", Ct)).Json();
        var hers = await (await app.As(nell).GetAsync("/api/classes", Ct)).Json();

        Assert.Equal(2, hers.GetProperty("learning").GetArrayLength());
        Assert.Equal(nell.Id, seenByTeacher.GetProperty("members")[0].GetProperty("learnerId").GetGuid());
        Assert.Equal(0, seenByTeacher.GetProperty("list").GetArrayLength());
        Assert.Equal(0L, await app.Value<long>("SELECT count(*) FROM class_roster WHERE class_id = $1 OR class_id = $2", first, second));
    }

    [Fact]
    public async Task Who_is_listed_and_joins_by_code_is_one_person()
    {
        var id = await app.HasClass(Tess);
        string email = $"new{Guid.NewGuid():n}@example.org";
        await app.As(Tess).PostAsJsonAsync($"/api/classes/{id}/roster", new { csv = email }, Ct);
        var nell = new Person(await app.HasAccountAsync(email), "Nell", "learner");

        await app.As(nell).PostAsJsonAsync("/api/classes/memberships", new { code = await app.CodeOf(id) }, Ct);

        Assert.Equal(["Somebody roster"], await app.MembersOf(id));
        Assert.Equal(0L, await app.Value<long>("SELECT count(*) FROM class_roster WHERE class_id = $1", id));
    }

    [Fact]
    public async Task A_list_for_an_archived_class_waits_until_the_class_is_active_again()
    {
        var id = await app.HasClass(Tess);
        string email = $"new{Guid.NewGuid():n}@example.org";
        await app.As(Tess).PostAsJsonAsync($"/api/classes/{id}/roster", new { csv = email }, Ct);
        await app.As(Tess).PutAsJsonAsync($"/api/classes/{id}/status", new { status = "archived" }, Ct);
        var nell = new Person(await app.HasAccountAsync(email), "Nell", "learner");

        var before = await (await app.As(nell).GetAsync("/api/classes", Ct)).Json();
        await app.As(Tess).PutAsJsonAsync($"/api/classes/{id}/status", new { status = "active" }, Ct);
        var after = await (await app.As(nell).GetAsync("/api/classes", Ct)).Json();

        Assert.Equal((0, 1), (before.GetProperty("learning").GetArrayLength(), after.GetProperty("learning").GetArrayLength()));
    }

    [Fact]
    public async Task The_same_list_twice_changes_nothing()
    {
        var id = await app.HasClass(Tess);
        object list = new { csv = "ada@example.org\nnew@example.org" };
        await app.As(Tess).PostAsJsonAsync($"/api/classes/{id}/roster", list, Ct);

        var again = await (await app.As(Tess).PostAsJsonAsync($"/api/classes/{id}/roster", list, Ct)).Json();

        Assert.Equal(["already_in", "already_listed"], again.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("outcome").GetString()));
        Assert.Equal(["Ada roster"], await app.MembersOf(id));
    }

    [Fact]
    public async Task Two_thousand_lines_are_taken_and_one_more_is_refused_as_a_whole()
    {
        var id = await app.HasClass(Tess);
        string most = string.Join('\n', Enumerable.Range(1, 2000).Select(n => $"Person {n},p{n}@example.net"));

        var tooLong = await app.As(Tess).PostAsJsonAsync($"/api/classes/{id}/roster", new { csv = $"{most}\none@example.net" }, Ct);
        var empty = await app.As(Tess).PostAsJsonAsync($"/api/classes/{id}/roster", new { csv = " \n\n" }, Ct);
        var taken = await app.As(Tess).PostAsJsonAsync($"/api/classes/{id}/roster", new { csv = most }, Ct);

        Assert.Equal(["roster-too-long", "roster-empty"], [await tooLong.Code(), await empty.Code()]);
        Assert.Equal(2000, (await taken.Json()).GetProperty("listed").GetInt32());
    }

    [Theory]
    [InlineData("{\"csv\":", "application/json")]
    [InlineData("[]", "application/json")]
    [InlineData("{}", "application/json")]
    [InlineData("", "text/csv")]
    public async Task A_body_that_is_no_list_is_refused(string body, string type)
    {
        var id = await app.HasClass(Tess);

        var reply = await app.As(Tess).PostAsync($"/api/classes/{id}/roster", new StringContent(body, Encoding.UTF8, type), Ct);

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
    }

    [Fact]
    public async Task An_address_that_the_database_would_write_otherwise_is_refused_by_its_line()
    {
        var id = await app.HasClass(Tess);

        var report = await (await app.As(Tess).PostAsJsonAsync($"/api/classes/{id}/roster", new { csv = "straße@example.org\nada@example.org\nıŉ@example.org" }, Ct)).Json();

        Assert.Equal(3, report.GetProperty("lines").GetArrayLength());
        Assert.Equal(["Ada roster"], await app.MembersOf(id));
    }

    [Fact]
    public async Task Somebody_without_an_account_is_taken_off_the_list()
    {
        var id = await app.HasClass(Tess);
        await app.As(Tess).PostAsJsonAsync($"/api/classes/{id}/roster", new { csv = "wrong+1@example.org" }, Ct);

        var stranger = await app.As(Otto).DeleteAsync($"/api/classes/{id}/roster/wrong%2B1@example.org", Ct);
        var taken = await app.As(Tess).DeleteAsync($"/api/classes/{id}/roster/wrong%2B1@example.org", Ct);
        var again = await app.As(Tess).DeleteAsync($"/api/classes/{id}/roster/wrong%2B1@example.org", Ct);

        Assert.Equal([404, 204, 404], [(int)stranger.StatusCode, (int)taken.StatusCode, (int)again.StatusCode]);
    }

    [Fact]
    public async Task Who_is_listed_is_invited_by_mail_once_in_a_week()
    {
        var id = await app.HasClass(Tess);
        string email = $"new{Guid.NewGuid():n}@example.org";
        await app.As(Tess).PostAsJsonAsync($"/api/classes/{id}/roster", new { csv = $"Nell;{email}\nada@example.org\na@b@c" }, Ct);

        var first = await (await app.As(Tess).PostAsync($"/api/classes/{id}/invitations", null, Ct)).Json();
        var second = await (await app.As(Tess).PostAsync($"/api/classes/{id}/invitations", null, Ct)).Json();
        await app.Run("UPDATE class_roster SET invited_at = now() - interval '8 days' WHERE class_id = $1", id);
        var later = await (await app.As(Tess).PostAsync($"/api/classes/{id}/invitations", null, Ct)).Json();
        await app.RunJobsAsync();

        Assert.Equal([1, 0, 1], [first.GetProperty("sent").GetInt32(), second.GetProperty("sent").GetInt32(), later.GetProperty("sent").GetInt32()]);
        string[] mails = [.. Directory.GetFiles(Path.Combine(app.DataFolder, "mail")).Select(File.ReadAllText).Where(mail => mail.Contains(email, StringComparison.Ordinal))];
        Assert.Equal(2, mails.Length);
        Assert.Contains("Tess has put you on the list of the class “Evening class”", mails[0], StringComparison.Ordinal);
        Assert.Contains("/sign-up?returnUrl=%2Fclasses", mails[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_the_page_a_list_is_pasted_and_what_happened_is_shown()
    {
        var id = await app.HasClass(Tess);
        using var tess = await app.InBrowserOf(Tess);

        string page = await (await tess.PostAsync($"/classes/{id}", "roster", ("list", "Ada;ada@example.org\nNell;nell@example.org\nBen"))).Content.ReadAsStringAsync(Ct);

        Assert.Contains("1 person added", page, StringComparison.Ordinal);
        Assert.Contains("There is no e-mail address on this line.", page, StringComparison.Ordinal);
        Assert.Contains("Remove Ada from", page, StringComparison.Ordinal);
        Assert.Contains("nell@example.org", page, StringComparison.Ordinal);
    }
}
