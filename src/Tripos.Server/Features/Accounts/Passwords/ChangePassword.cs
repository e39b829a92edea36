using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Accounts;

/// <summary>Sets a new password for somebody who knows the old one, and ends their other sessions.</summary>
public static class ChangePassword
{
    public sealed record Request(string CurrentPassword, string NewPassword);

    public static async Task<Outcome<Done>> RunAsync(Request request, Guid? sessionId, CurrentUser caller, Visitor visitor,
        UserManager<User> users, AppDb db, Credentials credentials, TimeProvider clock, CancellationToken ct)
    {
        var user = await db.Users.SingleAsync(u => u.Id == caller.Id, ct);
        if (PasswordRules.Check(request.NewPassword, user) is { } fault)
        {
            return AccountProblems.Invalid(("newPassword", fault));
        }

        // Counted like a sign-in, or an open browser left alone would be a place to guess without end.
        if (await PasswordCheck.RunAsync(user.Email!, request.CurrentPassword, visitor, users, db, clock, ct) is null)
        {
            return AccountProblems.Invalid(("currentPassword", "This is not your current password, or there were too many wrong tries"));
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Entry(user).ReloadAsync(ct); // the check has written to the row
        var changed = await users.ChangePasswordAsync(user, request.CurrentPassword, request.NewPassword);
        if (!changed.Succeeded)
        {
            return AccountProblems.Invalid(changed.Errors.Select(e => ("newPassword", e.Description)));
        }

        await db.Sessions.Of(user.Id).Where(s => s.Id != sessionId).ExecuteDeleteAsync(ct);
        await ActivityLog.WriteAsync(db, ActivityAction.PasswordChanged, user.Id, visitor, ct);
        await transaction.CommitAsync(ct);
        credentials.Forget(user.Id);
        return Done.Instance;
    }
}
