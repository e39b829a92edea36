using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;
using static Tripos.Server.Tests.Support.ImportUploads;

namespace Tripos.Server.Tests.Features.Interchange;

public sealed partial class KeyTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task A_test_is_offered_to_learners_as_soon_as_its_last_key_is_set()
    {
        var (test, questions) = await Unkeyed("offer");
        Assert.DoesNotContain(test.ToString(), await app.As(Ada).GetStringAsync("/api/tests", Ct), StringComparison.Ordinal);

        foreach (int question in questions)
        {
            await Keys(question, "a");
        }

        Assert.Contains(test.ToString(), await app.As(Ada).GetStringAsync("/api/tests", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Setting_a_key_is_a_new_version_and_changing_it_points_to_the_regrade()
    {
        var (_, questions) = await Unkeyed("versions");

        var set = await Keys(questions[0], "a");
        var same = await Keys(questions[0], "a");
        var changed = await Keys(questions[0], "b");

        Assert.Equal((2, null), (set.GetProperty("version").GetInt32(), Regrade(set)));
        Assert.Equal((2, null), (same.GetProperty("version").GetInt32(), Regrade(same)));
        Assert.Equal((3, $"/questions/{questions[0]}/regrade"), (changed.GetProperty("version").GetInt32(), Regrade(changed)));
        Assert.Equal("keyed", await One("SELECT reason FROM question_versions WHERE question_id = $1 AND number = 3", questions[0]));
    }

    [Fact]
    public async Task Several_right_options_make_it_multiple_choice()
    {
        var (_, questions) = await Unkeyed("several");

        var set = await Keys(questions[0], "c", "a");

        Assert.Equal("multiple-choice", set.GetProperty("kind").GetString());
        Assert.Equal("multiple-choice [\"a\", \"c\"] false", await One("SELECT concat_ws(' ', q.kind, v.body->>'key', q.needs_key::text) FROM questions q JOIN question_versions v ON v.id = q.current_version_id WHERE q.id = $1", questions[0]));
    }

    [Fact]
    public async Task A_key_must_name_options_of_a_question_that_exists_and_learners_find_nothing()
    {
        var (_, questions) = await Unkeyed("refused");
        string url = $"/api/questions/{questions[0]}/key";

        Assert.Equal(HttpStatusCode.BadRequest, (await app.As(Tess).PutAsJsonAsync(url, new { correct = new[] { "z" } }, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await app.As(Tess).PutAsJsonAsync(url, new { correct = Array.Empty<string>() }, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.As(Tess).PutAsJsonAsync("/api/questions/999999/key", new { correct = new[] { "a" } }, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.As(Ada).PutAsJsonAsync(url, new { correct = new[] { "a" } }, Ct)).StatusCode);
        Assert.Equal("true", await One("SELECT needs_key::text FROM questions WHERE id = $1", questions[0]));
    }

    [Fact]
    public async Task A_key_file_keys_a_test_and_a_fault_in_it_keys_nothing()
    {
        var (_, questions) = await Unkeyed("filed");

        var bad = await app.Imports(Tess, File("bad.csv", "question_id,correct_option\nfiled-1,a\nfiled-2,nothing\nfiled-9,a\n"));
        var good = await app.Imports(Tess, File("good.csv", "question_id,correct_option\nfiled-1,A\nfiled-2,a|beta\n"));
        var again = await app.Imports(Tess, File("good.json", """{"examId": "filed", "keys": {"filed-1": 0, "filed-2": ["a", "b"]}}"""));

        Assert.Equal(["line 3", "line 4"], bad.GetProperty("totals").GetProperty("skipped").EnumerateArray().Select(s => s.GetProperty("place").GetString()));
        Assert.Equal((2, 0), (good.GetProperty("files")[0].GetProperty("keysSet").GetInt32(), again.GetProperty("files")[0].GetProperty("keysSet").GetInt32()));
        Assert.Equal("false false 2 2", await One("SELECT string_agg(q.needs_key::text, ' ') || ' ' || string_agg(v.number::text, ' ') FROM questions q JOIN question_versions v ON v.id = q.current_version_id WHERE q.id = ANY($1)", questions));
    }

    [Fact]
    public async Task An_id_two_exams_share_needs_the_exam_named()
    {
        await app.Imports(Tess, Exam("Left Quiz.json", "left", ("shared", "Left?", ["a", "b"])), Exam("Right Quiz.json", "right", ("shared", "Right?", ["a", "b"])));

        var unclear = await app.Imports(Tess, File("k.csv", "question_id,correct_option\nshared,a\n"));
        var clear = await app.Imports(Tess, File("k.csv", "exam_id;question_id;correct_option\nleft;shared;b\n"));

        Assert.Contains("2 exams have a question", unclear.GetProperty("totals").GetProperty("skipped")[0].GetProperty("reason").GetString()!, StringComparison.Ordinal);
        Assert.Equal(1, clear.GetProperty("files")[0].GetProperty("keysSet").GetInt32());
    }

    [Fact]
    public async Task The_key_editor_saves_and_goes_to_the_next_question_without_a_key()
    {
        var (test, questions) = await Unkeyed("edited");
        var browser = app.As(Tess);
        string page = await browser.GetStringAsync($"/tests/{test}/keys", Ct);
        Assert.Contains("2 questions of 2 without a key", page, StringComparison.Ordinal);
        Assert.Contains("edited one?", page, StringComparison.Ordinal);

        var empty = await browser.PostAsync($"/tests/{test}/keys", Form(page, questions[0], 1), Ct);
        var saved = await browser.PostAsync($"/tests/{test}/keys", Form(page, questions[0], 1, "b"), Ct);

        Assert.Contains("Mark the option that is right.", await empty.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        Assert.EndsWith($"/tests/{test}/keys?at=2&saved={questions[0]}", saved.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Contains("1 question of 2 without a key", await browser.GetStringAsync(saved.Headers.Location, Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_editor_is_for_authors_and_for_tests_that_exist()
    {
        var (test, _) = await Unkeyed("hidden");

        Assert.NotEqual(HttpStatusCode.OK, (await app.As(Ada).GetAsync($"/tests/{test}/keys", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.As(Tess).GetAsync($"/tests/{Guid.CreateVersion7()}/keys", Ct)).StatusCode);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string? Regrade(JsonElement keyed) => keyed.GetProperty("regrade").GetString();

    private static FormUrlEncodedContent Form(string page, int question, int position, params string[] options) => new(
    [
        new("__RequestVerificationToken", Token().Match(page).Groups[1].Value), new("_handler", "key"),
        new("question", $"{question}"), new("position", $"{position}"), .. options.Select(o => KeyValuePair.Create("option", o)),
    ]);

    private async Task<(Guid Test, int[] Questions)> Unkeyed(string id)
    {
        var view = await app.Imports(Tess, Exam($"{id} Quiz.json", id, ($"{id}-1", $"{id} one?", ["alpha", "beta", "gamma"]), ($"{id}-2", $"{id} two?", ["alpha", "beta", "gamma"])));
        Assert.Equal("1/2/0/2/0", view.Counts());
        var test = view.GetProperty("files")[0].GetProperty("testId").GetGuid();
        await using var command = app.Sql.CreateCommand("SELECT array_agg(question_id ORDER BY position) FROM test_slots WHERE test_id = $1");
        command.Parameters.Add(new() { Value = test });
        return (test, (int[])(await command.ExecuteScalarAsync(Ct))!);
    }

    private async Task<JsonElement> Keys(int question, params string[] correct)
    {
        var reply = await app.As(Tess).PutAsJsonAsync($"/api/questions/{question}/key", new { correct }, Ct);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        return await reply.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }

    private async Task<string?> One(string sql, params object[] values)
    {
        await using var command = app.Sql.CreateCommand(sql);
        foreach (object value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return await command.ExecuteScalarAsync(Ct) as string;
    }

    [GeneratedRegex("__RequestVerificationToken\" value=\"([^\"]+)")]
    private static partial Regex Token();
}
