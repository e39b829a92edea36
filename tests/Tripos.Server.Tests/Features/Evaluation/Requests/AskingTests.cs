using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Evaluation;
using Tripos.Server.Features.Evaluation.Credits;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Evaluation.Requests;

/// <summary>Asking a model costs credits: never more than there are, and never while a cap is reached.</summary>
public sealed class AskingTests(TriposWithModel app) : IClassFixture<TriposWithModel>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_many_requests_at_once_only_those_are_taken_that_can_be_paid()
    {
        var test = await app.HasTestOf(["essay"]);
        List<MadeAnswer> answers = [];
        for (int n = 0; n < 20; n++)
        {
            answers.Add(await app.Writes(Ada, test, $"Essay number {n}, about nothing much."));
        }

        app.Model.Asked.Clear();
        var replies = await Task.WhenAll(answers.Concat(answers).Select(answer => app.AsksModel(Ada, answer)));
        await app.RunEvaluationsAsync(EvaluatorKind.Model);

        var taken = await Task.WhenAll(replies.Where(reply => reply.IsSuccessStatusCode).Select(reply => reply.Content.ReadFromJsonAsync<AskModel.Asked>(Speaking.Json, Ct)));
        Assert.Equal(4, taken.Select(asked => asked!.EvaluationId).Distinct().Count()); // a second request for the same answer gets the same evaluation
        Assert.All(replies.Where(reply => !reply.IsSuccessStatusCode), reply => Assert.Equal(HttpStatusCode.Conflict, reply.StatusCode));
        Assert.Equal(4, await app.SpentBy(Ada));
        Assert.Equal(4, app.Model.Asked.Count);
        Assert.Empty((await VerifyBooks.RunAsync(app.Sql, Ct)).Faults);
    }

    [Fact]
    public async Task A_cap_holds_the_request_and_lets_it_go_when_it_is_raised()
    {
        var test = await app.HasTestOf(["essay"]);
        var answer = await app.Writes(Otto, test, "An essay under a cap.");
        var team = await app.HasTeam("A thrifty school", Otto);
        await app.Run("INSERT INTO credit_caps (team_id, credits, set_at) VALUES ($1, 0, now())", team);

        var held = await app.IsAsked(Otto, answer);
        await app.RunEvaluationsAsync(EvaluatorKind.Model);
        string while_ = await app.StateOf(answer);
        int released = await Releases();
        await app.Run("UPDATE credit_caps SET credits = 10 WHERE team_id = $1", team);
        int afterwards = await Releases();
        await app.RunEvaluationsAsync(EvaluatorKind.Model);

        Assert.Equal((EvaluationStatus.Held, 0), (held.Status, held.Credits));
        Assert.Contains("A thrifty school", held.Notice, StringComparison.Ordinal);
        Assert.StartsWith("held 0", while_, StringComparison.Ordinal);
        Assert.Equal((0, 1), (released, afterwards));
        Assert.Equal("0.5 0 model", await app.PointsOf(answer));
        Assert.Equal(1, await app.SpentBy(Otto));
    }

    [Fact]
    public async Task Without_a_model_nobody_can_ask_and_nothing_is_spent()
    {
        await using TriposApp plain = new();
        await plain.InitializeAsync();
        var answer = await plain.HasEssay();

        var reply = await plain.AsksModel(Ada, answer);
        string page = await plain.As(Ada).GetStringAsync($"/attempts/{answer.AttemptId}/evaluations", Ct);

        Assert.Contains("no-model", await reply.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.DoesNotContain("Another opinion", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_that_teachers_mark_keeps_that_rule_when_it_is_exported_and_imported_again()
    {
        var test = await app.HasTestOf(["essay"], new Server.Features.Catalog.TestPolicy { FreeAnswers = Server.Features.Catalog.FreeAnswerPolicy.Marked });

        string file = await app.As(Tess).GetStringAsync($"/api/tests/{test.Id}/export", Ct);
        using MemoryStream stream = new(System.Text.Encoding.UTF8.GetBytes(file));
        var read = await Tripos.Formats.ExamJsonReader.ReadAsync(stream, "essays.json", ct: Ct);

        Assert.Contains("\"teachersMark\": true", file, StringComparison.Ordinal);
        Assert.True(read.Value!.TeachersMark);
    }

    private Task<int> Releases() => ReleaseHeld.RunAsync(app.Sql, app.Services.GetRequiredService<CreditPrices>(), TimeProvider.System, Ct);
}
