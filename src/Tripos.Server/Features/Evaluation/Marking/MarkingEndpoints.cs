using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Evaluation;

/// <summary>Marking by teachers, and what learners see of how their answers were evaluated.</summary>
public static class MarkingEndpoints
{
    public static void MapMarking(this IEndpointRouteBuilder app)
    {
        var marking = app.MapGroup("/api/marking").WithTags("Marking").RequireAuthorization(Policies.Teachers);
        marking.MapGet("/", QueueAsync).WithSummary("Free answers that wait to be marked, counted by question and the oldest first");
        marking.MapGet("/{attemptId:guid}/{position:int}", ReadAsync).WithSummary("One answer with its rubric, recommendations and marks, as far as blind marking lets you see");
        marking.MapPut("/{attemptId:guid}/{position:int}", GiveAsync).WithSummary("Keep a draft, or give a mark");
        marking.MapDelete("/{attemptId:guid}/{position:int}", WithdrawAsync).WithSummary("Withdraw what was decided, with a reason");
        app.MapGroup("/api/tests/{testId:guid}").WithTags("Marking").RequireAuthorization(Policies.Teachers)
            .MapPut("/marking-plan", PlanAsync).WithSummary("Say how the free answers of a test are marked: blind, by two people");
        app.MapGroup("/api/attempts/{attemptId:guid}/evaluations").WithTags("Attempts").RequireAuthorization(Policies.SignedIn)
            .MapGet("/{position:int}", FeedbackAsync).WithSummary("How a free answer was evaluated: what counts, and what everybody said of it");
    }

    private static async Task<Ok<ReadMarkingQueue.Page>> QueueAsync(
        Guid? test, int? question, string? kind, string? state, bool? unsure, Guid? @class, string? after, CurrentUser user, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct) =>
        TypedResults.Ok(await ReadMarkingQueue.RunAsync(new(test, question, kind, MarkingWords.StateOf(state), unsure == true, @class, after), user, source, clock, ct));

    private static async Task<Results<Ok<MarkingView>, ProblemHttpResult>> ReadAsync(
        Guid attemptId, int position, CurrentUser user, NpgsqlDataSource source, QuestionVersions versions, CancellationToken ct) =>
        (await ReadMarking.RunAsync(attemptId, position, user, source, versions, ct)).ToHttp();

    private static async Task<Results<Ok<GiveMark.Given>, ProblemHttpResult>> GiveAsync(
        Guid attemptId, int position, MarkRequest request, CurrentUser user, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct) =>
        (await GiveMark.RunAsync(attemptId, position, request, user, source, versions, clock, ct)).ToHttp();

    private static async Task<Results<Ok<GiveMark.Given>, ProblemHttpResult>> WithdrawAsync(
        Guid attemptId, int position, int revision, string? reason, CurrentUser user, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct) =>
        (await WithdrawMark.RunAsync(attemptId, position, revision, reason, user, source, versions, clock, ct)).ToHttp();

    private static async Task<Results<Ok<MarkingPlan>, ProblemHttpResult>> PlanAsync(
        Guid testId, MarkingPlan plan, CurrentUser user, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct) =>
        (await SetMarkingPlan.RunAsync(testId, plan, user, source, clock, ct)).ToHttp();

    private static async Task<Results<Ok<FeedbackView>, ProblemHttpResult>> FeedbackAsync(
        Guid attemptId, int position, CurrentUser user, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct) =>
        (await ReadFeedback.RunAsync(attemptId, position, user, source, versions, clock, ct)).ToHttp();
}
