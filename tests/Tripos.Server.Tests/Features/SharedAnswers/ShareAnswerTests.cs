using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Features.SharedAnswers;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.SharedAnswers;

/// <summary>Whose answer may be shared, and when.</summary>
public sealed class ShareAnswerTests(TriposApp app) : IClassFixture<TriposApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_learner_shares_an_answer_with_a_note_and_a_name()
    {
        var essay = await app.HasEssay();

        var shared = await app.Shares(Ada, essay, note: "  I tried to keep it short. ");

        Assert.Equal(("Ada", "I tried to keep it short.", Sharing.Essay, true), (shared.Name, shared.Note, shared.Answer.Text, shared.IsMine));
    }

    [Fact]
    public async Task Sharing_again_changes_note_and_name_and_nothing_else()
    {
        var essay = await app.HasEssay();
        var first = await app.Shares(Ada, essay, note: "One");

        var second = await app.Shares(Ada, essay, note: "Two", anonymous: true);

        Assert.Equal((first.Id, first.SharedAt, "Two", null), (second.Id, second.SharedAt, second.Note, second.Name));
    }

    [Fact]
    public async Task Somebody_elses_attempt_does_not_exist()
    {
        var essay = await app.HasEssay();

        var reply = await app.PostsShare(Otto, essay.QuestionId, essay.AttemptId);

        await AssertProblem(HttpStatusCode.NotFound, "attempt-not-found", reply);
    }

    [Fact]
    public async Task Another_question_of_the_attempt_is_not_this_one()
    {
        var essay = await app.HasEssay();
        var other = await app.HasEssay();

        await AssertProblem(HttpStatusCode.NotFound, "item-not-found", await app.PostsShare(Ada, other.QuestionId, essay.AttemptId));
        await AssertProblem(HttpStatusCode.NotFound, "item-not-found", await app.PostsShare(Ada, essay.QuestionId, essay.AttemptId, position: 2));
    }

    [Fact]
    public async Task An_open_attempt_shares_nothing()
    {
        var test = await app.HasTestOf(["essay"]);
        var attempt = await app.Starts(Ada, test);
        await app.Answers(Ada, attempt, 1, Bodies.RightAnswer("essay"));

        await AssertProblem(HttpStatusCode.Conflict, "attempt-open", await app.PostsShare(Ada, test.QuestionIds[0], attempt));
    }

    [Theory]
    [InlineData("essay")]
    [InlineData("prompt-draft")]
    [InlineData("code-answer")]
    [InlineData("pte-summarize-written-text")]
    public async Task Every_free_answer_that_is_written_can_be_shared(string kind)
    {
        var test = await app.HasTestOf([kind]);
        var attempt = await app.Starts(Ada, test);
        await app.Answers(Ada, attempt, 1, Bodies.RightAnswer(kind));
        await app.Submits(Ada, attempt);

        Assert.Equal(HttpStatusCode.OK, (await app.PostsShare(Ada, test.QuestionIds[0], attempt)).StatusCode);
    }

    [Theory]
    [InlineData("single-choice")]
    [InlineData("pte-write-from-dictation")]
    [InlineData("short-text")]
    public async Task A_question_with_one_right_answer_is_not_shared(string kind)
    {
        var test = await app.HasTestOf([kind]);
        var attempt = await app.Starts(Ada, test);
        await app.Answers(Ada, attempt, 1, Bodies.RightAnswer(kind));
        await app.Submits(Ada, attempt);

        await AssertProblem(HttpStatusCode.Conflict, "sharing-free-answers-only", await app.PostsShare(Ada, test.QuestionIds[0], attempt));
    }

    [Fact]
    public async Task An_empty_answer_is_nothing_to_share()
    {
        var test = await app.HasTestOf(["essay"]);
        var attempt = await app.Starts(Ada, test);
        await app.Submits(Ada, attempt);

        await AssertProblem(HttpStatusCode.Conflict, "sharing-nothing", await app.PostsShare(Ada, test.QuestionIds[0], attempt));
    }

    [Fact]
    public async Task A_recording_that_never_arrived_is_nothing_to_share()
    {
        var test = await app.HasSpokenTest();
        var attempt = await app.Starts(Ada, test);
        var take = await app.StartsTake(Ada, attempt, 1);
        await app.Answers(Ada, attempt, 1, $$"""{"recording": "{{take.RecordingId}}", "durationMs": 1000}""");
        await app.Submits(Ada, attempt);

        await AssertProblem(HttpStatusCode.Conflict, "sharing-nothing", await app.PostsShare(Ada, test.QuestionIds[0], attempt));
    }

    public static TheoryData<string> Withheld => ["no review", "no answers", "later"];

    [Theory]
    [MemberData(nameof(Withheld))]
    public async Task What_the_test_withholds_can_neither_be_shared_nor_compared(string how)
    {
        var policy = how switch
        {
            "no review" => new TestPolicy { ShowReview = false },
            "no answers" => new TestPolicy { ShowAnswers = false },
            _ => new TestPolicy { ReviewOpensAt = DateTimeOffset.UtcNow.AddDays(1) },
        };
        var essay = await app.HasEssay(policy);

        await AssertProblem(HttpStatusCode.Conflict, "sharing-withheld", await app.PostsShare(Ada, essay.QuestionId, essay.AttemptId));
        await AssertProblem(HttpStatusCode.NotFound, "question-not-found", await app.As(Ada).GetAsync($"/api/questions/{essay.QuestionId}/shared-answers", Ct));
    }

    [Fact]
    public async Task Sharing_that_is_switched_off_is_refused_in_words_and_hides_what_was_shared()
    {
        var essay = await app.HasEssay();
        var shared = await app.Shares(Ada, essay);
        await app.Writes(Otto, essay.Test);

        var off = await app.As(Tess).PutAsJsonAsync($"/api/questions/{essay.QuestionId}/sharing", new { sharing = "off" }, Ct);

        Assert.Equal(HttpStatusCode.NoContent, off.StatusCode);
        await AssertProblem(HttpStatusCode.Conflict, "sharing-off", await app.PostsShare(Ada, essay.QuestionId, essay.AttemptId));
        await AssertProblem(HttpStatusCode.Conflict, "sharing-off", await app.As(Otto).GetAsync($"/api/questions/{essay.QuestionId}/shared-answers", Ct));
        await AssertProblem(HttpStatusCode.NotFound, "shared-answer-not-found", await app.As(Otto).GetAsync($"/api/shared-answers/{shared.Id}", Ct));
        Assert.Equal(HttpStatusCode.OK, (await app.As(Ada).GetAsync($"/api/shared-answers/{shared.Id}", Ct)).StatusCode);
    }

    [Fact]
    public async Task An_author_decides_for_their_own_questions_only()
    {
        var essay = await app.HasEssay();
        Person author = new(Otto.Id, Otto.Name, "learner", "author");
        var strange = await app.As(author).PutAsJsonAsync($"/api/questions/{essay.QuestionId}/sharing", new { sharing = "off" }, Ct);
        await app.Run("UPDATE questions SET created_by = $2 WHERE id = $1", essay.QuestionId, author.Id);

        var own = await app.As(author).PutAsJsonAsync($"/api/questions/{essay.QuestionId}/sharing", new { sharing = "off" }, Ct);

        await AssertProblem(HttpStatusCode.NotFound, "question-not-found", strange);
        Assert.Equal(HttpStatusCode.NoContent, own.StatusCode);
        Assert.Equal("off", await app.Value<string>("SELECT sharing FROM questions WHERE id = $1", essay.QuestionId));
    }

    [Fact]
    public async Task A_withdrawn_answer_is_gone_and_can_come_back()
    {
        var essay = await app.HasEssay();
        var shared = await app.Shares(Ada, essay);
        await app.Writes(Otto, essay.Test);

        var withdrawn = await app.As(Ada).DeleteAsync($"/api/shared-answers/{shared.Id}", Ct);

        Assert.Equal(HttpStatusCode.NoContent, withdrawn.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.As(Otto).GetAsync($"/api/shared-answers/{shared.Id}", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.As(Tess).GetAsync($"/api/shared-answers/{shared.Id}", Ct)).StatusCode);
        Assert.Empty(await ListedAsync(Otto, essay.QuestionId));
        Assert.Equal(HttpStatusCode.NoContent, (await app.As(Ada).DeleteAsync($"/api/shared-answers/{shared.Id}", Ct)).StatusCode);
        await app.Shares(Ada, essay);
        Assert.Equal([shared.Id], (await ListedAsync(Otto, essay.QuestionId)).Select(answer => answer.Id));
    }

    private async Task<IReadOnlyList<SharedAnswer>> ListedAsync(Person reader, int questionId) =>
        (await app.As(reader).GetFromJsonAsync<ReadSharedAnswers.Page>($"/api/questions/{questionId}/shared-answers", Speaking.Json, Ct))!.Answers;

    private static async Task AssertProblem(HttpStatusCode status, string code, HttpResponseMessage reply)
    {
        string text = await reply.Content.ReadAsStringAsync(Ct);
        Assert.True(reply.StatusCode == status, $"{reply.StatusCode}: {text}");
        Assert.Equal($"/problems/{code}", JsonSerializer.Deserialize<JsonElement>(text).GetProperty("type").GetString());
    }
}
