using System.Net;
using System.Text.RegularExpressions;
using Tripos.Questions;
using Tripos.Server.Features.Authoring;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;
using static Tripos.Server.Tests.Support.Visit;

namespace Tripos.Server.Tests.Features.Authoring;

/// <summary>Writing questions with a plain form: what is saved, what is refused and that nothing typed is lost.</summary>
public sealed partial class EditorTests(TriposApp app) : IClassFixture<TriposApp>
{
    private static readonly (string, string)[] Choice =
    [
        ("format", "markdown"), ("prompt", "What is **2 + 2**?"), ("status", "live"), ("difficulty", "2"), ("tags", "Sums, easy"), ("shuffle", "true"), ("key", "b"),
        ("options[0].id", "a"), ("options[0].text", "3"), ("options[0].explanation", "One too few."), ("options[1].id", "b"), ("options[1].text", "4"), ("options[1].explanation", ""),
    ];

    public static TheoryData<string> Kinds => new(QuestionKinds.All.Select(kind => kind.Name));

    [Theory, MemberData(nameof(Kinds))]
    public async Task Every_kind_has_a_form(string kind)
    {
        string page = await app.As(Tess).GetStringAsync($"/questions/new?kind={kind}", Ct);

        Assert.Contains("id=\"prompt\"", page, StringComparison.Ordinal);
        Assert.Contains(QuestionKinds.Find(kind).Title, WebUtility.HtmlDecode(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_question_is_saved_with_its_place_in_the_bank()
    {
        var reply = await Posts("/questions/new?kind=single-choice", "save", Choice);

        int id = IdIn(reply);
        Assert.Equal("single-choice live 2 {sums,easy} f 1 created markdown What is **2 + 2**? [\"b\"]", await app.Value<string>("""
            SELECT concat_ws(' ', q.kind, q.status, q.difficulty, q.tags, q.needs_key, v.number, v.reason, v.body->>'format', v.body->>'prompt', v.body->>'key')
            FROM questions q JOIN question_versions v ON v.id = q.current_version_id WHERE q.id = $1 AND q.created_by = $2
            """, id, Tess.Id));
        Assert.Contains("Saved as version 1.", await app.As(Tess).GetStringAsync($"/questions/{id}?saved=1", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unfinished_question_is_refused_with_every_fault_at_its_field_and_keeps_what_was_typed()
    {
        var reply = await Posts("/questions/new?kind=single-choice", "save", With(Choice, ("prompt", ""), ("options[1].text", " "), ("options[0].text", "<three>")));

        string page = await reply.Content.ReadAsStringAsync(Ct);
        Assert.Contains("The question is not finished", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"#prompt\">The question has no text. Write what is asked.</a>", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"#options[1].text\">The option 2 says nothing. Write its text, or remove it.</a>", page, StringComparison.Ordinal);
        Assert.Contains("&lt;three&gt;</textarea>", page, StringComparison.Ordinal);
        Assert.Matches("id=\"prompt\"[^>]*aria-invalid=\"true\"[^>]*aria-describedby=\"prompt-error\"", page);
    }

    [Fact]
    public async Task A_draft_may_be_unfinished_but_not_once_a_test_asks_it()
    {
        int draft = IdIn(await Posts("/questions/new?kind=single-choice", "save", With(Choice, ("status", "draft"), ("options[1].text", ""))));
        var test = await app.HasTest(questions: 1);
        string asked = $"/questions/{test.QuestionIds[0]}/edit";

        string refused = await (await Posts(asked, "save", With(Choice, ("basedOn", "1"), ("status", "draft"), ("options[1].text", "")))).Content.ReadAsStringAsync(Ct);

        Assert.Equal("draft", await app.Value<string>("SELECT status FROM questions WHERE id = $1", draft));
        Assert.Contains("The question is not finished", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_that_is_none_stays_in_its_field_and_is_told()
    {
        var reply = await Posts("/questions/new?kind=numeric", "save", ("format", "text"), ("prompt", "How far?"), ("status", "draft"), ("value", "far away"), ("tags", ""));

        string page = WebUtility.HtmlDecode(await reply.Content.ReadAsStringAsync(Ct));
        Assert.Contains("“far away” is not a number", page, StringComparison.Ordinal);
        Assert.Contains("value=\"far away\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edit_is_a_new_version_and_a_change_of_place_alone_is_none()
    {
        int id = IdIn(await Posts("/questions/new?kind=single-choice", "save", Choice));
        string edit = $"/questions/{id}/edit";

        var place = await Posts(edit, "save", With(Choice, ("basedOn", "1"), ("difficulty", "5")));
        var words = await Posts(edit, "save", With(Choice, ("basedOn", "1"), ("prompt", "What is 2 and 2?")));

        Assert.EndsWith("saved=0", place.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("saved=2", words.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal("edited", await app.Value<string>("SELECT reason FROM question_versions WHERE question_id = $1 AND number = 2", id));
    }

    [Fact]
    public async Task Who_saves_second_sees_both_versions_loses_nothing_and_can_save_on_top()
    {
        int id = IdIn(await Posts("/questions/new?kind=single-choice", "save", Choice));
        string edit = $"/questions/{id}/edit";
        await Posts(edit, "save", With(Choice, ("basedOn", "1"), ("prompt", "Theirs?")));

        var second = await Posts(edit, "save", With(Choice, ("basedOn", "1"), ("prompt", "Mine?")));

        string page = await second.Content.ReadAsStringAsync(Ct);
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Contains("<del>Theirs</del>", page, StringComparison.Ordinal);
        Assert.Contains("<ins>Mine</ins>", page, StringComparison.Ordinal);
        Assert.Contains("name=\"basedOn\" value=\"2\"", page, StringComparison.Ordinal);
        var again = await Posts(edit, "save", With(Choice, ("basedOn", "2"), ("prompt", "Mine?")));
        Assert.EndsWith("saved=3", again.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Html_is_reduced_to_what_is_harmless_before_it_is_stored()
    {
        int id = IdIn(await Posts("/questions/new?kind=single-choice", "save",
            With(Choice, ("format", "html"), ("prompt", "<p onclick=\"x()\">Fine<script>alert(1)</script></p>"), ("options[0].text", "<img src=x onerror=alert(1)>three"))));

        Assert.Equal("<p>Fine</p> <img src=\"x\" alt=\"\">three", await app.Value<string>("""
            SELECT concat_ws(' ', v.body->>'prompt', v.body->'options'->0->>'text') FROM questions q JOIN question_versions v ON v.id = q.current_version_id WHERE q.id = $1
            """, id));
    }

    [Fact]
    public async Task Rows_are_added_moved_and_removed_without_script()
    {
        string url = "/questions/new?kind=single-choice";

        string added = await Page(url, "add:options");
        string moved = await Page(url, "up:options[1]");
        string removed = await Page(url, "remove:options[0]");
        string beyond = await Page(url, "down:options[1]");

        Assert.Equal(["a 3", "b 4", "c "], Rows(added));
        Assert.Equal(["b 4", "a 3"], Rows(moved));
        Assert.Equal(["b 4"], Rows(removed));
        Assert.Equal(["a 3", "b 4"], Rows(beyond));
        Assert.Matches("id=\"options\\[2\\].text\"[^>]*autofocus", added);
        Assert.Matches("value=\"b\" checked", moved); // the key goes with its row

        async Task<string> Page(string at, string pressed) => await (await Posts(at, pressed, Choice)).Content.ReadAsStringAsync(Ct);
    }

    [Fact]
    public async Task The_preview_shows_what_a_learner_sees_and_never_the_key()
    {
        using var tess = await app.InBrowserOf(Tess);
        string form = await (await tess.GetAsync("/questions/new?kind=single-choice")).Content.ReadAsStringAsync(Ct);

        var reply = await tess.SendAsync(new(HttpMethod.Post, "/questions/preview?kind=single-choice") { Content = Form(form, "question", Choice) });

        string piece = await reply.Content.ReadAsStringAsync(Ct);
        Assert.Contains("<strong>2 + 2</strong>", piece, StringComparison.Ordinal);
        Assert.Contains("type=\"radio\"", piece, StringComparison.Ordinal);
        Assert.DoesNotContain("checked", piece, StringComparison.Ordinal);
        Assert.DoesNotContain("One too few", piece, StringComparison.Ordinal);
        Assert.DoesNotContain("<html", piece, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_that_is_not_in_the_library_any_more_stays_with_its_question()
    {
        var picture = new Media(new string('c', 64), "image/png") { Width = 4, Height = 3, Alt = "A map" };
        int id = await HasQuestion(QuestionKinds.Find("hot-spot"), new HotSpot { Prompt = "", Image = picture, Areas = [new("a", AreaShape.Circle, [0.5, 0.5, 0.1], "")] });
        (string, string)[] fields = [("prompt", "Where?"), ("format", "text"), ("image.hash", picture.Hash), ("image.alt", "A map"), ("mostPoints", "1"), ("status", "live"), ("tags", ""), ("basedOn", "1"),
            ("areas[0].id", "a"), ("areas[0].shape", "Circle"), ("areas[0].coordinates", "50, 50, 10"), ("areas[0].label", "")];
        using var tess = await app.InBrowserOf(Tess);
        string form = await (await tess.GetAsync($"/questions/{id}/edit")).Content.ReadAsStringAsync(Ct);

        string kept = await (await tess.SendAsync(new(HttpMethod.Post, $"/questions/preview?kind=hot-spot&question={id}") { Content = Form(form, "question", fields) })).Content.ReadAsStringAsync(Ct);
        string elsewhere = await (await tess.SendAsync(new(HttpMethod.Post, "/questions/preview?kind=hot-spot") { Content = Form(form, "question", fields) })).Content.ReadAsStringAsync(Ct);
        var saved = await Posts($"/questions/{id}/edit", "save", fields);

        Assert.Contains($"/media/{picture.Hash}", kept, StringComparison.Ordinal);
        Assert.Contains("no longer in the media library", elsewhere, StringComparison.Ordinal);
        Assert.Equal(id, IdIn(saved));
    }

    [Fact]
    public async Task A_question_that_cannot_be_shown_yet_says_what_is_missing()
    {
        var (question, _) = await app.HasQuestion(Exams.Choice("", "a"));

        string page = await app.As(Tess).GetStringAsync($"/questions/{question}/try", Ct);

        Assert.Contains("It cannot be shown yet", page, StringComparison.Ordinal);
        Assert.Contains("The question has no text.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Check the answer", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_is_tried_as_a_learner_and_nothing_is_kept()
    {
        var test = await app.HasTest(questions: 1);
        using var tess = await app.InBrowserOf(Tess);
        string url = $"/questions/{test.QuestionIds[0]}/try";

        string right = await (await tess.PostAsync(url, "try", ("q1", "a"))).Content.ReadAsStringAsync(Ct);
        string wrong = await (await tess.PostAsync(url, "try", ("q1", "b"))).Content.ReadAsStringAsync(Ct);
        string nothing = await (await tess.PostAsync(url, "try")).Content.ReadAsStringAsync(Ct);
        string bad = await (await tess.PostAsync(url, "try", ("q1", "z"))).Content.ReadAsStringAsync(Ct);

        Assert.Contains(">Right</h2>", right, StringComparison.Ordinal);
        Assert.Contains(">Wrong</h2>", wrong, StringComparison.Ordinal);
        Assert.Contains("Right answer", wrong, StringComparison.Ordinal);
        Assert.Contains(">No answer</h2>", nothing, StringComparison.Ordinal);
        Assert.Contains("There is no option", bad, StringComparison.Ordinal);
        Assert.Equal(0, await app.Value<long>("SELECT count(*) FROM answers"));
    }

    [Theory, MemberData(nameof(BodyFormTests.Bodies), MemberType = typeof(BodyFormTests))]
    public async Task Every_kind_is_shown_edited_and_tried(string kind, QuestionBody body)
    {
        int id = await HasQuestion(QuestionKinds.Find(kind), body);
        var tess = app.As(Tess);

        foreach (string page in (string[])["", "/glance", "/edit", "/try"])
        {
            Assert.Contains(page == "/edit" ? "P&lt;/p&gt;</textarea>" : "<p>P</p>", (await tess.GetStringAsync($"/questions/{id}{page}", Ct)).Replace("&#xA;", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    private async Task<int> HasQuestion(QuestionKind kind, QuestionBody body)
    {
        int id = await app.Value<int>("INSERT INTO questions (kind, needs_key, content_hash, prompt_hash) VALUES ($1, $2, gen_random_uuid(), gen_random_uuid()) RETURNING id", kind.Name, body.NeedsKey);
        await app.Run("""
            WITH version AS (INSERT INTO question_versions (question_id, number, kind, body, needs_key) VALUES ($1, 1, $2, $3::jsonb, $4) RETURNING id)
            UPDATE questions SET current_version_id = version.id FROM version WHERE questions.id = $1
            """, id, kind.Name, kind.WriteBody(body with { Format = ContentFormat.Html, Prompt = "<p>P</p>" }), body.NeedsKey);
        return id;
    }

    private async Task<HttpResponseMessage> Posts(string url, string pressed, params (string, string)[] fields)
    {
        using var tess = await app.InBrowserOf(Tess);
        return await tess.PostAsync(url, "question", [("do", pressed), .. fields]);
    }

    private static (string, string)[] With((string Name, string)[] fields, params (string Name, string)[] others) =>
        [.. fields.Where(field => others.All(other => other.Name != field.Name)), .. others];

    private static int IdIn(HttpResponseMessage reply)
    {
        Assert.Equal(HttpStatusCode.Redirect, reply.StatusCode);
        return int.Parse(QuestionPath().Match(reply.Headers.Location!.ToString()).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static IEnumerable<string> Rows(string page) => OptionRow().Matches(page).Select(match => $"{match.Groups["id"].Value} {match.Groups["text"].Value}");

    [GeneratedRegex("/questions/(\\d+)")]
    private static partial Regex QuestionPath();

    [GeneratedRegex("name=\"options\\[\\d+\\]\\.id\" value=\"(?<id>[^\"]+)\".*?<textarea[^>]*>(?:&#xA;)?(?<text>[^<]*)</textarea>", RegexOptions.Singleline)]
    private static partial Regex OptionRow();
}
