using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Accounts;

/// <summary>
/// Compares a password with the one of an account. Each try is counted before the password is looked at, in one statement, so that
/// guessing in parallel gets no more tries than guessing in turn; an unknown address costs the same time as a wrong password.
/// </summary>
public static class PasswordCheck
{
    public const int AllowedFailures = 5;
    public static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);

    private static readonly User Nobody = new() { DisplayName = "Nobody" };
    private static string? _hashOfNobody;

    /// <summary>The person, or null when the password is wrong or the account cannot be used now.</summary>
    public static async Task<User?> RunAsync(string email, string password, Visitor visitor, UserManager<User> users, AppDb db, TimeProvider clock, CancellationToken ct)
    {
        var user = await CountTryAsync(User.Normalize(email), db, clock, ct);
        var hasher = users.PasswordHasher;
        string stored = user?.PasswordHash ?? (_hashOfNobody ??= hasher.HashPassword(Nobody, Secret.New()));
        var result = hasher.VerifyHashedPassword(user ?? Nobody, stored, password);
        if (user?.PasswordHash is null || result == PasswordVerificationResult.Failed)
        {
            db.Log(ActivityAction.SignInFailed, user?.Id, visitor);
            if (user?.LockoutEnd is not null)
            {
                db.Log(ActivityAction.LockedOut, user.Id, visitor);
            }

            await db.SaveChangesAsync(ct);
            return null;
        }

        string hash = result == PasswordVerificationResult.SuccessRehashNeeded ? hasher.HashPassword(user, password) : user.PasswordHash;
        await db.Users.Where(u => u.Id == user.Id && u.PasswordHash == user.PasswordHash).ExecuteUpdateAsync(set => set
            .SetProperty(u => u.AccessFailedCount, 0).SetProperty(u => u.LockoutEnd, (DateTimeOffset?)null).SetProperty(u => u.PasswordHash, hash), ct);
        return user;
    }

    /// <summary>Takes one of the allowed tries; the last one locks the account, and a right password unlocks it again.</summary>
    private static async Task<User?> CountTryAsync(string normalizedEmail, AppDb db, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var until = now + LockedFor;
        var rows = await db.Set<User>().FromSql($"""
            UPDATE users SET access_failed_count = (access_failed_count + 1) % {AllowedFailures},
                lockout_end = CASE WHEN access_failed_count + 1 >= {AllowedFailures} THEN {until} END
            WHERE normalized_email = {normalizedEmail} AND disabled_at IS NULL AND (lockout_end IS NULL OR lockout_end <= {now})
            RETURNING *
            """).AsNoTracking().ToListAsync(ct);
        return rows.SingleOrDefault();
    }
}
