using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Evaluation;

/// <summary>Asking for evaluations.</summary>
internal static class RequestRoutes
{
    public static void MapRequests(this IEndpointRouteBuilder app)
    {
        var attempt = app.MapGroup("/api/attempts/{attemptId:guid}").WithTags("Evaluation").RequireAuthorization(Policies.SignedIn);
        attempt.MapPost("/evaluations/{position:int}", AskAsync).WithSummary("Ask a language model to evaluate one answer, for credits");
        attempt.MapGet("/evaluation-estimate", EstimateAttemptAsync).WithSummary("What evaluating all free answers of an attempt would cost");
        attempt.MapPost("/evaluations", AskAttemptAsync).WithSummary("Ask a language model to evaluate all free answers of an attempt, for credits");

        app.MapGet("/api/admin/evaluations", async (NpgsqlDataSource source, TimeProvider clock, CancellationToken ct) => TypedResults.Ok(await ReadQueue.StatesAsync(source, clock, ct)))
            .WithTags("Evaluation").RequireAuthorization(Policies.Admins).WithSummary("How the queues of evaluators stand");

        var test = app.MapGroup("/api/tests/{testId:guid}").WithTags("Evaluation").RequireAuthorization(Policies.Teachers);
        test.MapGet("/evaluation-estimate", EstimateTestAsync).WithSummary("What evaluating all handed-in free answers of a test would cost");
        test.MapPost("/evaluations", AskTestAsync).WithSummary("Ask a language model to evaluate all handed-in free answers of a test, for your credits");
    }

    private static async Task<Results<Ok<AskModel.Asked>, ProblemHttpResult>> AskAsync(Guid attemptId, int position, CurrentUser user, AskModel ask, CancellationToken ct) =>
        position is >= 1 and <= short.MaxValue ? (await ask.RunAsync(attemptId, (short)position, user, ct)).ToHttp() : EvaluationProblems.NotFound.ToHttp();

    private static async Task<Results<Ok<AskBatch.Estimate>, ProblemHttpResult>> EstimateAttemptAsync(Guid attemptId, CurrentUser user, AskBatch batch, NpgsqlDataSource source, CancellationToken ct) =>
        await EvaluationAccess.MayReadAsync(attemptId, user, source, ct) ? TypedResults.Ok(await batch.EstimateAsync(attemptId, null, user, ct)) : EvaluationProblems.NotFound.ToHttp();

    private static async Task<Results<Ok<AskBatch.Batch>, ProblemHttpResult>> AskAttemptAsync(Guid attemptId, AskBatch.Request request, CurrentUser user, AskBatch batch, NpgsqlDataSource source, CancellationToken ct) =>
        await EvaluationAccess.MayReadAsync(attemptId, user, source, ct) ? (await batch.RunAsync(attemptId, null, request, user, ct)).ToHttp() : EvaluationProblems.NotFound.ToHttp();

    private static async Task<Ok<AskBatch.Estimate>> EstimateTestAsync(Guid testId, CurrentUser user, AskBatch batch, CancellationToken ct) =>
        TypedResults.Ok(await batch.EstimateAsync(null, testId, user, ct));

    private static async Task<Results<Ok<AskBatch.Batch>, ProblemHttpResult>> AskTestAsync(Guid testId, AskBatch.Request request, CurrentUser user, AskBatch batch, CancellationToken ct) =>
        (await batch.RunAsync(null, testId, request, user, ct)).ToHttp();
}
