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

    public async ValueTask InitializeAsync() => await app.Run("UPDATE evaluations SET run_at = now() + interval '1 day' WHERE status = 'waiting'"); // what other tests left

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
