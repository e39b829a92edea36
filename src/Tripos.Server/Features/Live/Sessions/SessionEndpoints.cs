using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Live;

/// <summary>The API of a session: what must last.</summary>
internal static class SessionEndpoints
{
    public static void MapSessions(this IEndpointRouteBuilder app)
    {
        var sessions = app.MapGroup("/api/live/sessions/{sessionId:guid}").WithTags("Live sessions").RequireAuthorization(Policies.SignedIn);
        sessions.MapGet("/", ReadAsync).WithSummary("A session; for whoever runs it, with its participants");
        sessions.MapPost("/opening", OpenAsync).WithSummary("Open the waiting room");
        sessions.MapPost("/start", StartAsync).WithSummary("Start it for all connected learners at once");
        sessions.MapPost("/completion", CompleteAsync).WithSummary("End it: open attempts are submitted");
        sessions.MapPost("/cancellation", CancelAsync).WithSummary("Call it off before it starts");
        sessions.MapPost("/participants", JoinAsync).WithSummary("Join as a learner of the class");
        sessions.MapPost("/actions", ActAsync).WithSummary("Message, pause, resume, extra time, submit, remove, readmit: for some learners or all");
        sessions.MapPut("/actions/{actionId:guid}/receipt", AcknowledgeAsync).WithSummary("Say that you have been shown an action");
        sessions.MapPost("/events", StoreAsync).WithSummary("Report what happened on a learner's page, as evidence");
    }

    private static async Task<Results<Ok<ReadSession.View>, ProblemHttpResult>> ReadAsync(Guid sessionId, CurrentUser user, NpgsqlDataSource source, LiveBoards boards, TimeProvider clock, CancellationToken ct) =>
        (await ReadSession.RunAsync(sessionId, user, source, boards, clock, ct)).ToHttp();

    private static async Task<Results<Ok<LiveMessages.SessionState>, ProblemHttpResult>> OpenAsync(Guid sessionId, CurrentUser user, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct) =>
        Told(await OpenRoom.RunAsync(sessionId, user, source, clock, ct), clock);

    private static async Task<Results<Ok<LiveMessages.SessionState>, ProblemHttpResult>> StartAsync(
        Guid sessionId, CurrentUser user, NpgsqlDataSource source, QuestionVersions versions, AttemptPapers papers, LiveBoards boards, SaveBoards save, TimeProvider clock, CancellationToken ct) =>
        Told(await StartTogether.RunAsync(sessionId, user, source, versions, papers, boards, save, clock, ct), clock);

    private static async Task<Results<Ok<LiveMessages.SessionState>, ProblemHttpResult>> CompleteAsync(
        Guid sessionId, CurrentUser user, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct) =>
        Told(await CompleteSession.RunAsync(sessionId, user, source, versions, clock, ct), clock);

    private static async Task<Results<Ok<LiveMessages.SessionState>, ProblemHttpResult>> CancelAsync(Guid sessionId, CurrentUser user, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct) =>
        Told(await CancelSession.RunAsync(sessionId, user, source, clock, ct), clock);

    private static async Task<Results<Ok<JoinSession.Joined>, ProblemHttpResult>> JoinAsync(
        Guid sessionId, CurrentUser user, NpgsqlDataSource source, QuestionVersions versions, AttemptPapers papers, LiveNews news, TimeProvider clock, CancellationToken ct) =>
        (await JoinSession.RunAsync(sessionId, user, source, versions, papers, news, clock, ct)).ToHttp();

    private static async Task<Results<Ok<ActOnSession.Acted>, ProblemHttpResult>> ActAsync(
        Guid sessionId, ActOnSession.Request request, CurrentUser user, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct) =>
        (await ActOnSession.RunAsync(sessionId, request, user, source, versions, clock, ct)).ToHttp();

    private static async Task<Results<NoContent, ProblemHttpResult>> AcknowledgeAsync(
        Guid sessionId, Guid actionId, CurrentUser user, NpgsqlDataSource source, LiveNews news, TimeProvider clock, CancellationToken ct) =>
        (await AcknowledgeAction.RunAsync(sessionId, actionId, user, source, news, clock, ct)).ToNoContent();

    private static async Task<Results<Ok<StoreEvents.Kept>, ProblemHttpResult>> StoreAsync(
        Guid sessionId, StoreEvents.Event[] events, CurrentUser user, NpgsqlDataSource source, LiveNews news, TimeProvider clock, CancellationToken ct) =>
        (await StoreEvents.RunAsync(sessionId, events, user, source, news, clock, ct)).ToHttp();

    private static Results<Ok<LiveMessages.SessionState>, ProblemHttpResult> Told(Outcome<LiveSession> outcome, TimeProvider clock) =>
        outcome.Value is { } session ? TypedResults.Ok(LiveMessages.SessionState.Of(session, clock.GetUtcNow())) : outcome.Problem!.ToHttp();
}
