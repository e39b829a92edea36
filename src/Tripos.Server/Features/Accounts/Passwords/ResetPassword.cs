using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Accounts;

/// <summary>Sets a new password for whoever holds a reset link, and ends every session of the account.</summary>
public static class ResetPassword
{
    /// <summary>How long a link works.</summary>
    public static readonly TimeSpan LinkLifetime = TimeSpan.FromHours(2);

    public sealed record Request(Guid User, string Code, string NewPassword);

    public static async Task<Outcome<Done>> RunAsync(Request request, Visitor visitor, UserManager<User> users, AppDb db, Credentials credentials, CancellationToken ct)
    {
        var user = await db.Users.Enabled.SingleOrDefaultAsync(u => u.Id == request.User, ct);
        if (user is null || Decode(request.Code) is not { } token)
        {
            return AccountProblems.ResetLinkInvalid;
        }

        if (PasswordRules.Check(request.NewPassword, user) is { } fault)
        {
            return AccountProblems.Invalid(("newPassword", fault));
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var reset = await users.ResetPasswordAsync(user, token, request.NewPassword);
        if (!reset.Succeeded)
        {
            return AccountProblems.ResetLinkInvalid;
        }

        await db.Users.Where(u => u.Id == user.Id).ExecuteUpdateAsync(set => set
            .SetProperty(u => u.AccessFailedCount, 0).SetProperty(u => u.LockoutEnd, (DateTimeOffset?)null), ct);
        await db.Sessions.Of(user.Id).ExecuteDeleteAsync(ct);
        await ActivityLog.WriteAsync(db, ActivityAction.PasswordReset, user.Id, visitor, ct);
        await transaction.CommitAsync(ct);
        credentials.Forget(user.Id);
        return Done.Instance;
    }

    /// <summary>The path and query of a link that lets its holder set the password of this person, once.</summary>
    public static async Task<string> LinkAsync(User user, UserManager<User> users) => $"/reset-password?user={user.Id}&code={await CodeAsync(user, users)}";

    /// <summary>What makes the link work: bound to the person and their current password.</summary>
    public static async Task<string> CodeAsync(User user, UserManager<User> users) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(await users.GeneratePasswordResetTokenAsync(user)));

    private static string? Decode(string code) => Base64Url.IsValid(code) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(code)) : null;
}
