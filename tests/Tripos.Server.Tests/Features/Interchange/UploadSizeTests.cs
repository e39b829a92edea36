using System.Net;
using System.Text.RegularExpressions;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;
using static Tripos.Server.Tests.Support.ImportUploads;

namespace Tripos.Server.Tests.Features.Interchange;

/// <summary>The limits of the real web server: only it counts the bytes of a request.</summary>
public sealed partial class UploadSizeTests(TriposSite site) : IClassFixture<TriposSite>
{
    private static readonly (string Name, byte[] Content) ThreeMegabytes = ("large.txt", System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("#Q The same question again and again?\n^ No\nA No\nB Yes\n\n", 60_000))));

    [Fact]
    public async Task Three_megabytes_are_taken_through_the_api_and_by_the_page()
    {
        using var browser = Browser();
        string page = await browser.GetStringAsync("/import", Ct);
        using var form = Form("files", ThreeMegabytes);
        form.Add(new StringContent(Token().Match(page).Groups[1].Value), "__RequestVerificationToken");
        form.Add(new StringContent("upload"), "_handler");

        var api = await browser.PostAsync("/api/imports", Form("files", ThreeMegabytes), Ct);
        var wizard = await browser.PostAsync("/import", form, Ct);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Found), (api.StatusCode, wizard.StatusCode));
    }

    [Fact]
    public async Task More_than_is_allowed_is_refused()
    {
        using var browser = Browser();
        browser.DefaultRequestHeaders.ExpectContinue = true; // asks before it sends

        var reply = await browser.PostAsync("/api/imports", Form("files", ("huge.txt", new byte[70 << 20])), Ct);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, reply.StatusCode);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private HttpClient Browser()
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, Expect100ContinueTimeout = TimeSpan.FromSeconds(30) }) { BaseAddress = site.Address };
        client.DefaultRequestHeaders.Add("X-Test-Person", $"{Tess.Id} {string.Join(' ', Tess.Roles)}");
        return client;
    }

    [GeneratedRegex("__RequestVerificationToken\" value=\"([^\"]+)")]
    private static partial Regex Token();
}
