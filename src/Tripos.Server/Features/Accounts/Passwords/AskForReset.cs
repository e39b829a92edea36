using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Jobs;
using Tripos.Server.Platform.Mail;

namespace Tripos.Server.Features.Accounts;

/// <summary>Mails a reset link, if there is an account; the answer is the same if there is none.</summary>
public static class AskForReset
{
    /// <summary>One mail per account in this time, so that nobody's mailbox can be filled from here.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(2);

    public static async Task<Outcome<Done>> RunAsync(string email, Uri site, Visitor visitor, UserManager<User> users, AppDb db, TimeProvider clock, CancellationToken ct)
    {
        string normalized = User.Normalize(email);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var user = await db.Users.Enabled.AsNoTracking().SingleOrDefaultAsync(u => u.NormalizedEmail == normalized, ct);
        db.Log(ActivityAction.PasswordResetAsked, user?.Id, visitor);
        if (user is not null && !await AskedSince(clock.GetUtcNow() - Pause, user.Id, db, ct))
        {
            string link = new Uri(site, await ResetPassword.LinkAsync(user, users)).AbsoluteUri;
            await MailAsync(user, link, db, ct);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Done.Instance;
    }

    private static Task<bool> AskedSince(DateTimeOffset since, Guid userId, AppDb db, CancellationToken ct) =>
        db.ActivityLog.AnyAsync(e => e.UserId == userId && e.CreatedAt > since && e.Action == ActivityAction.PasswordResetAsked, ct);

    private static Task MailAsync(User user, string link, AppDb db, CancellationToken ct) =>
        db.EnqueueAsync(OutgoingMail.Kind, new OutgoingMail(user.Email!, "Set a new password for Tripos", $"""
            Hello {user.DisplayName},

            somebody, probably you, asked for a new password for your account at Tripos. Set it here within two hours:

            {link}

            If it was not you, there is nothing to do: without the link nobody can change your password.
            """), ct);
}
