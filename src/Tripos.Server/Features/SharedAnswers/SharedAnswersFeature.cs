using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Tripos.Server.Features.Accounts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.SharedAnswers;

/// <summary>Public answers: learners show what they wrote or said to others who answered the same question; the question's author decides whether.</summary>
public static class SharedAnswersFeature
{
    public static void MapSharedAnswers(this IEndpointRouteBuilder app)
    {
        var question = app.MapGroup("/api/questions/{questionId:int}").WithTags("Shared answers").RequireAuthorization(Policies.SignedIn);
        question.MapGet("/shared-answers", ListAsync).WithSummary("What others answered, for those who answered themselves");
        question.MapPost("/shared-answers", ShareAsync).WithSummary("Share an answer of yours, or change how it is shared");
        question.MapPut("/sharing", SetAsync).WithSummary("Allow or stop sharing answers to this question").RequireAuthorization(Policies.Curators);

        var answers = app.MapGroup("/api/shared-answers/{id:guid}").WithTags("Shared answers").RequireAuthorization(Policies.SignedIn);
        answers.MapGet("/", FindAsync).WithSummary("One shared answer");
        answers.MapGet("/audio", AudioAsync).WithSummary("Listen to a shared recording, whole or in parts");
        answers.MapDelete("/", WithdrawAsync).WithSummary("Take your answer back");
        answers.MapPut("/helpful", HelpfulAsync).WithSummary("Say that an answer helped you");
        answers.MapDelete("/helpful", NotHelpfulAsync).WithSummary("Take that back");
        answers.MapPost("/reports", ReportAsync).WithSummary("Report an answer that should not be here");
        answers.MapPut("/hiding", HideAsync).WithSummary("Hide an answer").RequireAuthorization(Policies.Curators);
        answers.MapDelete("/hiding", ShowAgainAsync).WithSummary("Show a hidden answer again").RequireAuthorization(Policies.Curators);

        var reports = app.MapGroup("/api/reports").WithTags("Shared answers").RequireAuthorization(Policies.Curators);
        reports.MapGet("/", ReportsAsync).WithSummary("Reports you may decide, newest first");
        reports.MapPut("/{reportId:guid}/settlement", SettleAsync).WithSummary("Hide what was reported, or dismiss the report");
    }

    private static async Task<Results<Ok<ReadSharedAnswers.Page>, ProblemHttpResult>> ListAsync(
        int questionId, CurrentUser user, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, string? order, string? before, CancellationToken ct) =>
        (await ReadSharedAnswers.RunAsync(questionId, new(OrderOf(order), before), user, source, versions, clock, ct)).ToHttp();

    private static async Task<Results<Ok<SharedAnswer>, ProblemHttpResult>> ShareAsync(
        int questionId, ShareAnswer.Request request, CurrentUser user, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct) =>
        (await ShareAnswer.RunAsync(questionId, request, user, source, versions, clock, ct)).ToHttp();

    private static async Task<Results<NoContent, ProblemHttpResult>> SetAsync(
        int questionId, SetSharing.Request request, CurrentUser user, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct) =>
        (await SetSharing.RunAsync(questionId, request.Sharing, user, source, versions, clock, ct)).ToNoContent();

    private static async Task<Results<Ok<SharedAnswer>, ProblemHttpResult>> FindAsync(
        Guid id, CurrentUser user, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct) =>
        (await FindSharedAnswer.RunAsync(id, user, source, versions, clock, ct)).ToHttp();

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> AudioAsync(
        Guid id, HttpContext http, CurrentUser user, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct)
    {
        var found = await FindSharedAnswer.AudioAsync(id, user, source, versions, clock, ct);
        return found.Value is { } sound ? sound.ToHttp(http, source, isForever: false) : found.Problem!.ToHttp();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> WithdrawAsync(Guid id, CurrentUser user, NpgsqlDataSource source, CancellationToken ct) =>
        (await WithdrawAnswer.RunAsync(id, user, source, ct)).ToNoContent();

    private static async Task<Results<NoContent, ProblemHttpResult>> HelpfulAsync(
        Guid id, CurrentUser user, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct) =>
        (await MarkHelpful.RunAsync(id, isHelpful: true, user, source, versions, clock, ct)).ToNoContent();

    private static async Task<Results<NoContent, ProblemHttpResult>> NotHelpfulAsync(
        Guid id, CurrentUser user, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct) =>
        (await MarkHelpful.RunAsync(id, isHelpful: false, user, source, versions, clock, ct)).ToNoContent();

    private static async Task<Results<NoContent, ProblemHttpResult>> ReportAsync(
        Guid id, ReportAnswer.Request request, CurrentUser user, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct) =>
        (await ReportAnswer.RunAsync(id, request, user, source, versions, clock, ct)).ToNoContent();

    private static async Task<Results<NoContent, ProblemHttpResult>> HideAsync(
        Guid id, HideAnswer.Request request, CurrentUser user, Visitor visitor, AppDb db, TimeProvider clock, CancellationToken ct) =>
        (await HideAnswer.RunAsync(id, request.Reason, user, visitor, db, clock, ct)).ToNoContent();

    private static async Task<Results<NoContent, ProblemHttpResult>> ShowAgainAsync(Guid id, CurrentUser user, Visitor visitor, AppDb db, CancellationToken ct) =>
        (await HideAnswer.UndoAsync(id, user, visitor, db, ct)).ToNoContent();

    private static async Task<Ok<ReadReports.Page>> ReportsAsync(CurrentUser user, NpgsqlDataSource source, TimeProvider clock, string? status, string? before, CancellationToken ct) =>
        TypedResults.Ok(await ReadReports.RunAsync(StatusOf(status), before, user, source, clock, ct));

    private static async Task<Results<NoContent, ProblemHttpResult>> SettleAsync(
        Guid reportId, SettleReport.Request request, CurrentUser user, Visitor visitor, AppDb db, TimeProvider clock, CancellationToken ct) =>
        (await SettleReport.RunAsync(reportId, request, user, visitor, db, clock, ct)).ToNoContent();

    /// <summary>"helpful" is most helpful first; anything else newest first.</summary>
    internal static AnswerOrder OrderOf(string? word) => word == "helpful" ? AnswerOrder.Helpful : AnswerOrder.Newest;

    /// <summary>"resolved" or "dismissed"; anything else means open.</summary>
    internal static FlagStatus StatusOf(string? word) => word switch { "resolved" => FlagStatus.Resolved, "dismissed" => FlagStatus.Dismissed, _ => FlagStatus.Open };
}
