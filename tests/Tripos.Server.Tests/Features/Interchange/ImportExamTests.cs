using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;
using static Tripos.Server.Tests.Support.ImportUploads;

namespace Tripos.Server.Tests.Features.Interchange;

public sealed class ImportExamTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task An_exam_becomes_a_test_with_its_rules_questions_and_topics()
    {
        var view = await app.Imports(Tess, Disk(Path.Combine(Fixtures, "exam-json/good/Module 2 Quiz_20250610_v1.json")));

        Assert.Equal("1/2/0/0/0", view.Counts());
        Assert.Equal("Module 2 Quiz|quiz|1200000|300000|{\"weight\": 0.25, \"courseCode\": \"PY-2\"}", await One("SELECT concat_ws('|', title, type, time_limit_ms, warn_before_ms, metadata) FROM tests WHERE id = $1", TestOf(view)));
        Assert.Equal("3 true false", await One("SELECT concat_ws(' ', policy->>'allowedAttempts', policy->>'shuffleOptions', policy->>'showAnswers') FROM tests WHERE id = $1", TestOf(view)));
        Assert.Equal("Control flow / Loops, difficulty 2, q1.mp3, python", await One("""
            SELECT format('%s / %s, difficulty %s, %s, %s', m.name, t.name, q.difficulty, v.metadata->>'audioSrc', v.body->'code'->>'language')
            FROM test_slots s JOIN questions q ON q.id = s.question_id JOIN question_versions v ON v.id = q.current_version_id JOIN topics t ON t.id = q.topic_id JOIN modules m ON m.id = t.module_id
            WHERE s.test_id = $1 AND s.position = 1
            """, TestOf(view)));
        Assert.Equal("q1 of exam 4012, number 1, in Module 2 Quiz_20250610_v1.json", await One("""
            SELECT format('%s of exam %s, number %s, in %s', original_id, source_exam_external_id, original_number, source_file) FROM question_versions WHERE original_id = 'q1' AND source_exam_external_id = '4012'
            """));
    }

    [Fact]
    public async Task The_same_exam_under_another_name_in_another_order_changes_nothing()
    {
        var first = await app.Imports(Tess, Exam("Loops Quiz_20250610_v1.json", "loops", ("1", "One?", ["*a", "b", "c"]), ("2", "Two?", ["d", "*e"])));

        var again = await app.Imports(Tess, Exam("Loops Quiz_v20250714_v1.json", "loops", ("2", "Two?", ["*e", "d"]), ("1", "<!-- x -->One?", ["c", "b", "*a"])));

        Assert.Equal("0/0/2/0/0", again.Counts());
        Assert.Equal(TestOf(first), TestOf(again));
        Assert.Equal("Loops Quiz version 1 with 2 versions", await Summary(first));
    }

    [Fact]
    public async Task Ids_that_were_given_anew_to_shuffled_questions_do_not_confuse()
    {
        var first = await app.Imports(Tess, Exam("Renumbered Quiz.json", "renumbered", ("1", "North?", ["*a", "b"]), ("2", "South?", ["*c", "d"])));

        var again = await app.Imports(Tess, Exam("Renumbered Quiz.json", "renumbered", ("1", "South?", ["*c", "d"]), ("2", "North?", ["*a", "b"])));

        Assert.Equal("0/0/2/0/0", again.Counts());
        Assert.Equal("Renumbered Quiz version 1 with 2 versions", await Summary(first));
    }

    [Fact]
    public async Task Changed_content_becomes_a_new_version_and_the_old_one_stays()
    {
        var first = await app.Imports(Tess, Exam("Change Test.json", "change", ("1", "Old words?", ["*a", "b"]), ("2", "Same?", ["*a", "b"])));

        var again = await app.Imports(Tess, Exam("Change Test.json", "change", ("1", "New words?", ["*a", "b"]), ("2", "Same?", ["*a", "b"])));

        Assert.Equal("1/1/1/0/0", again.Counts());
        Assert.Equal("Change Test version 2 with 3 versions", await Summary(first));
        Assert.Equal("Old words? | New words?", await One("""
            SELECT string_agg(v.body->>'prompt', ' | ' ORDER BY v.number) FROM external_references r JOIN question_versions v ON v.question_id = r.question_id WHERE r.scope = 'change' AND r.external_id = '1'
            """));
    }

    [Fact]
    public async Task Questions_added_and_removed_and_rules_changed_make_a_new_version_of_the_test()
    {
        var first = await app.Imports(Tess, Exam("Grow Test.json", "grow", ("1", "Stays?", ["*a", "b"]), ("2", "Goes?", ["*a", "b"])));

        var grown = await app.Imports(Tess, Exam("Grow Test.json", "grow", ("1", "Stays?", ["*a", "b"]), ("3", "Comes?", ["*a", "b"])));
        var timed = await app.Imports(Tess, File("Grow Test.json", """
            {"id": "grow", "timeLimitInMinutes": 5, "questions": [{"id": "1", "question": "Stays?", "options": ["a", "b"]}, {"id": "3", "question": "Comes?", "options": ["a", "b"]}]}
            """));

        Assert.Equal(("1/1/1/0/0", "1/0/2/0/0"), (grown.Counts(), timed.Counts()));
        Assert.Equal("Grow Test version 3 with 2 versions", await Summary(first));
    }

    [Fact]
    public async Task A_file_without_keys_never_takes_a_key_away()
    {
        var first = await app.Imports(Tess, Exam("Keep Test.json", "keep", ("1", "Keyed by hand?", ["a", "b"])));
        int question = await QuestionOf(first);
        await app.As(Tess).PutAsJsonAsync($"/api/questions/{question}/key", new { correct = new[] { "b" } }, Ct);

        var same = await app.Imports(Tess, Exam("Keep Test.json", "keep", ("1", "Keyed by hand?", ["b", "a"])));
        var reworded = await app.Imports(Tess, Exam("Keep Test.json", "keep", ("1", "Keyed by your hand?", ["b", "a", "c"])));

        Assert.Equal(("0/0/1/0/0", "1/1/0/0/0"), (same.Counts(), reworded.Counts()));
        Assert.Equal("[\"b\"] b", await One("""
            SELECT (v.body->>'key') || ' ' || (SELECT o->>'text' FROM jsonb_array_elements(v.body->'options') o WHERE o->>'id' = 'b')
            FROM questions q JOIN question_versions v ON v.id = q.current_version_id WHERE q.id = $1
            """, question));
    }

    [Fact]
    public async Task A_key_whose_option_is_gone_is_asked_for_again()
    {
        await app.Imports(Tess, Exam("Lost Test.json", "lost", ("1", "Where is it?", ["*here", "there"])));

        var again = await app.Imports(Tess, Exam("Lost Test.json", "lost", ("1", "Where is it?", ["nowhere", "there"])));

        Assert.Equal("1/1/0/1/0", again.Counts());
        Assert.Contains("no longer fits", Findings(again), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exam_without_an_id_is_recognised_by_its_questions()
    {
        var first = await app.Imports(Tess, Exam("Nameless Quiz_20250610.json", null, (null, "N1?", ["*a", "b"]), (null, "N2?", ["*a", "b"]), (null, "N3?", ["*a", "b"])));

        var again = await app.Imports(Tess, Exam("Nameless Quiz_20250714.json", null, (null, "N3?", ["*a", "b"]), (null, "N2?", ["b", "*a"]), (null, "N4?", ["*a", "b"])));
        var other = await app.Imports(Tess, Exam("Nameless Quiz.json", null, (null, "X1?", ["*a", "b"]), (null, "X2?", ["*a", "b"])));

        Assert.Equal(TestOf(first), TestOf(again));
        Assert.Equal("1/1/2/0/0", again.Counts());
        Assert.NotEqual(TestOf(first), TestOf(other));
    }

    [Fact]
    public async Task One_exam_twice_in_a_batch_is_one_test()
    {
        var file = Exam("Twice Quiz.json", "twice", ("1", "Twice?", ["*a", "b"]));

        var view = await app.Imports(Tess, file, file, file with { Name = "Twice Quiz_20250101.json" });

        Assert.Equal("1/1/2/0/0", view.Counts());
        Assert.Equal("1", await One("SELECT count(*)::text FROM tests WHERE title = 'Twice Quiz'"));
    }

    [Fact]
    public async Task A_question_that_stands_in_two_exams_is_one_question_until_one_of_them_changes_it()
    {
        var one = await app.Imports(Tess, Exam("First Quiz.json", "first", ("1", "In both?", ["*a", "b"])));
        var two = await app.Imports(Tess, Exam("Second Quiz.json", "second", ("9", "In both?", ["b", "a"])));
        Assert.Equal("1/0/1/0/0", two.Counts());
        Assert.Equal(await QuestionOf(one), await QuestionOf(two));

        await app.Imports(Tess, Exam("Second Quiz.json", "second", ("9", "In both of them?", ["b", "a"])));

        Assert.NotEqual(await QuestionOf(one), await QuestionOf(two));
        Assert.Equal("In both?", await One("SELECT v.body->>'prompt' FROM questions q JOIN question_versions v ON v.id = q.current_version_id WHERE q.id = $1", await QuestionOf(one)));
    }

    [Fact]
    public async Task The_same_words_with_another_key_are_another_question()
    {
        var one = await app.Imports(Tess, Exam("Yes Quiz.json", "yes", ("1", "Agree?", ["*yes", "no"])));
        var two = await app.Imports(Tess, Exam("No Quiz.json", "no", ("1", "Agree?", ["yes", "*no"])));

        Assert.NotEqual(await QuestionOf(one), await QuestionOf(two));
    }

    [Fact]
    public async Task Imports_of_the_same_exam_at_the_same_moment_make_one_test()
    {
        var file = Exam("Race Quiz.json", "race", ("1", "Race?", ["*a", "b"]), ("2", "Race again?", ["*a", "b"]));
        var request = new Tripos.Server.Features.Interchange.ImportFiles.Request(null, DryRun: false, new());

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Tripos.Server.Features.Interchange.ImportFiles.RunAsync(
            [new(file.Name, file.Content.Length, () => new MemoryStream(file.Content))], request, app.Sql, null, Ct)));

        Assert.Equal("1 test, 2 questions", await One("SELECT format('%s test, %s questions', count(DISTINCT t.id), count(*)) FROM tests t JOIN test_slots s ON s.test_id = t.id WHERE t.title = 'Race Quiz'"));
    }

    [Fact]
    public async Task The_sample_course_imports_without_a_remark_and_again_without_a_change()
    {
        string folder = Path.Combine(SourceTree.Root, "samples/python-entry");
        var files = Directory.GetFiles(folder, "*.json").Order().Select(Disk).ToArray();

        var first = await app.Imports(Tess, files);
        var again = await app.Imports(Tess, files);

        Assert.Empty(Findings(first));
        Assert.Equal("4/74/0/8/0", first.Counts());
        Assert.Equal("0/0/74/8/0", again.Counts());
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static Guid TestOf(JsonElement view) => view.GetProperty("files")[0].GetProperty("testId").GetGuid();

    private static string Findings(JsonElement view) =>
        string.Join('\n', view.GetProperty("files").EnumerateArray().SelectMany(f => f.GetProperty("findings").EnumerateArray()).Select(d => d.GetProperty("reason").GetString()));

    private async Task<int> QuestionOf(JsonElement view) => int.Parse((await One("SELECT question_id::text FROM test_slots WHERE test_id = $1 AND position = 1", TestOf(view)))!, System.Globalization.CultureInfo.InvariantCulture);

    private Task<string?> Summary(JsonElement view) => One("""
        SELECT format('%s version %s with %s versions', t.title, t.version, (SELECT count(*) FROM test_slots s JOIN question_versions v ON v.question_id = s.question_id WHERE s.test_id = t.id)) FROM tests t WHERE t.id = $1
        """, TestOf(view));

    private async Task<string?> One(string sql, params object[] values)
    {
        await using var command = app.Sql.CreateCommand(sql);
        foreach (object value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return await command.ExecuteScalarAsync(Ct) as string;
    }
}
