using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;
using static Tripos.Server.Tests.Support.ImportUploads;

namespace Tripos.Server.Tests.Features.Interchange;

public sealed partial class ImportPageTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task The_wizard_uploads_shows_what_was_found_and_imports()
    {
        var browser = app.As(Tess);
        string start = await browser.GetStringAsync("/import", Ct);
        using var form = Form("files", Exam("Wizard Quiz.json", "wizard", ("1", "Which <b>wizard</b>?", ["Merlin", "Gandalf"])), File("broken.json", "{ \"questions\": }"));
        form.Add(new StringContent(Token().Match(start).Groups[1].Value), "__RequestVerificationToken");
        form.Add(new StringContent("upload"), "_handler");

        var uploaded = await browser.PostAsync("/import", form, Ct);
        string preview = await browser.GetStringAsync(uploaded.Headers.Location, Ct);
        var committed = await browser.PostAsync(uploaded.Headers.Location, Post(preview, "commit"), Ct);
        string result = await browser.GetStringAsync(committed.Headers.Location, Ct);

        Assert.Equal((HttpStatusCode.Found, HttpStatusCode.Found), (uploaded.StatusCode, committed.StatusCode));
        Assert.Contains("What we found", preview, StringComparison.Ordinal);
        Assert.Contains("Which wizard?", preview, StringComparison.Ordinal);
        Assert.Contains("line 1, column 16", preview, StringComparison.Ordinal);
        Assert.Contains("Step 3 of 3: done.", result, StringComparison.Ordinal);
        Assert.Matches("/tests/[0-9a-f-]{36}/keys", result);
        Assert.Contains("Wizard Quiz", await browser.GetStringAsync("/import", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_wizard_asks_for_a_file()
    {
        var browser = app.As(Tess);
        string start = await browser.GetStringAsync("/import", Ct);

        var reply = await browser.PostAsync("/import", Post(start, "upload"), Ct);

        Assert.Contains("There is no file to import", await reply.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_post_without_its_token_is_refused()
    {
        var reply = await app.As(Tess).PostAsync("/import", Form("files", Exam("x.json", null, (null, "x", ["a", "b"]))), Ct);

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
    }

    [Fact]
    public async Task The_pages_are_for_authors_and_an_upload_for_its_owner()
    {
        var browser = app.As(Tess);
        var missing = await browser.GetAsync($"/import/{Guid.CreateVersion7()}", Ct);

        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, (await app.As(Ada).GetAsync("/import", Ct)).StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, (await app.Anonymous().GetAsync("/import", Ct)).StatusCode);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static FormUrlEncodedContent Post(string page, string handler) =>
        new([new("__RequestVerificationToken", Token().Match(page).Groups[1].Value), new("_handler", handler)]);

    [GeneratedRegex("__RequestVerificationToken\" value=\"([^\"]+)")]
    private static partial Regex Token();
}
