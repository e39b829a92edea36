using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Accounts;

/// <summary>The person who asks, by API.</summary>
internal static class MeEndpoints
{
    public sealed record Me(Guid Id, string Email, string DisplayName, IReadOnlyList<string> Roles);

    public static void Map(IEndpointRouteBuilder app)
    {
        var me = app.MapGroup("/api/me").RequireAuthorization(Policies.SignedIn).WithTags("Me");
        me.MapGet("/", async (CurrentUser user, AppDb db, CancellationToken ct) => TypedResults.Ok(await ReadAsync(user.Id, db, ct))).WithSummary("Who you are");
        me.MapGet("/profile", async (CurrentUser user, AppDb db, CancellationToken ct) => TypedResults.Ok(await SaveProfile.GetAsync(user, db, ct))).WithSummary("Your profile");
        me.MapPut("/profile", SaveProfileAsync).WithSummary("Change your profile");
        me.MapGet("/preferences", async (CurrentUser user, AppDb db, CancellationToken ct) => TypedResults.Ok(await SavePreferences.GetAsync(user, db, ct))).WithSummary("Your preferences");
        me.MapPut("/preferences", SavePreferencesAsync).WithSummary("Change your preferences");
    }

    internal static async Task<Me> ReadAsync(Guid userId, AppDb db, CancellationToken ct)
    {
        var me = await db.Users.Where(u => u.Id == userId).Select(u => new { u.Id, u.Email, u.DisplayName }).SingleAsync(ct);
        var roles = await db.UserRoles.Where(r => r.UserId == userId).OrderBy(r => r.Role).Select(r => r.Role).ToListAsync(ct);
        return new(me.Id, me.Email!, me.DisplayName, [Roles.Learner, .. roles]);
    }

    private static async Task<Results<Ok<SaveProfile.Request>, ProblemHttpResult>> SaveProfileAsync(
        SaveProfile.Request request, CurrentUser user, AppDb db, Credentials credentials, CancellationToken ct) =>
        (await SaveProfile.RunAsync(request, user, db, credentials, ct)).ToHttp();

    private static async Task<Results<Ok<SavePreferences.Request>, ProblemHttpResult>> SavePreferencesAsync(
        SavePreferences.Request request, CurrentUser user, AppDb db, CancellationToken ct) =>
        (await SavePreferences.RunAsync(request, user, db, ct)).ToHttp();
}
