using Microsoft.Extensions.DependencyInjection;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Features.Live;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Live.Monitor;

public sealed class ReadQuestionsTests(TriposApp app) : IClassFixture<TriposApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Counts_who_has_answered_who_is_right_and_what_was_chosen()
    {
        var (session, ada, otto) = await IsSat(await app.HasTest(questions: 2));
        (await app.Saves(Ada, ada, 1, "a")).EnsureSuccessStatusCode();
        (await app.Saves(Otto, otto, 1, "b")).EnsureSuccessStatusCode();
        (await app.Saves(Otto, otto, 2, "a")).EnsureSuccessStatusCode();
        (await app.Saves(Otto, otto, 2, "", sequence: 2, basedOn: 1)).EnsureSuccessStatusCode();

        var state = await Read(session);

        var first = state.Questions[0];
        Assert.Equal(("Question 1?", 1, 2, 2, 1, 0.5), (first.Title, first.Number, first.Answered, first.Of, first.Correct, first.Right));
        Assert.Equal([("a", 1, true), ("b", 1, false), ("c", 0, false), ("d", 0, false)], first.Options!.Select(option => (option.Id, option.Count, option.IsKey)));
        var second = state.Questions[1];
        Assert.Equal((2, 0, 2, 0, (double?)null), (second.Number, second.Answered, second.Of, second.Correct, second.Right));
    }

    [Fact]
    public async Task Knows_every_kind_and_judges_only_what_rules_can_judge()
    {
        var (session, ada, _) = await IsSat(await app.HasTestOf(["numeric", "essay"]));
        (await app.Answers(Ada, ada, 1, Bodies.RightAnswer("numeric"))).EnsureSuccessStatusCode();
        (await app.Answers(Ada, ada, 2, """{"text":"An essay."}""")).EnsureSuccessStatusCode();

        var state = await Read(session);

        Assert.Equal([(1, 1, 1.0), (1, 0, null)], state.Questions.Select(question => (question.Answered, question.Correct, question.Right)));
        Assert.All(state.Questions, question => Assert.Null(question.Options));
    }

    [Fact]
    public async Task Numbers_questions_as_the_test_does_also_where_learners_see_them_in_another_order()
    {
        var (session, _, _) = await IsSat(await app.HasTest(questions: 8, policy: new TestPolicy { ShuffleQuestions = true }));

        var state = await Read(session);

        Assert.Equal(Enumerable.Range(1, 8).Select(n => (n, $"Question {n}?")), state.Questions.Select(question => (question.Number, question.Title)));
    }

    [Fact]
    public async Task Is_empty_before_the_start() => Assert.Empty((await Read(await app.HasSession())).Questions);

    private Task<QuestionsState> Read(Guid session) =>
        ReadQuestions.RunAsync(session, app.Sql, app.Services.GetRequiredService<QuestionVersions>(), Ct);

    private async Task<(Guid Session, Guid Ada, Guid Otto)> IsSat(MadeTest test)
    {
        var session = await app.HasSession(test, classId: await app.HasClass(null, Ada, Otto));
        await using var ada = await app.Attends(Ada, session);
        await using var otto = await app.Attends(Otto, session);
        (await app.Steps(session, "start")).EnsureSuccessStatusCode();
        return (session, await app.AttemptIn(session, Ada), await app.AttemptIn(session, Otto));
    }
}
