using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Accounts;

/// <summary>Sessions by API, and the sign-out button of every page.</summary>
internal static class SessionEndpoints
{
    public sealed record Listed(Guid Id, string Device, string? Ip, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, bool IsCurrent);

    public static void Map(IEndpointRouteBuilder app)
    {
        var sessions = app.MapGroup("/api/sessions").WithTags("Sessions");
        sessions.MapPost("/", SignInAsync).AllowAnonymous().RequireRateLimiting(AttemptLimit.Policy).WithSummary("Sign in; the answer sets the session cookie");
        sessions.MapGet("/", ListAsync).RequireAuthorization(Policies.SignedIn).WithSummary("Your sessions");
        sessions.MapDelete("/current", SignOutAsync).RequireAuthorization(Policies.InBrowser).WithSummary("Sign out");
        sessions.MapDelete("/others", RevokeOthersAsync).RequireAuthorization(Policies.InBrowser).WithSummary("End all your other sessions");
        sessions.MapDelete("/{id:guid}", RevokeAsync).RequireAuthorization(Policies.InBrowser).WithSummary("End one of your sessions");
        app.MapPost("/sign-out", LeaveAsync).RequireAuthorization(Policies.SignedIn).ExcludeFromDescription();
    }

    private static async Task<Results<Ok<MeEndpoints.Me>, ProblemHttpResult>> SignInAsync(
        SignIn.Request request, Visitor visitor, HttpContext http, UserManager<User> users, AppDb db, TimeProvider clock, CancellationToken ct)
    {
        var started = await SignIn.RunAsync(request, visitor, users, db, clock, ct);
        if (started.Value is not { } session)
        {
            return started.Problem!.ToHttp();
        }

        SessionCookie.Write(http, session.Key);
        return TypedResults.Ok(await MeEndpoints.ReadAsync(session.UserId, db, ct));
    }

    private static async Task<Ok<List<Listed>>> ListAsync(CurrentUser user, HttpContext http, AppDb db, TimeProvider clock, CancellationToken ct)
    {
        var current = http.User.SessionId;
        var sessions = await db.Sessions.Of(user.Id).OpenAt(clock.GetUtcNow()).OrderByDescending(s => s.LastSeenAt).ToListAsync(ct);
        return TypedResults.Ok(sessions.ConvertAll(s => new Listed(s.Id, s.Device, s.Ip?.ToString(), s.CreatedAt, s.LastSeenAt, s.Id == current)));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> SignOutAsync(
        CurrentUser user, Visitor visitor, HttpContext http, AppDb db, Credentials credentials, CancellationToken ct)
    {
        SessionCookie.Remove(http);
        return (await EndSessions.SignOutAsync(http.User.SessionId!.Value, user, visitor, db, credentials, ct)).ToNoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeOthersAsync(
        CurrentUser user, Visitor visitor, HttpContext http, AppDb db, Credentials credentials, CancellationToken ct) =>
        (await EndSessions.RevokeOthersAsync(http.User.SessionId!.Value, user, visitor, db, credentials, ct)).ToNoContent();

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        Guid id, CurrentUser user, Visitor visitor, AppDb db, Credentials credentials, CancellationToken ct) =>
        (await EndSessions.RevokeAsync(id, user, visitor, db, credentials, ct)).ToNoContent();

    /// <summary>The form is a parameter so that its antiforgery token is checked.</summary>
    private static async Task<RedirectHttpResult> LeaveAsync(
        IFormCollection _, CurrentUser user, Visitor visitor, HttpContext http, AppDb db, Credentials credentials, CancellationToken ct)
    {
        if (http.User.SessionId is { } session)
        {
            await EndSessions.SignOutAsync(session, user, visitor, db, credentials, ct);
        }

        SessionCookie.Remove(http);
        return TypedResults.LocalRedirect("/sign-in");
    }
}
