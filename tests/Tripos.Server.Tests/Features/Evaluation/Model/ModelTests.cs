using System.Net;
using System.Net.Http.Json;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Evaluation.Model;

/// <summary>A language model judges answers, over HTTP in the protocol they speak.</summary>
public sealed class ModelTests(TriposWithModel app) : IClassFixture<TriposWithModel>, IAsyncLifetime
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await app.Run("UPDATE evaluations SET run_at = now() + interval '1 day' WHERE status = 'waiting'"); // what other tests left

        app.Model.Says = (asked, _) => Task.FromResult(ChatServer.Honest(asked));
        app.Model.Asked.Clear();
    }

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task A_verdict_counts_with_its_evidence_and_is_paid()
    {
        var answer = await app.HasEssay(text: Essay);
        var person = await Paying();

        var asked = await app.IsAsked(person, answer);
        await app.RunEvaluationsAsync(EvaluatorKind.Model);

        Assert.Equal(1, asked.Credits);
        Assert.Equal("0.5 0 model", await app.PointsOf(answer));
        var verdict = await app.VerdictOf(answer);
        var place = Assert.Single(Assert.Single(verdict.Traits).Evidence).Place!;
        Assert.Equal("Many people think that", Essay[place.Start..place.End]);
        Assert.Equal("Say why.", Assert.Single(verdict.Suggestions).Text);
        Assert.Equal("900 300 4800 recorded-1", await app.Value<string>("SELECT concat_ws(' ', input_tokens, output_tokens, cost_micros, by_name) FROM evaluations WHERE id = $1", asked.EvaluationId));
        Assert.Equal("evaluation", await app.Value<string>("SELECT cause FROM grades WHERE attempt_id = $1 ORDER BY revision DESC LIMIT 1", answer.AttemptId));
    }

    [Fact]
    public async Task The_model_gets_the_task_and_the_answer_but_nothing_of_the_learner()
    {
        var answer = await app.HasEssay(text: Essay);

        await app.IsAsked(await Paying(), answer);
        await app.RunEvaluationsAsync(EvaluatorKind.Model);

        var asked = Assert.Single(app.Model.Asked);
        Assert.Equal(ChatServer.Key, asked.Key);
        Assert.Equal(Essay, asked.Answer);
        Assert.Equal("json_schema", asked.Body["response_format"]!["type"]!.GetValue<string>());
        Assert.DoesNotContain("Ada", asked.Body.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain(answer.AttemptId.ToString(), asked.Body.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asking_twice_asks_once_and_costs_once()
    {
        var answer = await app.HasEssay(text: Essay);
        var person = await Paying();

        var first = await app.IsAsked(person, answer);
        var again = await app.IsAsked(person, answer);
        await app.RunEvaluationsAsync(EvaluatorKind.Model);
        var afterwards = await app.IsAsked(person, answer);

        Assert.Equal((first.EvaluationId, first.EvaluationId), (again.EvaluationId, afterwards.EvaluationId));
        Assert.Equal((0, 0), (again.Credits, afterwards.Credits));
        Assert.Single(app.Model.Asked);
        Assert.Equal(1, await Spent(answer));
    }

    public static TheoryData<string, string> BadVerdicts => new()
    {
        { "prose", "I would give this a good mark." },
        { "half an object", """{"traits": [{"name": "answer", "score": 1""" },
        { "no traits", """{"traits": [], "summary": "Good.", "suggestions": []}""" },
        { "a trait twice", """{"traits": [{"name": "answer", "score": 0, "why": "a", "quotes": []}, {"name": "answer", "score": 1, "why": "b", "quotes": ["Many people think"]}], "summary": "", "suggestions": []}""" },
        { "more than the most", """{"traits": [{"name": "answer", "score": 9, "why": "a", "quotes": ["Many people think"]}], "summary": "", "suggestions": []}""" },
        { "less than nothing", """{"traits": [{"name": "answer", "score": -1, "why": "a", "quotes": ["Many people think"]}], "summary": "", "suggestions": []}""" },
        { "a quote that is not there", """{"traits": [{"name": "answer", "score": 1, "why": "a", "quotes": ["a splendid argument"]}], "summary": "", "suggestions": []}""" },
        { "a null", """{"traits": [{"name": "answer", "score": null, "why": "a", "quotes": []}], "summary": "", "suggestions": []}""" },
    };

    [Theory, MemberData(nameof(BadVerdicts))]
    public async Task A_verdict_that_cannot_be_checked_does_not_count_and_is_asked_for_again(string what, string content)
    {
        var answer = await app.HasEssay(text: Essay);
        app.Model.Says = (_, _) => Task.FromResult(new ChatReply(content));

        await app.IsAsked(await Paying(), answer);
        await app.RunEvaluationsAsync(EvaluatorKind.Model);

        Assert.StartsWith("waiting 1", await app.StateOf(answer), StringComparison.Ordinal);
        Assert.Equal("0 1", await app.PointsOf(answer));
        Assert.NotEmpty(what);
    }

    [Fact]
    public async Task After_a_pause_the_provider_is_asked_again_and_then_it_counts()
    {
        var answer = await app.HasEssay(text: Essay);
        int calls = 0;
        app.Model.Says = (asked, _) => Task.FromResult(++calls == 1 ? new ChatReply("", 503) : ChatServer.Honest(asked));

        await app.IsAsked(await Paying(), answer);
        await app.RunEvaluationsAsync(EvaluatorKind.Model);
        string between = await app.StateOf(answer);
        await app.IsDueAgain(answer);
        await app.RunEvaluationsAsync(EvaluatorKind.Model);

        Assert.Equal("waiting 1 The language model does not answer at the moment. It is asked again; until then the local estimate counts.", between);
        Assert.Equal("0.5 0 model", await app.PointsOf(answer));
        Assert.Equal(1, await Spent(answer));
    }

    [Fact]
    public async Task An_outage_gives_the_credits_back_and_leaves_the_local_estimate()
    {
        var answer = await app.HasEssay(text: Essay);
        app.Model.Says = (_, _) => Task.FromResult(new ChatReply("", 500));

        await app.IsAsked(await Paying(), answer);
        for (int tries = 0; tries < 5; tries++)
        {
            await app.RunEvaluationsAsync(EvaluatorKind.Model);
            await app.IsDueAgain(answer);
        }

        Assert.Equal("failed 5 The language model could not evaluate this answer. Its credits are back, and the local estimate counts.", await app.StateOf(answer));
        Assert.StartsWith("waiting", await app.StateOf(answer, "local"), StringComparison.Ordinal);
        Assert.Equal(0, await Spent(answer));
        Assert.Equal(1, await app.Value<long>("SELECT count(*) FROM credit_transfers s JOIN evaluations e ON e.id = s.request_id WHERE s.kind = 'refund' AND e.attempt_id = $1", answer.AttemptId));
    }

    [Fact]
    public async Task A_key_that_is_refused_ends_it_at_once_and_is_written_nowhere()
    {
        var answer = await app.HasEssay(text: Essay);
        app.Model.Says = (_, _) => Task.FromResult(new ChatReply("", 401));

        await app.IsAsked(await Paying(), answer);
        await app.RunEvaluationsAsync(EvaluatorKind.Model);

        string error = await app.Value<string>("SELECT last_error FROM evaluations WHERE attempt_id = $1 AND evaluator = 'model'", answer.AttemptId);
        Assert.Equal("The provider answered 401: it does not take the key.", error);
        Assert.StartsWith("failed 1", await app.StateOf(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_that_is_asked_too_often_says_when_to_come_back()
    {
        var answer = await app.HasEssay(text: Essay);
        app.Model.Says = (_, _) => Task.FromResult(new ChatReply("", 429, RetryAfterSeconds: 600));

        await app.IsAsked(await Paying(), answer);
        await app.RunEvaluationsAsync(EvaluatorKind.Model);

        Assert.True(await app.Value<bool>("SELECT run_at > now() + interval '9 minutes' FROM evaluations WHERE attempt_id = $1 AND evaluator = 'model'", answer.AttemptId));
    }

    [Fact]
    public async Task A_provider_that_never_answers_is_not_waited_for_longer_than_the_limit()
    {
        var answer = await app.HasEssay(text: Essay);
        app.Model.Says = (_, gone) => ChatServer.Silence(gone);

        await app.IsAsked(await Paying(), answer);
        await app.EvaluatesNext(EvaluatorKind.Model, Ct);

        Assert.StartsWith("waiting 1", await app.StateOf(answer), StringComparison.Ordinal);
        Assert.Equal("The provider did not answer within 2 s.", await app.Value<string>("SELECT last_error FROM evaluations WHERE attempt_id = $1 AND evaluator = 'model'", answer.AttemptId));
    }

    [Fact]
    public async Task A_stopping_server_puts_the_answer_back_as_if_it_had_not_been_taken()
    {
        var answer = await app.HasEssay(text: Essay);
        using CancellationTokenSource stopping = new();
        app.Model.Says = async (_, gone) =>
        {
            await stopping.CancelAsync();
            return await ChatServer.Silence(gone);
        };

        await app.IsAsked(await Paying(), answer);
        await app.EvaluatesNext(EvaluatorKind.Model, stopping.Token);

        Assert.StartsWith("waiting 0", await app.StateOf(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_test_that_teachers_mark_a_verdict_is_a_recommendation_only()
    {
        var answer = await app.HasEssay(new TestPolicy { FreeAnswers = FreeAnswerPolicy.Marked }, Essay);

        var refused = await app.AsksModel(Ada, answer);
        await app.IsAsked(await Paying(), answer);
        await app.RunEvaluationsAsync(EvaluatorKind.Model);

        Assert.Contains("left-to-teachers", await refused.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.StartsWith("done", await app.StateOf(answer), StringComparison.Ordinal);
        Assert.Equal("0 1", await app.PointsOf(answer));
    }

    [Fact]
    public async Task A_test_that_shows_no_results_shows_no_verdicts_either()
    {
        var answer = await app.HasEssay(new TestPolicy { ShowReview = false }, Essay);

        var refused = await app.AsksModel(Ada, answer);

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("evaluation-withheld", await refused.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_asks_about_the_answers_of_others()
    {
        var answer = await app.HasEssay(text: Essay);

        Assert.Equal(HttpStatusCode.NotFound, (await app.AsksModel(Otto, answer)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.AsksModel(Ada, answer, position: 7)).StatusCode);
    }

    [Fact]
    public async Task A_batch_says_what_it_costs_and_asks_for_no_more_than_that()
    {
        var test = await app.HasTestOf(["essay", "essay", "single-choice"]);
        var answer = await app.Writes(Ada, test, Essay);
        var payer = await Paying();

        var estimate = await app.As(payer).GetFromJsonAsync<Tripos.Server.Features.Evaluation.AskBatch.Estimate>($"/api/tests/{test.Id}/evaluation-estimate", Ct);
        var refused = await app.As(payer).PostAsJsonAsync($"/api/tests/{test.Id}/evaluations", new { credits = 0 }, Ct);
        var batch = await (await app.As(payer).PostAsJsonAsync($"/api/tests/{test.Id}/evaluations", new { credits = estimate!.Credits }, Ct)).Content.ReadFromJsonAsync<Tripos.Server.Features.Evaluation.AskBatch.Batch>(Ct);
        await app.RunEvaluationsAsync(EvaluatorKind.Model);

        Assert.Equal((1, 1), (estimate.Answers, estimate.Credits)); // the second essay is blank
        Assert.Contains("estimate-outdated", await refused.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal((1, 0, 0), (batch!.Asked, batch.Held, batch.Left));
        Assert.Equal("0.5 0 model", await app.PointsOf(answer));
    }

    private const string Essay = "Many people think that cities should close their centres to cars. I agree, because the air would be cleaner and streets would be safe for children.";

    private Task<long> Spent(MadeAnswer answer) => app.Value<long>(
        "SELECT count(*) FROM credit_transfers s JOIN evaluations e ON e.id = s.request_id WHERE s.kind = 'settle' AND e.attempt_id = $1", answer.AttemptId);

    /// <summary>A teacher with credits enough for every test of the class.</summary>
    private async Task<Person> Paying()
    {
        await app.Run("INSERT INTO memberships (user_id, level, set_at) VALUES ($1, 'premium', now()) ON CONFLICT DO NOTHING", Root.Id);
        return Root;
    }
}
