using System.Net;
using System.Text.RegularExpressions;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Attempts.Pages;

/// <summary>The pages of sitting a test lead where they should, show what they may, and nothing to strangers.</summary>
public sealed partial class AttemptPagesTests(TriposApp app) : IClassFixture<TriposApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Starting_by_the_form_opens_the_player()
    {
        var test = await app.HasTest();
        var browser = app.As(Ada);
        string token = Token().Match(await browser.GetStringAsync($"/tests/{test.Id}", Ct)).Groups[1].Value;

        var reply = await browser.PostAsync($"/tests/{test.Id}", new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("_handler", "start")]), Ct);

        Assert.Equal(HttpStatusCode.Found, reply.StatusCode);
        string player = await browser.GetStringAsync(reply.Headers.Location!, Ct);
        Assert.Contains("Question 1 of 3", player, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_player_holds_no_key_and_no_explanation()
    {
        var test = await app.HasTest();
        var attempt = await app.Starts(Ada, test);

        string player = await app.As(Ada).GetStringAsync($"/attempts/{attempt}", Ct);

        Assert.Contains("Question 3?", player, StringComparison.Ordinal);
        Assert.DoesNotContain("explanation", player, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Because", player, StringComparison.Ordinal);
        Assert.DoesNotContain("correct", player, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_player_is_compressed_and_so_repeats_nothing_of_the_request()
    {
        var test = await app.HasTest();
        var attempt = await app.Starts(Ada, test);
        var ada = app.As(Ada);
        string plain = await ada.GetStringAsync($"/attempts/{attempt}?probe=NeedleInQuery", Ct);
        ada.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip");

        var reply = await ada.GetAsync($"/attempts/{attempt}", Ct);

        Assert.Equal(["gzip"], reply.Content.Headers.ContentEncoding);
        Assert.DoesNotContain("NeedleInQuery", plain, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_player_and_the_result_send_each_other_the_reader()
    {
        var test = await app.HasTest();
        var open = await app.Starts(Ada, test);
        var early = await app.As(Ada).GetAsync($"/attempts/{open}/result", Ct);
        await app.Submits(Ada, open);

        var late = await app.As(Ada).GetAsync($"/attempts/{open}", Ct);

        Assert.EndsWith($"/attempts/{open}", early.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.EndsWith($"/attempts/{open}/result", late.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/attempts/{0}")]
    [InlineData("/attempts/{0}/result")]
    public async Task A_stranger_finds_nothing(string path)
    {
        var test = await app.HasTest();
        var attempt = await app.Starts(Ada, test);
        await app.Submits(Ada, attempt);
        var otto = app.As(Otto);
        otto.DefaultRequestHeaders.Accept.ParseAdd("text/html");

        var reply = await otto.GetAsync(string.Format(null, path, attempt), Ct);

        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
        Assert.Contains("There is nothing here", await reply.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_without_a_key_is_shown_to_authors_only()
    {
        var test = await app.HasTest(keyed: false, title: "Unkeyed test");

        var learner = await app.As(Ada).GetAsync($"/tests/{test.Id}", Ct);
        string author = await app.As(Tess).GetStringAsync($"/tests/{test.Id}", Ct);

        Assert.Equal(HttpStatusCode.NotFound, learner.StatusCode);
        Assert.Contains("3 questions have no answer key yet", author, StringComparison.Ordinal);
        Assert.DoesNotContain("Unkeyed test", await app.As(Ada).GetStringAsync("/tests", Ct), StringComparison.Ordinal);
        Assert.Contains("Unkeyed test", await app.As(Tess).GetStringAsync("/", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_result_without_a_score_shows_none()
    {
        var test = await app.HasTest(policy: new TestPolicy { ShowScore = false, ShowReview = false });
        var attempt = await app.Starts(Ada, test);
        await app.Submits(Ada, attempt);

        string result = await app.As(Ada).GetStringAsync($"/attempts/{attempt}/result", Ct);

        Assert.Contains("This test does not show a score.", result, StringComparison.Ordinal);
        Assert.Contains("This test does not show its questions again.", result, StringComparison.Ordinal);
        Assert.DoesNotContain(" %", MainOf(result), StringComparison.Ordinal);
        Assert.DoesNotContain("Question 1?", result, StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_goes_on_where_the_page_ended()
    {
        var test = await app.HasTest(type: TestType.Practice, questions: 1);
        for (int i = 0; i < 21; i++)
        {
            await app.Submits(Otto, await app.Starts(Otto, test));
        }

        string first = await app.As(Otto).GetStringAsync("/history", Ct);
        string older = OlderLink().Match(first).Groups[1].Value;
        string second = await app.As(Otto).GetStringAsync(older, Ct);

        Assert.Equal(20, RowLink().Count(first));
        Assert.Equal(1, RowLink().Count(second));
        Assert.DoesNotContain("rel=\"next\"", second, StringComparison.Ordinal);
    }

    private static string MainOf(string html) => html[html.IndexOf("<main", StringComparison.Ordinal)..html.IndexOf("</main>", StringComparison.Ordinal)];

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)")]
    private static partial Regex Token();

    [GeneratedRegex("rel=\"next\" href=\"([^\"]+)")]
    private static partial Regex OlderLink();

    [GeneratedRegex("class=\"row-title\"")]
    private static partial Regex RowLink();
}
