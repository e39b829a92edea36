using Tripos.Questions;
using Tripos.Server.Features.Catalog.Interactions;
using Microsoft.Extensions.DependencyInjection;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Web;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Attempts;

/// <summary>What a learner sees of a finished attempt is what the test's policy allows; it is withheld in the data, not by the page.</summary>
public sealed class ReviewPolicyTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task An_open_policy_shows_score_answers_and_explanations()
    {
        var result = await ResultOf(Ada, new TestPolicy());

        Assert.True(result.ScoreShown);
        Assert.Equal(50, result.Percent);
        Assert.Equal(["a"], ((ChoiceBody)result.Review[1].KeyBody!).Key);
        Assert.Equal(["b"], ResponseText.Chosen(result.Review[1].Response));
        Assert.False(result.Review[1].Correct);
        Assert.Equal("Because of A.", result.Review[0].Options.Single(option => option.Id == "a").ExplanationHtml);
        Assert.Contains("Why", result.Review[0].ExplanationHtml, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("answers")]
    [InlineData("correctness")]
    [InlineData("explanations")]
    [InlineData("score")]
    public async Task What_the_policy_withholds_is_not_in_the_result(string withheld)
    {
        var result = await ResultOf(Ada, new TestPolicy
        {
            ShowAnswers = withheld != "answers", ShowCorrectness = withheld != "correctness", ShowExplanations = withheld != "explanations", ShowScore = withheld != "score",
        });

        Assert.Equal(withheld == "answers", result.Review.All(item => item.KeyBody is null));
        Assert.Equal(withheld is "correctness" or "score", result.Review.All(item => item.Correct is null && item.Points is null));
        Assert.Equal(withheld == "explanations", result.Review.All(item => item.ExplanationHtml is null && item.Options.All(option => option.ExplanationHtml is null)));
        Assert.Equal(withheld == "score", !result.ScoreShown && result.Percent == 0 && result.Passed is null && result.Topics.Count == 0 && result.Grades.Count == 0);
    }

    [Fact]
    public async Task Without_review_there_are_no_questions_but_a_reason()
    {
        var never = await ResultOf(Ada, new TestPolicy { ShowReview = false });
        var later = await ResultOf(Ada, new TestPolicy { ReviewOpensAt = DateTimeOffset.UtcNow.AddDays(1) });

        Assert.Empty(never.Review);
        Assert.NotNull(never.ReviewWithheld);
        Assert.Empty(later.Review);
        Assert.Contains("opens", later.ReviewWithheld, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_teacher_sees_what_the_learner_may_not_and_a_stranger_nothing()
    {
        var closed = new TestPolicy { ShowReview = false, ShowScore = false };
        var attempt = await app.Sits(Ada, await app.HasTest(questions: 2, policy: closed), "a", "b");

        var teacher = await Read(Tess, attempt);
        var stranger = await Read(Otto, attempt);

        Assert.Equal(2, teacher.Value!.Review.Count);
        Assert.Equal(404, stranger.Problem!.Status);
    }

    [Fact]
    public async Task Topics_are_counted_apart()
    {
        int topic = await app.HasTopic("Closures");
        var test = await app.HasTest(questions: 3);
        await app.Run("UPDATE questions SET topic_id = $1 WHERE id = ANY ($2)", topic, test.QuestionIds[..2]);
        var attempt = await app.Sits(Ada, test, "a", "b", "a");

        var topics = (await Read(Ada, attempt)).Value!.Topics;

        Assert.Equal([("Closures", 2, 1), ("Other", 1, 1)], topics.Select(t => (t.Name, t.Items, t.Right)));
    }

    private async Task<ResultView> ResultOf(Person learner, TestPolicy policy)
    {
        var attempt = await app.Sits(learner, await app.HasTest(questions: 2, policy: policy, passMark: 50), "a", "b");
        return (await Read(learner, attempt)).Value!;
    }

    private Task<Outcome<ResultView>> Read(Person person, Guid attempt) => ReadResult.RunAsync(
        attempt, new CurrentUser(person.Id, person.Roles.Contains(Roles.Author), person.Roles.Contains(Roles.Teacher), false, false),
        app.Sql, app.Services.GetRequiredService<QuestionVersions>(), TimeProvider.System, TestContext.Current.CancellationToken);
}
