using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Tripos.Server.Features.Interchange;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;
using static Tripos.Server.Tests.Support.ImportUploads;

namespace Tripos.Server.Tests.Features.Interchange;

/// <summary>Kinds other than a plain choice, with their media, in and out through HTTP.</summary>
public sealed class ImportKindsTests(TriposApp app) : IClassFixture<TriposApp>
{
    private const string Picture = """<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><rect width="20" height="10"/></svg>""";

    [Fact]
    public async Task A_missing_picture_makes_a_draft_that_goes_live_when_the_picture_comes()
    {
        var exam = Kinds("spots.json", "spots", """{"id": "1", "type": "hot-spot", "body": {"prompt": "Where?", "image": {"hash": "pictures/p.svg", "type": "image/svg+xml", "alt": "A map."}, "areas": [{"id": "a", "shape": "circle", "coordinates": [0.5, 0.5, 0.1], "label": "here"}]}}""");

        var without = await app.Imports(Tess, exam);
        var with = await app.Imports(Tess, Zip("spots.zip", exam, ("pictures/p.svg", Encoding.UTF8.GetBytes(Picture))));
        var again = await app.Imports(Tess, exam);

        Assert.Equal(1, without.GetProperty("totals").GetProperty("drafts").GetInt32());
        Assert.Contains("pictures/p.svg", Reasons(without), StringComparison.Ordinal);
        Assert.Equal("1/1/0/0/0", with.Counts());
        Assert.Equal("0/0/1/0/0", again.Counts()); // what is here is not taken away
        Assert.Equal("live", await app.Value<string>("SELECT q.status FROM questions q JOIN external_references r ON r.question_id = q.id WHERE r.scope = 'spots'"));
        Assert.Equal("20", await app.Value<string>("SELECT v.body->'image'->>'width' FROM questions q JOIN external_references r ON r.question_id = q.id JOIN question_versions v ON v.id = q.current_version_id WHERE r.scope = 'spots'"));
    }

    [Fact]
    public async Task Files_sent_together_by_a_browser_find_each_other_by_name()
    {
        var exam = Kinds("flat.json", "flat", """{"id": "1", "type": "hot-spot", "body": {"prompt": "Where is it?", "image": {"hash": "deep/down/q.svg", "type": "image/svg+xml", "alt": "A plan."}, "areas": [{"id": "a", "shape": "circle", "coordinates": [0.5, 0.5, 0.1], "label": "here"}]}}""");

        var view = await app.Imports(Tess, exam, ("q.svg", Encoding.UTF8.GetBytes(Picture)));

        Assert.Equal("1/1/0/0/0", view.Counts());
        Assert.Equal(0, view.GetProperty("totals").GetProperty("drafts").GetInt32());
    }

    [Fact]
    public async Task A_path_never_leaves_the_folder_of_the_exam()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        await System.IO.File.WriteAllTextAsync(Path.Combine(folder, "secret.svg"), Picture, Ct);
        Directory.CreateDirectory(Path.Combine(folder, "exam"));
        var (name, content) = Kinds("outside.json", "outside", """{"id": "1", "type": "hot-spot", "body": {"prompt": "Where?", "image": {"hash": "../secret.svg", "type": "image/svg+xml", "alt": "A map."}}}""");
        await System.IO.File.WriteAllBytesAsync(Path.Combine(folder, "exam", name), content, Ct);

        var report = await ImportFiles.RunAsync(ImportPaths.Find([Path.Combine(folder, "exam", name)]).Sources, new(null, DryRun: false, new()), app.Sql, null, Ct);

        Directory.Delete(folder, recursive: true);
        Assert.Equal(1, report.Total().Drafts);
    }

    [Fact]
    public async Task Faults_are_said_question_by_question_and_an_unknown_kind_by_name()
    {
        var view = await app.Imports(Tess,
            Kinds("faults.json", "faults",
                """{"id": "1", "type": "ordering", "body": {"prompt": "Order!", "parts": [{"id": "a", "text": "one"}], "key": ["a"]}}""",
                """{"id": "2", "type": "pte-write-from-dictation", "body": {"prompt": "Type it.", "sentence": "It rains."}}""",
                """{"id": "3", "type": "short-text", "body": {"prompt": "Name it.", "accepted": ["rain"]}}"""),
            Kinds("unknown.json", "unknown", """{"type": "riddle", "body": {"prompt": "?"}}"""));

        Assert.Equal(2, view.GetProperty("totals").GetProperty("drafts").GetInt32());
        Assert.Contains("questions[0].body.parts", Reasons(view), StringComparison.Ordinal);
        Assert.Contains("questions[1].body.audio", Reasons(view), StringComparison.Ordinal);
        Assert.Contains("riddle", Reasons(view), StringComparison.Ordinal);
        Assert.Equal("draft draft live", await app.Value<string>("SELECT string_agg(q.status, ' ' ORDER BY r.external_id) FROM questions q JOIN external_references r ON r.question_id = q.id WHERE r.scope = 'faults'"));
        var start = await app.As(Ada).PostAsync($"/api/tests/{view.GetProperty("files")[0].GetProperty("testId").GetGuid()}/attempts", null, Ct);
        Assert.Equal(System.Net.HttpStatusCode.Conflict, start.StatusCode);
    }

    [Fact]
    public async Task A_pte_choice_keeps_its_kind_through_keys_and_plain_files()
    {
        const string question = """{"id": "1", "type": "pte-reading-multiple-choice-single", "body": {"prompt": "What fell?", "passage": "Snow fell.", "options": [{"id": "a", "text": "Snow"}, {"id": "b", "text": "Rain"}], "key": []}}""";
        await app.Imports(Tess, Kinds("pte.json", "pte-choice", question));
        int id = await app.Value<int>("SELECT question_id FROM external_references WHERE scope = 'pte-choice'");

        var keyed = await (await app.As(Tess).PutAsJsonAsync($"/api/questions/{id}/key", new { correct = new[] { "a" } }, Ct)).Content.ReadFromJsonAsync<JsonElement>(Ct);
        var again = await app.Imports(Tess, Kinds("pte.json", "pte-choice", question));
        await app.Imports(Tess, Exam("pte.json", "pte-choice", ("1", "What fell?", ["*Snow", "Rain"])));

        Assert.Equal("pte-reading-multiple-choice-single", keyed.GetProperty("kind").GetString());
        Assert.Equal("0/0/1/0/0", again.Counts());
        Assert.Equal("pte-reading-multiple-choice-single Snow fell.", await app.Value<string>("SELECT v.kind || ' ' || (v.body->>'passage') FROM questions q JOIN question_versions v ON v.id = q.current_version_id WHERE q.id = $1", id));
    }

    [Fact]
    public async Task A_file_without_keys_takes_none_away_whatever_the_kind()
    {
        const string keyed = """{"id": "1", "type": "matching", "body": {"prompt": "Pair.", "premises": [{"id": "p", "text": "x"}], "answers": [{"id": "a", "text": "1"}, {"id": "b", "text": "2"}], "key": {"p": "a"}}}""";
        await app.Imports(Tess, Kinds("pairs.json", "pairs", keyed));

        var without = await app.Imports(Tess, Kinds("pairs.json", "pairs", keyed.Replace(""", "key": {"p": "a"}""", "", StringComparison.Ordinal)));
        var other = await app.Imports(Tess, Kinds("pairs.json", "pairs", keyed.Replace("""{"p": "a"}""", """{"p": "b"}""", StringComparison.Ordinal)));

        Assert.Equal("0/0/1/0/0", without.Counts());
        Assert.Equal("1/1/0/0/0", other.Counts());
        Assert.Contains("right answer changed", Reasons(other), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_of_a_practice_app_arrive_with_what_is_missing_said_item_by_item()
    {
        (string, byte[])[] lists = [.. Directory.GetFiles(Path.Combine(Fixtures, "pte-json"), "*.json").Order(StringComparer.Ordinal).Select(Disk)];

        var view = await app.Imports(Tess, lists);
        var again = await app.Imports(Tess, lists);

        Assert.Equal("3/20/0/1/0", view.Counts());
        Assert.Equal(13, view.GetProperty("totals").GetProperty("drafts").GetInt32());
        Assert.Equal("0/0/20/1/0", again.Counts());
        Assert.Contains("pictures.example", Reasons(view), StringComparison.Ordinal);
    }

    private static (string Name, byte[] Content) Kinds(string file, string id, params string[] questions) => ImportUploads.File(file, $$"""{"id": "{{id}}", "title": "{{id}}", "questions": [{{string.Join(',', questions)}}]}""");

    private static string Reasons(JsonElement view) => string.Join('\n', view.GetProperty("files").EnumerateArray().SelectMany(file => file.GetProperty("findings").EnumerateArray()).Select(finding => $"{finding.GetProperty("place")}: {finding.GetProperty("reason")}"));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
}

/// <summary>With the real lists of a practice app: runs with TRIPOS_CORPUS naming the folder above theirs.</summary>
public sealed class PteCorpusTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact(Explicit = true)]
    public async Task Every_item_of_the_corpus_arrives()
    {
        string folder = SourceTree.Corpus("pte-json");
        var ct = TestContext.Current.CancellationToken;

        var report = await ImportFiles.RunAsync(ImportPaths.Find([folder]).Sources, new(null, DryRun: false, new()), app.Sql, null, ct);
        var again = await ImportFiles.RunAsync(ImportPaths.Find([folder]).Sources, new(null, DryRun: false, new()), app.Sql, null, ct);

        foreach (var file in report.Files)
        {
            TestContext.Current.SendDiagnosticMessage($"{file.Name}: {file.Questions + file.Unchanged} items, {file.Drafts} drafts, {file.NeedKey} without key, {file.Findings.Count} remarks");
            TestContext.Current.TestOutputHelper?.WriteLine($"{file.Name}: {file.Questions + file.Unchanged} items, {file.Drafts} drafts, {file.NeedKey} without key, {file.Findings.Count} remarks\n{string.Join('\n', file.Findings)}");
        }

        Assert.DoesNotContain(report.Files, file => file.Failed);
        Assert.Equal(report.Total().Questions + report.Total().Unchanged, again.Total().Unchanged);
    }
}
