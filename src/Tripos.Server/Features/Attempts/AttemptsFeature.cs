using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Jobs;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Attempts;

public static class AttemptsFeature
{
    public static IServiceCollection AddAttempts(this IServiceCollection services) => services
        .AddSingleton<AttemptPapers>()
        .AddSingleton<AnswerNews>()
        .AddSingleton<AnswerWriter>()
        .AddHostedService(provider => provider.GetRequiredService<AnswerWriter>())
        .AddSchedule("attempts-sweep", TimeSpan.FromSeconds(5), (provider, ct) => SweepExpired.RunAsync(
            provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<QuestionVersions>(), provider.GetRequiredService<TimeProvider>(), ct));

    public static void MapAttempts(this IEndpointRouteBuilder app)
    {
        var tests = app.MapGroup("/api/tests").WithTags("Attempts").RequireAuthorization(Policies.SignedIn);
        tests.MapGet("/", OfferedAsync).WithSummary("The tests you may sit");
        tests.MapPost("/{testId:guid}/attempts", StartAsync).WithSummary("Start an attempt at a test, or get the one that is open");

        var attempts = app.MapGroup("/api/attempts").WithTags("Attempts").RequireAuthorization(Policies.SignedIn);
        attempts.MapGet("/", HistoryAsync).WithSummary("Your attempts, newest first");
        attempts.MapPost("/practice", PractiseAsync).WithSummary("Start practice over topics");
        attempts.MapGet("/{attemptId:guid}", PlayerAsync).WithSummary("The questions of an open attempt, with what is stored");
        attempts.MapGet("/{attemptId:guid}/result", ResultAsync).WithSummary("The result and the review, as far as the test allows");
        attempts.MapGet("/{attemptId:guid}/state", StateAsync).WithSummary("What is stored, and the server's clock");
        attempts.MapPut("/{attemptId:guid}/answers/{position:int}", SaveAsync).WithSummary("Save one answer").Accepts<SaveAnswer.Body>("application/json");
        attempts.MapGet("/{attemptId:guid}/answers/{position:int}/history", AnswerHistoryAsync).WithSummary("Every change of one answer, accepted or refused");
        attempts.MapPut("/{attemptId:guid}/answers/{position:int}/feedback", CheckAsync).WithSummary("In practice: show the right answer of one question, which closes it");
        attempts.MapPut("/{attemptId:guid}/answers/{position:int}/closure", CloseAsync).WithSummary("Where questions are chosen one by one: fix this answer, so that the next can be chosen");
        attempts.MapPut("/{attemptId:guid}/flags/{position:int}", FlagAsync).WithSummary("Flag or unflag one question");
        attempts.MapPut("/{attemptId:guid}/parts/{number:int}", OpenPartAsync).WithSummary("Open a part of the test, which closes the one before");
        attempts.MapPost("/{attemptId:guid}/submission", SubmitAsync).WithSummary("Submit and grade");
        attempts.MapPost("/{attemptId:guid}/forced-submission", ForceAsync).WithSummary("Submit for the learner").RequireAuthorization(Policies.Teachers);

        app.MapAnnotations();

        var regrades = app.MapGroup("/api").WithTags("Regrading").RequireAuthorization(Policies.Teachers);
        regrades.MapGet("/questions/{questionId:int}/regrade", PreviewRegradeAsync).WithSummary("Dry run: whose result changes from what to what");
        regrades.MapPost("/questions/{questionId:int}/regrades", RegradeAsync).WithSummary("Grade answers again under the current key");
        regrades.MapGet("/profiles/{profile}/regrade", PreviewProfileAsync).WithSummary("Dry run: what another scoring profile makes of graded attempts");
        regrades.MapPost("/profiles/{profile}/regrades", RegradeProfileAsync).WithSummary("Grade whole attempts again under another scoring profile");
        regrades.MapDelete("/regrades/{regradeId:guid}", UndoRegradeAsync).WithSummary("Undo a regrade");
    }

    private static async Task<Ok<List<ReadOfferedTests.Row>>> OfferedAsync(CurrentUser user, NpgsqlDataSource source, CancellationToken ct) =>
        TypedResults.Ok(await ReadOfferedTests.RunAsync(user, needingKeys: false, source, ct));

    private static async Task<Results<Ok<StartAttempt.Started>, ProblemHttpResult>> StartAsync(
        Guid testId, CurrentUser user, NpgsqlDataSource source, QuestionVersions versions, AttemptPapers papers, TimeProvider clock, CancellationToken ct) =>
        (await StartAttempt.RunAsync(testId, user, source, versions, papers, clock, ct)).ToHttp();

    private static async Task<Results<Ok<StartAttempt.Started>, ProblemHttpResult>> PractiseAsync(
        StartPractice.Request request, CurrentUser user, NpgsqlDataSource source, QuestionVersions versions, AttemptPapers papers, TimeProvider clock, CancellationToken ct) =>
        (await StartPractice.RunAsync(request, user, source, versions, papers, clock, ct)).ToHttp();

    private static async Task<Ok<ReadHistory.Page>> HistoryAsync(CurrentUser user, NpgsqlDataSource source, string? before, CancellationToken ct) =>
        TypedResults.Ok(await ReadHistory.RunAsync(user, before, source, ct));

    private static async Task<Results<Ok<AttemptJson.Open>, ProblemHttpResult>> PlayerAsync(
        Guid attemptId, CurrentUser user, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct)
    {
        var view = await ReadPlayer.RunAsync(attemptId, user, source, versions, clock, ct);
        return view.Value is { } open ? TypedResults.Ok(AttemptJson.Of(open)) : view.Problem!.ToHttp();
    }

    private static async Task<Results<Ok<AttemptJson.Finished>, ProblemHttpResult>> ResultAsync(
        Guid attemptId, CurrentUser user, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct)
    {
        var view = await ReadResult.RunAsync(attemptId, user, source, versions, clock, ct);
        return view.Value is { } result ? TypedResults.Ok(AttemptJson.Of(result)) : view.Problem!.ToHttp();
    }

    private static async Task<Results<Ok<ReadState.State>, ProblemHttpResult>> StateAsync(
        Guid attemptId, CurrentUser user, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct) =>
        (await ReadState.RunAsync(attemptId, user, source, clock, ct)).ToHttp();

    private static async Task<Results<Ok<SaveAnswer.Saved>, ProblemHttpResult>> SaveAsync(
        Guid attemptId, int position, HttpRequest http, CurrentUser user,
        AttemptPapers papers, QuestionVersions versions, AnswerWriter writer, TimeProvider clock, CancellationToken ct)
    {
        var request = await SaveAnswerRequest.ReadAsync(http, ct);
        return request.Problem is { } problem
            ? problem.ToHttp()
            : (await SaveAnswer.RunAsync(attemptId, position, request.Value!, user, papers, versions, writer, clock, ct)).ToHttp();
    }

    private static async Task<Results<Ok<ReadAnswerHistory.History>, ProblemHttpResult>> AnswerHistoryAsync(
        Guid attemptId, int position, CurrentUser user, NpgsqlDataSource source, CancellationToken ct) =>
        (await ReadAnswerHistory.RunAsync(attemptId, position, user, source, ct)).ToHttp();

    private static async Task<Results<Ok<AttemptJson.Reviewed>, ProblemHttpResult>> CheckAsync(
        Guid attemptId, int position, CurrentUser user, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct)
    {
        var item = await CheckAnswer.RunAsync(attemptId, position, user, source, versions, clock, ct);
        return item.Value is { } reviewed ? TypedResults.Ok(AttemptJson.Of(reviewed)) : item.Problem!.ToHttp();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> CloseAsync(
        Guid attemptId, int position, CurrentUser user, AttemptPapers papers, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct) =>
        (await CloseItem.RunAsync(attemptId, position, user, papers, source, versions, clock, ct)).ToNoContent();

    private static async Task<Results<Ok<Done>, ProblemHttpResult>> FlagAsync(
        Guid attemptId, int position, FlagItem.Request request, CurrentUser user, NpgsqlDataSource source, CancellationToken ct) =>
        (await FlagItem.RunAsync(attemptId, position, request, user, source, ct)).ToHttp();

    private static async Task<Results<Ok<OpenPart.Opened>, ProblemHttpResult>> OpenPartAsync(
        Guid attemptId, int number, CurrentUser user, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct) =>
        (await OpenPart.RunAsync(attemptId, number, user, source, clock, ct)).ToHttp();

    private static async Task<Results<Ok<SubmitAttempt.Submitted>, ProblemHttpResult>> SubmitAsync(
        Guid attemptId, SubmitAttempt.Request request, CurrentUser user, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct) =>
        (await SubmitAttempt.RunAsync(attemptId, request, user, source, versions, clock, ct)).ToHttp();

    private static async Task<Results<Ok<SubmitAttempt.Submitted>, ProblemHttpResult>> ForceAsync(
        Guid attemptId, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct) =>
        (await SubmitAttempt.ForceAsync(attemptId, SubmitType.Forced, source, versions, clock, ct)).ToHttp();

    private static async Task<Results<Ok<RegradePlan>, ProblemHttpResult>> PreviewRegradeAsync(int questionId, NpgsqlDataSource source, QuestionVersions versions, CancellationToken ct) =>
        (await RegradeQuestion.PreviewAsync(questionId, source, versions, ct)).ToHttp();

    private static async Task<Results<Ok<RegradeQuestion.Committed>, ProblemHttpResult>> RegradeAsync(
        int questionId, RegradeQuestion.Request request, CurrentUser user, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct) =>
        (await RegradeQuestion.RunAsync(questionId, request, user, source, versions, clock, ct)).ToHttp();

    private static async Task<Results<Ok<ProfileRegradePlan>, ProblemHttpResult>> PreviewProfileAsync(
        string profile, string to, Guid? attemptId, NpgsqlDataSource source, QuestionVersions versions, CancellationToken ct) =>
        (await RegradeProfile.PreviewAsync(profile, to, attemptId, source, versions, ct)).ToHttp();

    private static async Task<Results<Ok<RegradeProfile.Committed>, ProblemHttpResult>> RegradeProfileAsync(
        string profile, RegradeProfile.Request request, CurrentUser user, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct) =>
        (await RegradeProfile.RunAsync(profile, request, user, source, versions, clock, ct)).ToHttp();

    private static async Task<Results<Ok<Done>, ProblemHttpResult>> UndoRegradeAsync(
        Guid regradeId, CurrentUser user, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct) =>
        (await UndoRegrade.RunAsync(regradeId, user, source, clock, ct)).ToHttp();
}
