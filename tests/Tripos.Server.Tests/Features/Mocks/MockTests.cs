using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Tripos.Questions;
using Tripos.Scoring;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Mocks;
using Tripos.Server.Platform.Data;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Mocks;

/// <summary>A bank with exactly two mock tests' worth of every PTE kind.</summary>
public sealed class MockTests(TriposApp app) : IClassFixture<TriposApp>
{
    private const string Name = "pte-2025-08";
    private static readonly ScoringProfile Profile = ScoringProfiles.Find(Name);

    [Fact]
    public async Task A_whole_test_has_every_part_in_order_with_the_counts_and_clocks_of_the_profile()
    {
        await HasBankAsync();

        var attempt = await StartsAsync(Ada, new(Name, Seed: 7));

        var player = await PlayerAsync(attempt);
        Assert.Equal(Profile.Parts.Select(part => (part.Title, part.TimeLimitMs, part.Items.Sum(items => items.Mock))),
            player.GetProperty("parts").EnumerateArray().Select(part => (part.GetProperty("title").GetString()!, (long?)part.GetProperty("timeLimitMs").GetInt64(), part.GetProperty("last").GetInt32() - part.GetProperty("first").GetInt32() + 1)));
        for (int number = 1; number <= Profile.Parts.Count; number++)
        {
            await app.OpensPart(Ada, attempt, number);
            var kinds = (await PlayerAsync(attempt)).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("kind").GetString()!);
            Assert.Equal(Profile.Parts[number - 1].Items.SelectMany(items => Enumerable.Repeat(items.Kind, items.Mock)), kinds);
        }
    }

    [Fact]
    public async Task The_same_seed_draws_the_same_questions_and_the_next_test_draws_others()
    {
        await HasBankAsync();

        var one = await VersionsAsync(await StartsAsync(Tess, new(Name, Seed: 11)));
        var other = await VersionsAsync(await StartsAsync(Otto, new(Name, Seed: 11)));
        var next = await VersionsAsync(await StartsAsync(Tess, new(Name, Seed: 11)));

        Assert.Equal(one, other);
        Assert.Empty(one.Intersect(next)); // what somebody has not met comes first
    }

    [Fact]
    public async Task A_part_alone_and_one_kind_alone_can_be_practised()
    {
        await HasBankAsync();

        var part = await PlayerAsync(await StartsAsync(Ada, new(Name, Part: "reading")));
        var kind = await PlayerAsync(await StartsAsync(Ada, new(Name, Kind: "pte-write-from-dictation", Count: 6)));

        Assert.Equal("Reading", Assert.Single(part.GetProperty("parts").EnumerateArray()).GetProperty("title").GetString());
        Assert.Equal("practice", kind.GetProperty("mode").GetString());
        Assert.Equal(Enumerable.Repeat("pte-write-from-dictation", 6), kind.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("kind").GetString()!));
    }

    [Theory]
    [InlineData("no-such-profile", """{"profile": "toefl"}""")]
    [InlineData("no-such-part", """{"profile": "pte-2025-08", "part": "cooking"}""")]
    [InlineData("no-such-part", """{"profile": "pte-2025-08", "kind": "essay"}""")]
    public async Task What_does_not_exist_is_said(string code, string request)
    {
        var reply = await app.As(Ada).PostAsync("/api/mocks", new StringContent(request, null, "application/json"), Cancel);

        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
        Assert.EndsWith(code, (await reply.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("type").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_report_adds_up_and_names_what_is_missing()
    {
        await HasBankAsync();
        var attempt = await SitsAsync(Ada);

        var report = await ReportAsync(Ada, attempt);

        Assert.Equal(Name, report.Profile);
        Assert.Equal(Profile.Parts.Sum(part => part.Items.Sum(items => items.Mock)), report.Items.Count);
        Assert.All(report.Scores, score => Assert.Equal((score.Earned, score.Max, score.Open), (Sum(score, c => c.Earned), Sum(score, c => c.Max), Sum(score, c => c.Open))));
        Assert.Equal(90, report.Of("reading")!.Score); // everything right, nothing open but the summaries
        Assert.Null(report.Of("pronunciation")!.Score); // nobody has evaluated it: no number is made up
        Assert.True(report.Missing > 0);
        Assert.True(report.Of("speaking")!.Open > 0);
        var columns = await app.Sql.QueryAsync("SELECT overall, reading, pronunciation, profile FROM attempts WHERE id = $1",
            row => (row.IsDBNull(0) ? (short?)null : row.GetInt16(0), row.GetInt16(1), row.IsDBNull(2), row.GetString(3)), Cancel, attempt);
        Assert.Equal([((short?)report.Of("overall")!.Score, (short)90, true, Name)], columns);
    }

    [Fact]
    public async Task The_report_is_for_the_learner_and_their_teachers()
    {
        await HasBankAsync();
        var attempt = await SitsAsync(Ada);

        Assert.Equal(HttpStatusCode.NotFound, (await app.As(Otto).GetAsync($"/api/attempts/{attempt}/report", Cancel)).StatusCode);
        Assert.Equal(attempt, (await ReportAsync(Tess, attempt)).AttemptId);
    }

    [Fact]
    public async Task A_test_scored_in_points_has_no_report()
    {
        var attempt = await app.Sits(Ada, await app.HasTest(1), "a");

        var reply = await app.As(Ada).GetAsync($"/api/attempts/{attempt}/report", Cancel);

        Assert.Equal(HttpStatusCode.Conflict, reply.StatusCode);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static double Sum(ScaledScore score, Func<Contribution, double> part) => Math.Round(score.From.Sum(part), 9);

    private async Task HasBankAsync()
    {
        if (await app.Value<bool>("SELECT EXISTS (SELECT FROM questions WHERE kind = 'pte-read-aloud')"))
        {
            return;
        }

        foreach (var items in Profile.Parts.SelectMany(part => part.Items))
        {
            for (int n = 1; n <= 2 * items.Mock; n++)
            {
                await app.HasQuestion(Bodies.Of(items.Kind, n), kindName: items.Kind);
            }
        }
    }

    private async Task<Guid> StartsAsync(Person learner, StartMock.Request request)
    {
        var reply = await app.As(learner).PostAsJsonAsync("/api/mocks", request, Cancel);
        Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync(Cancel));
        return (await reply.Content.ReadFromJsonAsync<StartAttempt.Started>(Cancel))!.AttemptId;
    }

    private async Task<Guid> SitsAsync(Person learner)
    {
        var attempt = await StartsAsync(learner, new(Name));
        for (int number = 1; number <= Profile.Parts.Count; number++)
        {
            await app.OpensPart(learner, attempt, number);
            foreach (var item in (await PlayerAsync(attempt)).GetProperty("items").EnumerateArray())
            {
                (await app.Answers(learner, attempt, item.GetProperty("position").GetInt32(), Bodies.RightAnswer(item.GetProperty("kind").GetString()!))).EnsureSuccessStatusCode();
            }
        }

        await app.Submits(learner, attempt);
        return attempt;
    }

    private Task<JsonElement> PlayerAsync(Guid attempt) => app.As(Ada).GetFromJsonAsync<JsonElement>($"/api/attempts/{attempt}", Cancel);

    private async Task<ReportView> ReportAsync(Person reader, Guid attempt) =>
        (await app.As(reader).GetFromJsonAsync<ReportView>($"/api/attempts/{attempt}/report", Json.Options, Cancel))!;

    private async Task<List<int>> VersionsAsync(Guid attempt) =>
        [.. await app.Value<int[]>("SELECT array_agg(question_version_id ORDER BY position) FROM answers WHERE attempt_id = $1", attempt)];
}
