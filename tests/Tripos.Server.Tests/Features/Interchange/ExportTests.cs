using System.Net;
using System.Text;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;
using static Tripos.Server.Tests.Support.ImportUploads;

namespace Tripos.Server.Tests.Features.Interchange;

public sealed class ExportTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Theory]
    [InlineData("exam-json/good/Module 2 Quiz_20250610_v1.json")]
    [InlineData("exam-json/good/strings and keys exam.json")]
    [InlineData("exam-json/good/saved page test.html")]
    public async Task What_is_exported_imports_without_a_change(string fixture)
    {
        var first = await app.Imports(Tess, Disk(Path.Combine(Fixtures, fixture)));
        string url = $"/api/tests/{first.GetProperty("files")[0].GetProperty("testId").GetGuid()}/export";

        byte[] exported = await app.As(Tess).GetByteArrayAsync(url, Ct);
        var again = await app.Imports(Tess, ("exported.json", exported));

        int questions = first.GetProperty("totals").GetProperty("questions").GetInt32();
        Assert.Equal($"0/0/{questions}", again.Counts()[..$"0/0/{questions}".Length]);
        Assert.Equal(Encoding.UTF8.GetString(exported), Encoding.UTF8.GetString(await app.As(Tess).GetByteArrayAsync(url, Ct)));
    }

    [Fact]
    public async Task Exports_are_for_authors_and_of_tests_that_exist()
    {
        var view = await app.Imports(Tess, Exam("Secret Quiz.json", "secret", ("1", "Secret?", ["*a", "b"])));
        string url = $"/api/tests/{view.GetProperty("files")[0].GetProperty("testId").GetGuid()}/export";

        Assert.Equal(HttpStatusCode.NotFound, (await app.As(Ada).GetAsync(url, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.As(Tess).GetAsync($"/api/tests/{Guid.CreateVersion7()}/export", Ct)).StatusCode);
        var file = await app.As(Tess).GetAsync(url, Ct);
        Assert.Equal("Secret Quiz.json", file.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
}
