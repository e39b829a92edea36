using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Accounts;

/// <summary>Starts a session for whoever knows the password.</summary>
public static class SignIn
{
    public sealed record Request([Required, MaxLength(254)] string Email, [Required, MaxLength(200)] string Password);

    /// <param name="Key">Goes into the cookie and nowhere else.</param>
    public sealed record Started(Guid UserId, Guid SessionId, string Key);

    public static async Task<Outcome<Started>> RunAsync(Request request, Visitor visitor, UserManager<User> users, AppDb db, TimeProvider clock, CancellationToken ct)
    {
        var user = await PasswordCheck.RunAsync(request.Email, request.Password, visitor, users, db, clock, ct);
        return user is null ? AccountProblems.SignInRefused : await StartAsync(user.Id, visitor, db, clock, ct);
    }

    /// <summary>Starts a session for somebody who has just proved who they are.</summary>
    public static async Task<Started> StartAsync(Guid userId, Visitor visitor, AppDb db, TimeProvider clock, CancellationToken ct)
    {
        string key = Secret.New();
        var session = Session.Start(userId, key, visitor, clock.GetUtcNow());
        db.Add(session);
        db.Log(ActivityAction.SignedIn, userId, visitor);
        await db.SaveChangesAsync(ct);
        return new(userId, session.Id, key);
    }
}
