using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Tripos.Server.Tests.Support;

/// <summary>Files for the importer, and the way they take through the API.</summary>
internal static class ImportUploads
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static string Fixtures => Path.Combine(SourceTree.Root, "tests/fixtures");

    public static (string Name, byte[] Content) File(string name, string text) => (name, Encoding.UTF8.GetBytes(text));

    public static (string Name, byte[] Content) Disk(string path) => (Path.GetFileName(path), System.IO.File.ReadAllBytes(path));

    /// <summary>An exam whose questions are given as prompt → options, the right one marked with a star.</summary>
    public static (string Name, byte[] Content) Exam(string fileName, string? id, params (string? Id, string Prompt, string[] Options)[] questions) => File(fileName, JsonSerializer.Serialize(new
    {
        id,
        questions = questions.Select(q => new
        {
            id = q.Id,
            question = q.Prompt,
            options = q.Options.Select(o => new { text = o.TrimStart('*') }),
            correct = q.Options.Index().Where(o => o.Item.StartsWith('*')).Select(o => o.Index),
        }),
    }));

    public static (string Name, byte[] Content) Zip(string name, params (string Name, byte[] Content)[] files)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var file in files)
            {
                using var entry = zip.CreateEntry(file.Name).Open();
                entry.Write(file.Content);
            }
        }

        return (name, stream.ToArray());
    }

    extension(TriposApp app)
    {
        public Task<HttpResponseMessage> Uploads(Person person, params (string Name, byte[] Content)[] files) =>
            app.As(person).PostAsync("/api/imports", Form("files", files), Ct);

        /// <summary>Uploads and commits, until it is done.</summary>
        public async Task<JsonElement> Imports(Person person, params (string Name, byte[] Content)[] files)
        {
            var preview = await app.Uploads(person, files);
            Assert.Equal(HttpStatusCode.OK, preview.StatusCode);
            string id = (await preview.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("id").GetString()!;
            var view = await (await app.As(person).PostAsync($"/api/imports/{id}/commit", null, Ct)).Content.ReadFromJsonAsync<JsonElement>(Ct);
            if (view.GetProperty("status").GetString() == "importing")
            {
                await app.RunJobsAsync();
                view = await app.As(person).GetFromJsonAsync<JsonElement>($"/api/imports/{id}", Ct);
            }

            Assert.Equal("done", view.GetProperty("status").GetString());
            return view;
        }
    }

    public static MultipartFormDataContent Form(string field, params (string Name, byte[] Content)[] files)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, content) in files)
        {
            form.Add(new ByteArrayContent(content), field, name);
        }

        return form;
    }

    /// <summary>tests/questions/unchanged/needKey/skipped, to compare in one go.</summary>
    public static string Counts(this JsonElement view)
    {
        var totals = view.GetProperty("totals");
        return string.Join('/', totals.GetProperty("tests"), totals.GetProperty("questions"), totals.GetProperty("unchanged"), totals.GetProperty("needKey"), totals.GetProperty("skipped").GetArrayLength());
    }
}
