using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Features.Folds;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Jobs;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Practice;

/// <summary>Practice that chooses what helps most: adaptive sessions, drills, placement, level tests; practice a learner builds; and how questions are calibrated.</summary>
public static class PracticeFeature
{
    public static IServiceCollection AddPractice(this IServiceCollection services) => services
        .AddSingleton<PracticeItems>()
        .AddSingleton<NextItem>()
        .AddSchedule("calibration", TimeSpan.FromHours(1), (provider, ct) => RunCalibration.RunWhenDueAsync(provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<TimeProvider>(), ct));

    public static void MapPractice(this IEndpointRouteBuilder app)
    {
        var practice = app.MapGroup("/api/practice").WithTags("Practice").RequireAuthorization(Policies.SignedIn);
        practice.MapPost("/sessions", StartAsync).WithSummary("Start a session that chooses its questions, or go on with the one that is open");
        practice.MapGet("/next", NextAsync).WithSummary("The question a session is at, and why it was chosen; without a session, one of the length you prefer is started");
        practice.MapPost("/sessions/{attemptId:guid}/end", EndAsync).WithSummary("End a session and see its result");
        practice.MapGet("/sessions/{attemptId:guid}/report", ReportAsync).WithSummary("What a placement or a level test found, question by question");
        practice.MapPost("/drills", DrillAsync).WithSummary("Start today's drill, or get the one there is");
        practice.MapPost("/own", OwnAsync).WithSummary("Start practice you build: topics, difficulty, number, time; from everything, bookmarks or mistakes");
        practice.MapGet("/plans", PlansAsync).WithSummary("What you have planned, next first");
        practice.MapPost("/plans", PlanAsync).WithSummary("Plan practice for a day");
        practice.MapPost("/plans/{planId:guid}/attempt", StartPlanAsync).WithSummary("Start what was planned; its questions are drawn now");
        practice.MapDelete("/plans/{planId:guid}", CancelPlanAsync).WithSummary("Cancel a plan");
        practice.MapPut("/bookmarks/{questionId:int}", MarkAsync).WithSummary("Bookmark a question you have met");
        practice.MapDelete("/bookmarks/{questionId:int}", UnmarkAsync).WithSummary("Take a bookmark away");

        var calibration = app.MapGroup("/api/calibration").WithTags("Calibration").RequireAuthorization(Policies.Authors);
        calibration.MapGet("/", CalibrationAsync).WithSummary("Questions and how far their difficulty is known");
        calibration.MapPost("/runs", CalibrateAsync).WithSummary("Calibrate now, as it happens every night");
        calibration.MapPut("/{questionId:int}/decision", DecideAsync).WithSummary("Publish a question that was experimental, or retire it");
    }

    private static async Task<Results<Ok<StartSession.Started>, ProblemHttpResult>> StartAsync(
        StartSession.Request request, CurrentUser user, NpgsqlDataSource source, PracticeItems items, QuestionVersions versions, TimeProvider clock, CancellationToken ct) =>
        (request.Kind == PracticeKind.Drill ? await StartDrill.RunAsync(new(), user, source, items, clock, ct) : await StartSession.RunAsync(request, user, source, items, versions, clock, ct)).ToHttp();

    private static async Task<Results<Ok<PracticeJson.Turn>, ProblemHttpResult>> NextAsync(
        Guid? attemptId, CurrentUser user, NpgsqlDataSource source, PracticeItems items, NextItem next, QuestionVersions versions, FoldRunner folds, TimeProvider clock, CancellationToken ct)
    {
        if (attemptId is null)
        {
            var started = await StartSession.RunAsync(new(), user, source, items, versions, clock, ct);
            if (started.Problem is { } problem)
            {
                return problem.ToHttp();
            }

            attemptId = started.Value!.AttemptId;
        }

        var outcome = await next.RunAsync(attemptId.Value, user, ct);
        if (outcome.Value is not { } turn)
        {
            return outcome.Problem!.ToHttp();
        }

        var view = await ReadTurn.RunAsync(turn.Session, user, source, versions, folds, clock, ct);
        return view.Value is { } read ? TypedResults.Ok(PracticeJson.Of(read, turn.Over)) : view.Problem!.ToHttp();
    }

    private static async Task<Results<Ok<FinishSession.Finished>, ProblemHttpResult>> EndAsync(
        Guid attemptId, CurrentUser user, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct) =>
        (await FinishSession.RunAsync(attemptId, user, source, versions, clock, ct)).ToHttp();

    private static async Task<Results<Ok<SessionReport>, ProblemHttpResult>> ReportAsync(Guid attemptId, CurrentUser user, TopicSizes sizes, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct) =>
        (await ReadSessionReport.RunAsync(attemptId, user, sizes, source, clock, ct)).ToHttp();

    private static async Task<Results<Ok<StartSession.Started>, ProblemHttpResult>> DrillAsync(
        StartDrill.Request request, CurrentUser user, NpgsqlDataSource source, PracticeItems items, TimeProvider clock, CancellationToken ct) =>
        (await StartDrill.RunAsync(request, user, source, items, clock, ct)).ToHttp();

    private static async Task<Results<Ok<StartAttempt.Started>, ProblemHttpResult>> OwnAsync(
        OwnPractice.Plan plan, CurrentUser user, NpgsqlDataSource source, QuestionVersions versions, AttemptPapers papers, TimeProvider clock, CancellationToken ct) =>
        (await OwnPractice.RunAsync(plan, user, source, versions, papers, clock, ct)).ToHttp();

    private static async Task<Ok<List<PlannedPractice.Row>>> PlansAsync(CurrentUser user, NpgsqlDataSource source, CancellationToken ct) =>
        TypedResults.Ok(await PlannedPractice.ListAsync(user, source, ct));

    private static async Task<Results<Ok<PlannedPractice.Row>, ProblemHttpResult>> PlanAsync(PlannedPractice.Request request, CurrentUser user, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct) =>
        (await PlannedPractice.AddAsync(request, user, source, clock, ct)).ToHttp();

    private static async Task<Results<Ok<StartAttempt.Started>, ProblemHttpResult>> StartPlanAsync(
        Guid planId, CurrentUser user, NpgsqlDataSource source, QuestionVersions versions, AttemptPapers papers, TimeProvider clock, CancellationToken ct) =>
        (await PlannedPractice.StartAsync(planId, user, source, versions, papers, clock, ct)).ToHttp();

    private static async Task<Results<NoContent, ProblemHttpResult>> CancelPlanAsync(Guid planId, CurrentUser user, NpgsqlDataSource source, CancellationToken ct) =>
        (await PlannedPractice.CancelAsync(planId, user, source, ct)).ToNoContent();

    private static async Task<Ok<ReadCalibration.Page>> CalibrationAsync(string? show, int? after, NpgsqlDataSource source, CancellationToken ct) =>
        TypedResults.Ok(await ReadCalibration.RunAsync(ReadCalibration.Parse(show), after ?? 0, source, ct));

    private static async Task<Ok<RunCalibration.Ran>> CalibrateAsync(NpgsqlDataSource source, TimeProvider clock, CancellationToken ct) =>
        TypedResults.Ok(await RunCalibration.RunAsync(source, clock, ct));

    private static async Task<Results<NoContent, ProblemHttpResult>> DecideAsync(int questionId, SettleQuestion.Request request, NpgsqlDataSource source, CancellationToken ct) =>
        (await SettleQuestion.RunAsync(questionId, request, source, ct)).ToNoContent();

    private static async Task<Results<NoContent, ProblemHttpResult>> MarkAsync(int questionId, CurrentUser user, NpgsqlDataSource source, CancellationToken ct) =>
        (await Bookmarks.SetAsync(questionId, marked: true, user, source, ct)).ToNoContent();

    private static async Task<Results<NoContent, ProblemHttpResult>> UnmarkAsync(int questionId, CurrentUser user, NpgsqlDataSource source, CancellationToken ct) =>
        (await Bookmarks.SetAsync(questionId, marked: false, user, source, ct)).ToNoContent();
}
