using Microsoft.Extensions.DependencyInjection;
using Tripos.Evaluation;
using Tripos.Scoring;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Evaluation;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Evaluation.Queue;

/// <summary>Answers on their way to an evaluator: nothing is lost, nothing counts twice, nobody waits for somebody else's pile.</summary>
public sealed class QueueTests(TriposApp app) : IClassFixture<TriposApp>, IAsyncLifetime
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private EvaluationQueue Queue => app.Services.GetRequiredService<EvaluationQueue>();

    /// <summary>What other tests left, queued or about to be, stays out of the way.</summary>
    public async ValueTask InitializeAsync()
    {
        await app.RunJobsAsync();
        await app.Run("UPDATE evaluations SET run_at = now() + interval '1 day', status = 'waiting', locked_until = NULL WHERE status IN ('waiting', 'running')");
    }

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task A_submission_queues_its_open_answers_once_however_often_the_fact_is_told()
    {
        var answer = await app.HasEssay();
        await app.RunJobsAsync();
        await EnqueueLocal.RunAsync(new FreeAnswers(answer.AttemptId, null), app.Sql, app.Services.GetRequiredService<Server.Features.Catalog.QuestionVersions>(), TimeProvider.System, Ct);

        Assert.Equal(1, await app.Value<long>("SELECT count(*) FROM evaluations WHERE attempt_id = $1", answer.AttemptId));
    }

    [Fact]
    public async Task An_attempt_without_free_answers_queues_nothing()
    {
        var test = await app.HasTest();
        var attempt = await app.Starts(Ada, test);
        await app.Submits(Ada, attempt);
        await app.RunJobsAsync();

        Assert.Equal(0, await app.Value<long>("SELECT count(*) FROM evaluations WHERE attempt_id = $1", attempt));
    }

    [Fact]
    public async Task What_a_lost_server_had_taken_is_taken_again_and_its_late_verdict_changes_nothing()
    {
        var answer = await Queued();
        var lost = await Queue.TakeAsync(EvaluatorKind.Local, Ct);
        Assert.Null(await Queue.TakeAsync(EvaluatorKind.Local, Ct)); // while the lease runs

        await app.Run("UPDATE evaluations SET locked_until = now() - interval '1 second' WHERE id = $1", lost!.Id);
        var again = await Queue.TakeAsync(EvaluatorKind.Local, Ct);
        await Queue.CompleteAsync(again!, Giving(0.5), TimeSpan.FromSeconds(1), Ct);
        await Queue.CompleteAsync(lost, Giving(1), TimeSpan.FromSeconds(1), Ct);

        Assert.Equal((lost.Id, 2), (again!.Id, again.Tries));
        Assert.Equal("0.5 0 local", await app.PointsOf(answer));
        Assert.Equal(2, await app.Value<int>("SELECT grade_revision FROM attempts WHERE id = $1", answer.AttemptId));
    }

    [Fact]
    public async Task Ten_workers_take_every_answer_once()
    {
        var test = await app.HasTestOf(["essay"]);
        for (int n = 0; n < 12; n++)
        {
            await app.Writes(n % 2 == 0 ? Ada : Otto, test, $"Essay number {n}");
        }

        await app.RunJobsAsync();
        var taken = (await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => TakeAll()))).SelectMany(list => list).ToList();

        Assert.Equal(12, taken.Count);
        Assert.Equal(12, taken.Select(evaluation => evaluation.Id).Distinct().Count());
    }

    [Fact]
    public async Task Somebody_with_one_answer_does_not_wait_for_somebody_with_many()
    {
        var test = await app.HasTestOf(["essay"]);
        for (int n = 0; n < 6; n++)
        {
            await app.Writes(Ada, test, $"Essay number {n}");
        }

        await app.Writes(Otto, test, "The only one");
        await app.RunJobsAsync();

        var order = await TakeAll();

        Assert.Contains(Otto.Id, order.Take(2).Select(evaluation => evaluation.LearnerId));
    }

    [Fact]
    public async Task A_higher_evaluator_counts_and_a_lower_one_does_not_replace_it()
    {
        var answer = await Queued();
        var local = (await Queue.TakeAsync(EvaluatorKind.Local, Ct))!;

        await Judges(answer, EvaluatorKind.Teacher, 1);
        await Queue.CompleteAsync(local, Giving(0.5), TimeSpan.Zero, Ct);

        Assert.Equal("1 0 teacher", await app.PointsOf(answer));
        Assert.Equal("done 1", await app.StateOf(answer, "local")); // kept as a recommendation
    }

    [Fact]
    public async Task A_judgement_that_is_taken_back_leaves_the_points_open()
    {
        var answer = await app.HasEssay();
        await Judges(answer, EvaluatorKind.Teacher, 1);

        await Judges(answer, EvaluatorKind.Teacher, null);

        Assert.Equal("0 1", await app.PointsOf(answer));
    }

    [Fact]
    public async Task An_evaluation_reaches_the_log_of_responses()
    {
        var answer = await app.HasEssay();
        await app.RunFoldsAsync();
        long before = await app.Value<long>("SELECT count(*) FROM responses WHERE attempt_id = $1", answer.AttemptId);

        await Judges(answer, EvaluatorKind.Model, 1);
        await app.RunFoldsAsync();

        Assert.Equal(0, before);
        Assert.Equal(1, await app.Value<long>("SELECT count(*) FROM responses WHERE attempt_id = $1", answer.AttemptId));
    }

    [Fact]
    public async Task A_regrade_keeps_what_an_evaluator_gave()
    {
        var answer = await app.HasEssay();
        await Judges(answer, EvaluatorKind.Model, 1);
        int version = await app.HasVersion(answer.QuestionId, new Questions.Written { Prompt = await PromptOf(answer), ModelAnswer = "A better model answer." }, "essay");

        var reply = await app.As(Tess).PostAsync($"/api/questions/{answer.QuestionId}/regrades", System.Net.Http.Json.JsonContent.Create(new { versionId = version, reason = "A better model answer" }), Ct);

        Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync(Ct));
        Assert.Equal("1 0 model", await app.PointsOf(answer));
    }

    [Fact]
    public async Task An_answer_that_every_server_dies_of_is_given_up()
    {
        var answer = await Queued();
        await app.Run("UPDATE evaluations SET status = 'running', locked_until = now() - interval '1 second', tries = 5 WHERE attempt_id = $1", answer.AttemptId);

        Assert.True(await app.EvaluatesNext(EvaluatorKind.Local, Ct));

        Assert.Equal("failed 6 The local evaluator could not judge this answer.", await app.StateOf(answer, "local"));
    }

    [Fact]
    public async Task After_a_change_of_the_profile_a_lower_evaluator_fills_what_a_higher_one_measured_differently()
    {
        var test = await app.HasTestOf(["pte-write-essay"], new Server.Features.Catalog.TestPolicy { Profile = "pte-2023" });
        var answer = await app.Writes(Ada, test, string.Join(' ', Enumerable.Repeat("Cities should close their centres to cars because clean air matters to children.", 18)));
        await Gives(answer, EvaluatorKind.Model, ("content", 2, 3), ("grammar", 2, 2));
        int revision = await app.Value<int>("SELECT grade_revision FROM attempts WHERE id = $1", answer.AttemptId);

        var reply = await app.As(Tess).PostAsync("/api/profiles/pte-2023/regrades", System.Net.Http.Json.JsonContent.Create(
            new { to = "pte-2025-08", revisions = new Dictionary<Guid, int> { [answer.AttemptId] = revision }, reason = "The rules of 2025." }), Ct);
        Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync(Ct));
        string regraded = await ByOf(answer);
        await Gives(answer, EvaluatorKind.Local, ("content", 3, 6), ("grammar", 0, 2));

        Assert.Equal("content - of 6, grammar model of 2", regraded); // three of six is not two of three
        Assert.Equal("content local of 6, grammar model of 2", await ByOf(answer));
    }

    private async Task Gives(MadeAnswer answer, EvaluatorKind evaluator, params (string Name, double Score, double Max)[] traits)
    {
        await using var connection = await app.Sql.OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        Judgement judgement = new(evaluator, "Somebody", [.. traits.Select(trait => new TraitScore(trait.Name, trait.Score, trait.Max, "Because") { By = evaluator.ToString().ToLowerInvariant() })]);
        Assert.True(await StoreEvaluated.RunAsync(connection, answer.AttemptId, 1, judgement, app.Services.GetRequiredService<Server.Features.Catalog.QuestionVersions>(), DateTimeOffset.UtcNow, Ct));
        await transaction.CommitAsync(Ct);
    }

    private Task<string> ByOf(MadeAnswer answer) => app.Value<string>("""
        SELECT string_agg(concat_ws(' ', t->>'name', COALESCE(t->>'by', '-'), 'of', t->>'max'), ', ' ORDER BY t->>'name')
        FROM answers, jsonb_array_elements(traits) t WHERE attempt_id = $1 AND t->>'name' IN ('content', 'grammar')
        """, answer.AttemptId);

    private async Task<MadeAnswer> Queued()
    {
        var answer = await app.HasEssay();
        await app.RunJobsAsync();
        return answer;
    }

    private async Task<List<TakenEvaluation>> TakeAll()
    {
        List<TakenEvaluation> all = [];
        while (await Queue.TakeAsync(EvaluatorKind.Local, Ct) is { } taken)
        {
            all.Add(taken);
        }

        return all;
    }

    private async Task Judges(MadeAnswer answer, EvaluatorKind evaluator, double? points)
    {
        await using var connection = await app.Sql.OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        var judgement = points is null ? null : new Judgement(evaluator, "Somebody", [new TraitScore("answer", points, 1, "Because") { By = evaluator.ToString().ToLowerInvariant() }]);
        Assert.True(await StoreEvaluated.RunAsync(connection, answer.AttemptId, 1, judgement, app.Services.GetRequiredService<Server.Features.Catalog.QuestionVersions>(), DateTimeOffset.UtcNow, Ct));
        await transaction.CommitAsync(Ct);
    }

    private Task<string> PromptOf(MadeAnswer answer) => app.Value<string>("SELECT body->>'prompt' FROM question_versions WHERE id = $1", answer.Test.VersionIds[0]);

    private static Evaluated Giving(double points) => new(new Verdict([new TraitVerdict("answer", points, 1, "Because", [])], "Well.", []), "A test");
}
