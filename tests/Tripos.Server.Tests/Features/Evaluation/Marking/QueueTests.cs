using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Evaluation;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;
using static Tripos.Server.Tests.Support.MarkingDesks;

namespace Tripos.Server.Tests.Features.Evaluation.Marking;

public sealed class QueueTests(TriposApp app) : IClassFixture<TriposApp>, IAsyncLifetime
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await app.HasTheo();

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task Answers_are_counted_by_question_and_state()
    {
        var test = await app.HasJudgedTest(plan: new { secondPercent = 100, tolerance = 1 });
        var (unmarked, second, disagree) = (await app.Writes(Ada, test, Essay), await app.Writes(Ada, test, Essay), await app.Writes(Otto, test, Essay));
        await app.Marks(Tess, second.AttemptId, 4, 2);
        await app.Marks(Tess, disagree.AttemptId, 4, 2);
        await app.Marks(Theo, disagree.AttemptId, 0, 0, 1);

        var group = (await QueueAsync(Tess, "")).Groups.Single(each => each.TestId == test.Id);
        var waiting = await QueueAsync(Tess, $"?test={test.Id}");
        var disagreeing = await QueueAsync(Root, $"?test={test.Id}&state=disagree");

        Assert.Equal((1, 1, 1, 0), (group.Unmarked, group.Second, group.Disagree, group.Decided));
        Assert.Equal([unmarked.AttemptId, second.AttemptId, disagree.AttemptId], waiting.Answers.Select(row => row.AttemptId)); // the oldest first
        Assert.Equal([false, true, true], waiting.Answers.Select(row => row.Mine));
        Assert.Equal([disagree.AttemptId], disagreeing.Answers.Select(row => row.AttemptId));
    }

    [Fact]
    public async Task What_a_machine_is_sure_of_can_be_left_out()
    {
        var test = await app.HasJudgedTest();
        var (sure, unsure) = (await app.Writes(Ada, test, Essay), await app.Writes(Otto, test, Essay));
        await app.Judges(sure.AttemptId, EvaluatorKind.Local, 2, 1);

        var shown = await QueueAsync(Tess, $"?test={test.Id}&unsure=true");

        Assert.Equal([unsure.AttemptId], shown.Answers.Select(row => row.AttemptId));
    }

    [Fact]
    public async Task A_long_queue_is_read_page_by_page()
    {
        var test = await app.HasJudgedTest();
        for (int i = 0; i < ReadMarkingQueue.PageSize + 2; i++)
        {
            await app.Writes(Ada, test, Essay);
        }

        var first = await QueueAsync(Tess, $"?test={test.Id}");
        var second = await QueueAsync(Tess, $"?test={test.Id}&after={first.Next}");

        Assert.Equal((ReadMarkingQueue.PageSize, 2), (first.Answers.Count, second.Answers.Count));
        Assert.Null(second.Next);
        Assert.Equal(ReadMarkingQueue.PageSize + 2, first.Answers.Concat(second.Answers).Select(row => row.AttemptId).Distinct().Count());
    }

    [Fact]
    public async Task Answers_of_mock_tests_wait_too_counted_by_kind()
    {
        var attempt = await app.HasJudgedEssay();
        await app.Run("UPDATE attempts SET test_id = NULL, mode = 'mock', submitted_at = now() - interval '1 day' WHERE id = $1", attempt);

        var queue = await QueueAsync(Tess, "?kind=essay");
        await app.Marks(Tess, attempt, 4, 2);

        var group = queue.Groups.Single(each => each.TestId is null);
        Assert.Equal(("Mock tests", "essay", null, 1), (group.Title, group.Kind, group.QuestionId, group.Unmarked));
        Assert.Contains(attempt, queue.Answers.Select(row => row.AttemptId));
        Assert.Equal(6, await app.PointsOf(attempt));
    }

    [Fact]
    public async Task Unanswered_questions_do_not_wait()
    {
        var test = await app.HasJudgedTest();
        await app.Submits(Ada, await app.Starts(Ada, test));

        Assert.Empty((await QueueAsync(Tess, $"?test={test.Id}")).Answers);
    }

    [Fact]
    public async Task A_form_gives_the_mark_and_goes_to_the_next_answer_of_the_question()
    {
        var test = await app.HasJudgedTest();
        var (first, second) = (await app.Writes(Ada, test, Essay), await app.Writes(Otto, test, Essay));
        using var browser = await app.InBrowserOf(Tess);

        var reply = await browser.PostAsync($"/marking/{first.AttemptId}/1", "mark",
            ("revision", "0"), ("score-content", "3.5"), ("score-style", "2"), ("comment", "0"), ("comment-0-quote", "hold the rain"), ("comment-0-text", "How?"), ("then", "next"));
        var last = await browser.PostAsync($"/marking/{second.AttemptId}/1", "mark", ("revision", "0"), ("score-content", "1"), ("score-style", "2"), ("then", "next"));

        Assert.Equal(HttpStatusCode.Redirect, reply.StatusCode);
        Assert.EndsWith($"/marking/{second.AttemptId}/1?given=decided&last=1", reply.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Contains("given=decided", last.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(5.5f, await app.PointsOf(first.AttemptId));
        Assert.Equal("hold the rain", await app.Value<string>("SELECT comments->0->'place'->>'quote' FROM marks WHERE attempt_id = $1", first.AttemptId));
    }

    [Fact]
    public async Task A_form_that_comes_too_late_keeps_what_was_written()
    {
        var attempt = await app.HasJudgedEssay();
        using var browser = await app.InBrowserOf(Theo);
        string page = await (await browser.GetAsync($"/marking/{attempt}/1")).Content.ReadAsStringAsync(Ct);
        await app.Marks(Tess, attempt, 4, 2);

        var reply = await browser.SendAsync(new(HttpMethod.Post, $"/marking/{attempt}/1")
        {
            Content = Visit.Form(page, "mark", ("revision", "0"), ("score-content", "1"), ("score-style", "1"), ("summary", "Written for long"), ("then", "next")),
        });

        string answer = await reply.Content.ReadAsStringAsync(Ct);
        Assert.Contains("This answer was marked meanwhile", answer, StringComparison.Ordinal);
        Assert.Contains("Written for long", answer, StringComparison.Ordinal);
        Assert.Contains("name=\"revision\" value=\"1\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_is_saved_on_the_page_and_nonsense_is_refused()
    {
        var test = await app.HasJudgedTest();
        await app.Writes(Ada, test, Essay);
        using var browser = await app.InBrowserOf(Tess);

        await browser.PostAsync($"/marking?test={test.Id}", "plan", ("blind", "true"), ("percent", "40"), ("tolerance", "1.5"));
        var refused = await app.As(Tess).PutAsJsonAsync($"/api/tests/{test.Id}/marking-plan", new { secondPercent = 101 }, Ct);

        Assert.Equal(new MarkingPlan(true, 40, 1.5), (await QueueAsync(Tess, "")).Groups.Single(each => each.TestId == test.Id).Plan);
        Assert.Equal("/problems/bad-marking-plan", (await refused.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("type").GetString());
    }

    [Fact]
    public async Task The_menu_shows_marking_to_teachers_only()
    {
        Assert.Contains("href=\"/marking\"", await app.As(Tess).GetStringAsync("/history", Ct), StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/marking\"", await app.As(Ada).GetStringAsync("/history", Ct), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await app.As(Ada).GetAsync("/marking", Ct)).StatusCode);
    }

    private async Task<ReadMarkingQueue.Page> QueueAsync(Person teacher, string query) => (await app.As(teacher).GetFromJsonAsync<ReadMarkingQueue.Page>($"/api/marking{query}", Speaking.Json, Ct))!;
}
