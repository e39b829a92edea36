using System.Net;
using System.Text.Json;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;
using static Tripos.Server.Tests.Support.MarkingDesks;

namespace Tripos.Server.Tests.Features.Evaluation.Feedback;

public sealed class FeedbackTests(TriposApp app) : IClassFixture<TriposApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_learner_sees_all_three_apart_and_every_piece_of_evidence_at_its_place()
    {
        var attempt = await app.HasJudgedEssay();
        await app.Judges(attempt, EvaluatorKind.Local, 2, 1);
        await app.Judges(attempt, EvaluatorKind.Model, 3, 1, "The model's summary.");
        await app.Marks(Tess, attempt, 4, 2, comments: [new { text = "Well said", quote = "hold the rain" }], summary: "I liked it.");

        string page = await app.As(Ada).GetStringAsync($"/attempts/{attempt}/evaluations/1", Ct);

        Assert.Contains("<strong class=\"numeric\">6 of 6 points</strong>", page, StringComparison.Ordinal);
        Assert.Contains("What the teacher says", page, StringComparison.Ordinal);
        Assert.Contains("I liked it.", page, StringComparison.Ordinal);
        Assert.Contains("What the local evaluator says", page, StringComparison.Ordinal);
        Assert.Contains("The model&#x27;s summary.", page, StringComparison.Ordinal);
        Assert.Equal(2, page.Split("Recommendation, does not count").Length - 1);
        Assert.Contains("href=\"#note-1\"", page, StringComparison.Ordinal);
        Assert.Contains("id=\"note-7\"", page, StringComparison.Ordinal); // two pieces of evidence and a suggestion of each machine, and a comment
    }

    [Fact]
    public async Task What_was_written_and_said_of_it_is_text_and_nothing_else()
    {
        var attempt = await app.HasJudgedEssay(text: "Look: <script>alert(1)</script> & <b>bold</b>.");
        await app.Marks(Tess, attempt, 4, 2, comments: [new { text = "<img src=x onerror=alert(2)>", quote = "<b>bold</b>" }], summary: "<script>alert(3)</script>");

        foreach (var (person, path) in new[] { (Ada, $"/attempts/{attempt}/evaluations/1"), (Root, $"/marking/{attempt}/1") })
        {
            string page = await app.As(person).GetStringAsync(path, Ct);

            Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<b>bold", page, StringComparison.Ordinal);
            Assert.Contains("&lt;b&gt;bold&lt;/b&gt;", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Where_the_review_is_withheld_nothing_is_shown_to_the_learner()
    {
        var attempt = await app.HasJudgedEssay(new TestPolicy { ShowReview = false });
        await app.Judges(attempt, EvaluatorKind.Local, 2, 1);

        string page = await app.As(Ada).GetStringAsync($"/attempts/{attempt}/evaluations/1", Ct);
        var json = await app.ReadsFeedback(Ada, attempt);
        var teachers = await app.ReadsFeedback(Tess, attempt);

        Assert.Contains("This test does not show its questions again.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Trees", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Local judge", page, StringComparison.Ordinal);
        Assert.Equal((JsonValueKind.Null, 0, 0), (json.GetProperty("points").ValueKind, json.GetProperty("traits").GetArrayLength(), json.GetProperty("recommendations").GetArrayLength()));
        Assert.Equal(1, teachers.GetProperty("recommendations").GetArrayLength());
    }

    [Fact]
    public async Task Where_right_and_wrong_is_withheld_scores_are_too()
    {
        var attempt = await app.HasJudgedEssay(new TestPolicy { ShowCorrectness = false });

        Assert.NotNull((await app.ReadsFeedback(Ada, attempt)).GetProperty("withheld").GetString());
    }

    [Fact]
    public async Task The_model_answer_follows_its_own_rule()
    {
        var attempt = await app.HasJudgedEssay(new TestPolicy { ShowAnswers = false });

        Assert.DoesNotContain("because they serve everybody", await app.As(Ada).GetStringAsync($"/attempts/{attempt}/evaluations/1", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strangers_find_nothing_and_the_result_leads_here()
    {
        var attempt = await app.HasJudgedEssay();

        Assert.Equal(HttpStatusCode.NotFound, (await app.As(Otto).GetAsync($"/api/attempts/{attempt}/evaluations/1", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.As(Ada).GetAsync($"/attempts/{attempt}/evaluations/2", Ct)).StatusCode);
        Assert.Contains($"/attempts/{attempt}/evaluations/1", await app.As(Ada).GetStringAsync($"/attempts/{attempt}/result", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_evaluation_that_waits_or_failed_says_so()
    {
        var attempt = await app.HasJudgedEssay();
        await app.RunJobsAsync();

        string waiting = await app.As(Ada).GetStringAsync($"/attempts/{attempt}/evaluations/1", Ct);
        await app.Run("UPDATE evaluations SET status = 'failed', notice = 'It could not be evaluated just now.', done_at = now() WHERE attempt_id = $1", attempt);
        string failed = await app.As(Ada).GetStringAsync($"/attempts/{attempt}/evaluations/1", Ct);

        Assert.Contains("It waits for its turn.", waiting, StringComparison.Ordinal);
        Assert.Contains("It could not be evaluated just now.", failed, StringComparison.Ordinal);
    }
}
