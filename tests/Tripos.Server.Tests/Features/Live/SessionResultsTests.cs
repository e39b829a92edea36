using System.Net;
using System.Text;
using System.Text.Json;
using Tripos.Server.Platform.Web;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Live;

/// <summary>What came of a session.</summary>
public sealed class SessionResultsTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task Each_learner_is_told_with_what_they_had_and_how_it_ended()
    {
        var (session, attempt, ada) = await app.HasStarted(await app.HasTest(2, passMark: 50));
        await using var _ = ada;
        await app.Saves(Ada, attempt, 1, "a");
        await app.HasMarked(Ada, attempt);
        await app.Reports(Ada, session, ("paste", 1, 1));
        await app.Acts(session, new { kind = "extra_time", learnerIds = new[] { Ada.Id }, ms = 90_000 });
        (await app.Steps(session, "completion")).EnsureSuccessStatusCode();

        var row = (await app.ResultsOf(session)).GetProperty("results").EnumerateArray().Single();

        Assert.Equal((50, true, 1, 2), (row.GetProperty("percent").GetInt32(), row.GetProperty("passed").GetBoolean(), row.GetProperty("answered").GetInt32(), row.GetProperty("itemCount").GetInt32()));
        Assert.Equal(("forced", 90_000, 1, 1), (row.GetProperty("submitType").GetString(), row.GetProperty("extraMs").GetInt32(), row.GetProperty("events").GetInt32(), row.GetProperty("highlights").GetInt32()));
    }

    [Fact]
    public async Task Before_the_end_it_shows_what_there_is()
    {
        var (session, attempt, ada) = await app.HasStarted();
        await using var _ = ada;
        await app.Saves(Ada, attempt, 1, "a");

        var row = (await app.ResultsOf(session)).GetProperty("results").EnumerateArray().Single();
        string page = await app.As(Tess).GetStringAsync($"/live/{session}/results", Cancel);

        Assert.Equal(("in_progress", 1, JsonValueKind.Null), (row.GetProperty("status").GetString(), row.GetProperty("answered").GetInt32(), row.GetProperty("percent").ValueKind));
        Assert.Contains("The session is not over", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_there_is_said_with_what_to_do() =>
        Assert.Contains("Nobody has taken part", await app.As(Tess).GetStringAsync($"/live/{await app.HasSession()}/results", Cancel), StringComparison.Ordinal);

    [Fact]
    public async Task A_question_tells_how_hard_it_was_and_what_was_chosen()
    {
        var session = await app.HasSat(("One", ["a", "a"]), ("Two", ["a", "b"]), ("Three", ["b", ""]), ("Four", ["c", "b"]));

        var items = (await app.ResultsOf(session)).GetProperty("items").EnumerateArray().ToList();

        Assert.Equal([(1, 0.5, 4), (2, 0.25, 3)], items.Select(item => (item.GetProperty("number").GetInt32(), item.GetProperty("facility").GetDouble(), item.GetProperty("answered").GetInt32())));
        Assert.Equal(["a 2 True", "b 1 False", "c 1 False", "d 0 False"], items[0].GetProperty("options").EnumerateArray().Select(option =>
            $"{option.GetProperty("id").GetString()} {option.GetProperty("count").GetInt32()} {option.GetProperty("isKey").GetBoolean()}"));
        Assert.Equal(JsonValueKind.Null, items[0].GetProperty("discrimination").ValueKind); // four people are too few
    }

    [Fact]
    public async Task With_ten_people_discrimination_is_told()
    {
        string[][] rows = [["a", "a", "a"], ["a", "a", "a"], ["a", "a", "b"], ["a", "b", "a"], ["a", "b", "b"], ["b", "a", "b"], ["b", "b", "b"], ["b", "b", "b"], ["b", "b", "a"], ["b", "b", "b"]];
        var session = await app.HasSat([.. rows.Select((row, i) => ($"Learner {i}", row))]);

        var item = (await app.ResultsOf(session)).GetProperty("items").EnumerateArray().First();

        double[] one = [.. rows.Select(row => row[0] == "a" ? 1.0 : 0)], rest = [.. rows.Select(row => (row[1] == "a" ? 1.0 : 0) + (row[2] == "a" ? 1 : 0))];
        Assert.Equal(Correlation(one, rest), item.GetProperty("discrimination").GetDouble(), 6);
        Assert.True(item.GetProperty("options").EnumerateArray().Single(option => option.GetProperty("id").GetString() == "b").GetProperty("isWorking").GetBoolean());
    }

    [Fact]
    public async Task The_table_goes_out_as_csv()
    {
        var session = await app.HasSat(("=1+1, \"Eve\"", ["a", "b"]), ("Bob", ["a", "a"]));

        var reply = await app.As(Tess).GetAsync($"/api/live/sessions/{session}/results.csv?bom=true", Cancel);

        byte[] bytes = await reply.Content.ReadAsByteArrayAsync(Cancel);
        string[] lines = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF').Split("\r\n");
        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), bytes[..3]);
        Assert.Equal("text/csv; charset=utf-8", reply.Content.Headers.ContentType!.ToString());
        Assert.StartsWith("learner,learner_id,attempt_id,status,percent,", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("question_1,question_2", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("Bob,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("\"'=1+1, \"\"Eve\"\"\",", lines[2], StringComparison.Ordinal);
        Assert.EndsWith(",1,0", lines[2], StringComparison.Ordinal);
        Assert.Equal("", lines[3]);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("-1", "'-1")]
    [InlineData("@sum", "'@sum")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("", "")]
    public void Cells_are_quoted_where_needed_and_never_formulas(string text, string cell) =>
        Assert.Equal($"{cell},2.5\r\n", Encoding.UTF8.GetString(new CsvText().Cell(text).Cell(2.5).EndRow().ToBytes(mark: false)));

    [Fact]
    public async Task The_page_has_everything_for_those_who_run_the_session()
    {
        var session = await app.HasSat(("One", ["a", "a"]), ("Two", ["a", "b"]));
        await app.Acts(session, new { kind = "message", text = "Well done" });

        string page = WebUtility.HtmlDecode(await app.As(Tess).GetStringAsync($"/live/{session}/results", Cancel));

        Assert.Contains("needs at least 10 that differ", page, StringComparison.Ordinal);
        Assert.Contains("Session started", page, StringComparison.Ordinal);
        Assert.Contains("results.csv", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await app.As(Ada).GetAsync($"/live/{session}/results", Cancel)).StatusCode);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static double Correlation(double[] x, double[] y)
    {
        double mx = x.Average(), my = y.Average();
        double xy = x.Zip(y, (a, b) => (a - mx) * (b - my)).Sum();
        return xy / Math.Sqrt(x.Sum(a => (a - mx) * (a - mx)) * y.Sum(b => (b - my) * (b - my)));
    }
}
