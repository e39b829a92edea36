using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Tripos.Server.Features.Accounts;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Live;

/// <summary>Classes, their learners and codes, the plans of their sessions, and learners' extra time.</summary>
internal static class ClassEndpoints
{
    public static void MapClasses(this IEndpointRouteBuilder app)
    {
        var classes = app.MapGroup("/api/classes").WithTags("Classes").RequireAuthorization(Policies.SignedIn);
        classes.MapGet("/", ListAsync).WithSummary("The classes you run and the classes you learn in");
        classes.MapPost("/", CreateAsync).RequireAuthorization(Policies.Teachers).WithSummary("Make a class");
        classes.MapPost("/memberships", JoinAsync).WithSummary("Join the class that has this code");
        classes.MapGet("/{classId:guid}", ReadAsync).WithSummary("One class");
        classes.MapPut("/{classId:guid}", EditAsync).WithSummary("Rename or describe a class");
        classes.MapPut("/{classId:guid}/status", SetStatusAsync).WithSummary("Archive a class, or make it active again");
        classes.MapPut("/{classId:guid}/join-code", NewCodeAsync).WithSummary("Give the class a new join code; the old one stops working");
        classes.MapDelete("/{classId:guid}/join-code", NoCodeAsync).WithSummary("Switch joining by code off");
        classes.MapGet("/{classId:guid}/members", MembersAsync).WithSummary("The learners, and the people on the list who have no account yet");
        classes.MapDelete("/{classId:guid}/members/{learnerId:guid}", RemoveAsync).WithSummary("Remove a learner, or leave");
        classes.MapPost("/{classId:guid}/roster", RosterAsync).WithSummary("Add people from a CSV list").Accepts<ImportRoster.Request>("application/json", "text/csv");
        classes.MapDelete("/{classId:guid}/roster/{email}", TakeOffAsync).WithSummary("Take somebody without an account off the list");
        classes.MapPost("/{classId:guid}/invitations", InviteAsync).WithSummary("Ask the people on the list by mail to sign up, once in a week at most");
        classes.MapGet("/{classId:guid}/sessions", SessionsAsync).WithSummary("The sessions of a class");
        classes.MapPost("/{classId:guid}/sessions", PlanAsync).WithSummary("Plan a session");
        app.MapPut("/api/live/sessions/{sessionId:guid}", ReplanAsync).WithTags("Live sessions").RequireAuthorization(Policies.SignedIn).WithSummary("Change a session before it starts");

        var extra = app.MapGroup("/api/learners/{learnerId:guid}/accommodation").WithTags("Classes").RequireAuthorization(Policies.SignedIn);
        extra.MapGet("/", ReadExtraAsync).WithSummary("A learner's extra time");
        extra.MapPut("/", SetExtraAsync).WithSummary("Give a learner more time in every timed attempt they start");
        extra.MapDelete("/", RemoveExtraAsync).WithSummary("End a learner's extra time");
    }

    private static async Task<Ok<ReadClasses.Mine>> ListAsync(CurrentUser user, NpgsqlDataSource source, CancellationToken ct) =>
        TypedResults.Ok(await ReadClasses.RunAsync(user, source, ct));

    private static async Task<Results<Created<ClassView>, ProblemHttpResult>> CreateAsync(SaveClass.Request request, CurrentUser user, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        var created = await SaveClass.CreateAsync(request, user, source, clock, ct);
        return created.Value is { } made ? TypedResults.Created($"/api/classes/{made.Id}", made) : created.Problem!.ToHttp();
    }

    private static async Task<Results<Ok<JoinClass.Offer>, ProblemHttpResult>> JoinAsync(
        JoinClass.Request request, CurrentUser user, JoinCodeTries tries, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct) =>
        (await JoinClass.RunAsync(request.Code, user, tries, source, clock, ct)).ToHttp();

    private static async Task<Results<Ok<ClassView>, ProblemHttpResult>> ReadAsync(Guid classId, CurrentUser user, NpgsqlDataSource source, CancellationToken ct) =>
        await ReadClasses.OneAsync(classId, user, source, ct) is { } found ? TypedResults.Ok(found) : ClassProblems.NotFound.ToHttp();

    private static async Task<Results<Ok<ClassView>, ProblemHttpResult>> EditAsync(Guid classId, SaveClass.Request request, CurrentUser user, NpgsqlDataSource source, CancellationToken ct) =>
        (await SaveClass.EditAsync(classId, request, user, source, ct)).ToHttp();

    private static async Task<Results<Ok<ClassView>, ProblemHttpResult>> SetStatusAsync(
        Guid classId, SaveClass.StatusRequest request, CurrentUser user, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct) =>
        (await SaveClass.SetStatusAsync(classId, request.Status, user, source, clock, ct)).ToHttp();

    private static async Task<Results<Ok<SetJoinCode.Set>, ProblemHttpResult>> NewCodeAsync(Guid classId, CurrentUser user, NpgsqlDataSource source, CancellationToken ct) =>
        (await SetJoinCode.NewAsync(classId, user, source, ct)).ToHttp();

    private static async Task<Results<NoContent, ProblemHttpResult>> NoCodeAsync(Guid classId, CurrentUser user, NpgsqlDataSource source, CancellationToken ct) =>
        (await SetJoinCode.SwitchOffAsync(classId, user, source, ct)).ToNoContent();

    private static async Task<Results<Ok<ClassMembers>, ProblemHttpResult>> MembersAsync(Guid classId, CurrentUser user, NpgsqlDataSource source, CancellationToken ct) =>
        (await ReadMembers.RunAsync(classId, user, source, ct)).ToHttp();

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(Guid classId, Guid learnerId, CurrentUser user, NpgsqlDataSource source, CancellationToken ct) =>
        (await RemoveMember.RunAsync(classId, learnerId, user, source, ct)).ToNoContent();

    private static async Task<Results<NoContent, ProblemHttpResult>> TakeOffAsync(Guid classId, string email, CurrentUser user, NpgsqlDataSource source, CancellationToken ct) =>
        (await RemoveMember.FromListAsync(classId, email, user, source, ct)).ToNoContent();

    private static async Task<Results<Ok<InviteListed.Invited>, ProblemHttpResult>> InviteAsync(
        Guid classId, CurrentUser user, HttpContext http, IConfiguration configuration, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct) =>
        (SiteAddress.Of(http, configuration) is { } site ? await InviteListed.RunAsync(classId, user, site, source, clock, ct) : AccountProblems.SiteAddressMissing).ToHttp();

    /// <summary>The list comes as {"csv": …}, or as the file itself in whatever encoding a spreadsheet wrote it.</summary>
    private static async Task<Results<Ok<RosterReport>, ProblemHttpResult>> RosterAsync(Guid classId, HttpRequest http, CurrentUser user, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        if (http.HasJsonContentType())
        {
            return (await TextOf(http, ct) is { } text ? await ImportRoster.RunAsync(classId, text, user, source, clock, ct) : ClassProblems.Invalid(("csv", "Send the list as {\"csv\": \"…\"}"))).ToHttp();
        }

        using var file = new MemoryStream();
        await http.Body.CopyToAsync(file, ct);
        return (await ImportRoster.RunAsync(classId, file.ToArray(), user, source, clock, ct)).ToHttp();
    }

    /// <summary>Null when the body is not the JSON it says it is.</summary>
    private static async Task<string?> TextOf(HttpRequest http, CancellationToken ct)
    {
        try
        {
            return (await http.ReadFromJsonAsync<ImportRoster.Request>(ct))?.Csv;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task<Results<Ok<List<SessionRow>>, ProblemHttpResult>> SessionsAsync(Guid classId, CurrentUser user, NpgsqlDataSource source, CancellationToken ct) =>
        (await ReadClassSessions.RunAsync(classId, user, source, ct)).ToHttp();

    private static async Task<Results<Created<LiveSession>, ProblemHttpResult>> PlanAsync(Guid classId, SessionPlan plan, CurrentUser user, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        var planned = await PlanSession.CreateAsync(classId, plan, user, source, clock, ct);
        return planned.Value is { } session ? TypedResults.Created($"/api/live/sessions/{session.Id}", session) : planned.Problem!.ToHttp();
    }

    private static async Task<Results<Ok<LiveSession>, ProblemHttpResult>> ReplanAsync(Guid sessionId, SessionPlan plan, CurrentUser user, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct) =>
        (await PlanSession.EditAsync(sessionId, plan, user, source, clock, ct)).ToHttp();

    private static async Task<Results<Ok<Accommodation>, ProblemHttpResult>> ReadExtraAsync(Guid learnerId, CurrentUser user, NpgsqlDataSource source, CancellationToken ct) =>
        (await SetAccommodation.ReadAsync(learnerId, user, source, ct)).ToHttp();

    private static async Task<Results<Ok<Accommodation>, ProblemHttpResult>> SetExtraAsync(
        Guid learnerId, SetAccommodation.Request request, CurrentUser user, Visitor visitor, NpgsqlDataSource source, AppDb db, TimeProvider clock, CancellationToken ct) =>
        (await SetAccommodation.RunAsync(learnerId, request, user, visitor, source, db, clock, ct)).ToHttp();

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveExtraAsync(Guid learnerId, CurrentUser user, Visitor visitor, NpgsqlDataSource source, AppDb db, CancellationToken ct) =>
        (await SetAccommodation.RemoveAsync(learnerId, user, visitor, source, db, ct)).ToNoContent();
}
