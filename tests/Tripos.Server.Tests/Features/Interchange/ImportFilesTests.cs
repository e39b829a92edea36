using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Tripos.Server.Features.Interchange;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;
using static Tripos.Server.Tests.Support.ImportUploads;

namespace Tripos.Server.Tests.Features.Interchange;

public sealed class ImportFilesTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task Bad_files_are_named_with_place_and_reason_and_the_rest_goes_on()
    {
        var bad = Directory.GetFiles(Path.Combine(Fixtures, "exam-json/bad")).Order(StringComparer.Ordinal).Select(Disk).ToArray();

        var view = await app.Imports(Tess, [.. bad, Exam("Good Quiz.json", "good-one", ("1", "Fine?", ["*a", "b"])), File("notes.txt", "hello"), File("picture.png", "x")]);

        var skipped = view.GetProperty("totals").GetProperty("skipped").EnumerateArray().ToList();
        Assert.Equal([.. bad.Select(f => f.Name), "notes.txt", "picture.png"], skipped.Select(s => s.GetProperty("file").GetString()!).Distinct());
        Assert.All(skipped, s => Assert.NotEmpty(s.GetProperty("reason").GetString()!));
        Assert.Equal(1, view.GetProperty("totals").GetProperty("files").GetInt32());
        Assert.Equal("Good Quiz.json", await app.Value<string>("SELECT string_agg(source_file, ' ') FROM tests WHERE source_file = ANY($1)", [bad.Select(f => f.Name).Append("Good Quiz.json").ToArray()]));
    }

    [Fact]
    public async Task A_zip_is_imported_file_by_file_and_a_bomb_is_refused()
    {
        var zip = Zip("exams.zip", Exam("a/Zipped Quiz.json", "zipped", ("1", "Zipped?", ["*a", "b"])), File("b/broken.json", "{"));
        var bomb = Zip("bomb.zip", ("bomb.json", new byte[40_000_000]));
        var nested = Zip("nested.zip", Zip("inner.zip"));

        var view = await app.Imports(Tess, zip, bomb, nested);

        var reasons = view.GetProperty("totals").GetProperty("skipped").EnumerateArray().ToDictionary(s => s.GetProperty("file").GetString()!, s => s.GetProperty("reason").GetString()!);
        Assert.StartsWith("1/1/0/0/", view.Counts(), StringComparison.Ordinal);
        Assert.Equal(["bomb.zip", "exams.zip/b/broken.json", "nested.zip"], reasons.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("zip bomb", reasons["bomb.zip"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_above_the_limit_is_refused_without_being_opened()
    {
        var huge = new ImportSource("huge.json", 2L << 30, () => throw new InvalidOperationException("It was opened."));

        var report = await ImportFiles.RunAsync([huge, huge with { Name = "huge.txt" }, huge with { Name = "huge.csv" }, huge with { Name = "huge.zip" }], new(null, DryRun: false, new()), app.Sql, null, Ct);

        Assert.Equal(["The file has 2048 MB; at most 32 MB are read.", "The file has 2048 MB; at most 256 MB are read.", "The file has 2048 MB; at most 512 MB are read.", "The file has 2048 MB; at most 32 MB are read."],
            report.Files.Select(f => f.Findings[0].Reason));
    }

    [Fact]
    public async Task A_preview_changes_nothing_and_says_exactly_what_the_import_then_does()
    {
        var file = Exam("Preview Quiz.json", "preview", ("1", "Seen before?", ["*a", "b"]), ("2", "No key?", ["a", "b"]));

        var preview = await (await app.Uploads(Tess, file)).Content.ReadFromJsonAsync<JsonElement>(Ct);

        Assert.Equal(("ready", "1/2/0/1/0"), (preview.GetProperty("status").GetString(), preview.Counts()));
        Assert.Equal("Seen before?", preview.GetProperty("files")[0].GetProperty("samples")[0].GetProperty("prompt").GetString());
        Assert.Equal(0L, await Count("SELECT count(*) FROM tests WHERE title = 'Preview Quiz'"));
        Assert.Equal("1/2/0/1/0", (await app.Imports(Tess, file)).Counts());
        Assert.Equal(1L, await Count("SELECT count(*) FROM import_files WHERE name = 'Preview Quiz.json'")); // the uncommitted upload's
    }

    [Fact]
    public async Task A_preview_sees_what_earlier_files_of_the_upload_bring()
    {
        var exam = Exam("Batch Quiz.json", "batch", ("batch-1", "In this batch?", ["a", "b"]));

        var preview = await (await app.Uploads(Tess, exam, File("bad.json", "{"), exam with { Name = "Batch Quiz_20250101.json" }, File("keys.csv", "question_id,correct_option\nbatch-1,b\n")))
            .Content.ReadFromJsonAsync<JsonElement>(Ct);

        Assert.Equal("1/1/1/2/1", preview.Counts());
        Assert.Equal(1, preview.GetProperty("files")[3].GetProperty("keysSet").GetInt32());
        Assert.Equal(0L, await Count("SELECT count(*) FROM tests WHERE title = 'Batch Quiz'"));
    }

    [Fact]
    public async Task An_upload_is_committed_once()
    {
        var preview = await (await app.Uploads(Tess, Exam("Once Quiz.json", "once", ("1", "Once?", ["*a", "b"])))).Content.ReadFromJsonAsync<JsonElement>(Ct);
        string url = $"/api/imports/{preview.GetProperty("id").GetString()}/commit";

        var first = await app.As(Tess).PostAsync(url, null, Ct);
        var second = await app.As(Tess).PostAsync(url, null, Ct);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict), (first.StatusCode, second.StatusCode));
    }

    [Fact]
    public async Task An_upload_is_its_owners_and_administrators_alone()
    {
        var preview = await (await app.Uploads(Tess, Exam("Mine Quiz.json", "mine", ("1", "Mine?", ["*a", "b"])))).Content.ReadFromJsonAsync<JsonElement>(Ct);
        string url = $"/api/imports/{preview.GetProperty("id").GetString()}";
        var vera = new Person(Guid.CreateVersion7(), "Vera", "learner", "author");

        Assert.Equal(HttpStatusCode.NotFound, (await app.As(vera).GetAsync(url, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.As(vera).PostAsync($"{url}/commit", null, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.As(Otto).GetAsync(url, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Uploads(Ada, Exam("x.json", null, (null, "x", ["a", "b"])))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.As(Root).GetAsync(url, Ct)).StatusCode);
    }

    [Fact]
    public async Task A_large_upload_is_imported_in_the_background()
    {
        string trivia = string.Concat(Enumerable.Range(0, 12_000).Select(n => $"#Q Is the number {n}, which stands here among twelve thousand others, larger than the number {n + 1}?\n^ No\nA No\nB Yes\n\n"));
        var preview = await (await app.Uploads(Tess, File("numbers.txt", trivia))).Content.ReadFromJsonAsync<JsonElement>(Ct);
        string url = $"/api/imports/{preview.GetProperty("id").GetString()}";

        var committed = await (await app.As(Tess).PostAsync($"{url}/commit", null, Ct)).Content.ReadFromJsonAsync<JsonElement>(Ct);
        string page = await app.As(Tess).GetStringAsync(url.Replace("/api/imports", "/import", StringComparison.Ordinal), Ct);
        await app.RunJobsAsync();
        var done = await app.As(Tess).GetFromJsonAsync<JsonElement>(url, Ct);

        Assert.Equal("importing", committed.GetProperty("status").GetString());
        Assert.Contains("the import goes on", page, StringComparison.Ordinal);
        Assert.Equal(("done", "0/12000/0/0/0"), (done.GetProperty("status").GetString(), done.Counts()));
    }

    [Fact]
    public async Task An_upload_without_files_is_refused()
    {
        using var form = new MultipartFormDataContent { { new StringContent("x"), "other" } };

        var reply = await app.As(Tess).PostAsync("/api/imports", form, Ct);

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
    }

    [Fact]
    public async Task An_import_cut_short_by_a_restart_is_taken_up_again()
    {
        var preview = await (await app.Uploads(Tess, Exam("Restart Quiz.json", "restart", ("1", "Restarted?", ["*a", "b"])))).Content.ReadFromJsonAsync<JsonElement>(Ct);
        var id = preview.GetProperty("id").GetGuid();
        await app.Run("UPDATE import_batches SET status = 'importing' WHERE id = $1", id);

        await RunImport.RunAsync(id, new(), app.Sql, Ct);
        await RunImport.RunAsync(id, new(), app.Sql, Ct);

        Assert.Equal("done", await app.Value<string>("SELECT status FROM import_batches WHERE id = $1", id));
        Assert.Equal(1L, await Count("SELECT count(*) FROM tests WHERE title = 'Restart Quiz'"));
        Assert.Equal(0L, await Count("SELECT count(*) FROM import_files WHERE name = 'Restart Quiz.json'"));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task<long> Count(string sql)
    {
        await using var command = app.Sql.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }
}
