using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Accounts;

/// <summary>What an administrator changes about somebody's account. The server always keeps an enabled administrator.</summary>
public static class ManagePerson
{
    private const string AdministratorsLock = "SELECT pg_advisory_xact_lock(hashtext('administrators'))";

    /// <param name="actorId">The administrator; null for the command line.</param>
    public static async Task<Outcome<Done>> SetRolesAsync(Guid id, IReadOnlyList<string> roles, Guid? actorId, Visitor visitor, AppDb db, Credentials credentials, CancellationToken ct)
    {
        string[] wanted = [.. roles.Where(r => r != Roles.Learner).Distinct().Order(StringComparer.Ordinal)];
        if (wanted.Except(Roles.All).FirstOrDefault() is { } unknown)
        {
            return AccountProblems.UnknownRole(unknown);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlRawAsync(AdministratorsLock, ct);
        if (!await db.Users.AnyAsync(u => u.Id == id, ct))
        {
            return AccountProblems.NotFound;
        }

        if (!wanted.Contains(Roles.Admin) && await IsLastAdministratorAsync(id, db, ct))
        {
            return AccountProblems.LastAdministrator;
        }

        await db.UserRoles.Where(r => r.UserId == id && !wanted.Contains(r.Role)).ExecuteDeleteAsync(ct);
        await db.Database.ExecuteSqlAsync($"INSERT INTO user_roles (user_id, role) SELECT {id}, unnest({wanted}) ON CONFLICT DO NOTHING", ct);
        db.Log(ActivityAction.RoleChanged, id, visitor, actorId, ("roles", string.Join(", ", wanted)));
        return await FinishAsync(id, transaction, db, credentials, ct);
    }

    /// <summary>Disabling ends every session and makes tokens useless until the account is enabled again.</summary>
    public static async Task<Outcome<Done>> SetEnabledAsync(Guid id, bool enabled, Guid? actorId, Visitor visitor, AppDb db, Credentials credentials, TimeProvider clock, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlRawAsync(AdministratorsLock, ct);
        if (!enabled && await IsLastAdministratorAsync(id, db, ct))
        {
            return AccountProblems.LastAdministrator;
        }

        DateTimeOffset? disabledAt = enabled ? null : clock.GetUtcNow();
        if (await db.Users.Where(u => u.Id == id).ExecuteUpdateAsync(set => set.SetProperty(u => u.DisabledAt, disabledAt), ct) == 0)
        {
            return AccountProblems.NotFound;
        }

        if (!enabled)
        {
            await db.Sessions.Of(id).ExecuteDeleteAsync(ct);
        }

        db.Log(enabled ? ActivityAction.AccountEnabled : ActivityAction.AccountDisabled, id, visitor, actorId);
        return await FinishAsync(id, transaction, db, credentials, ct);
    }

    public static async Task<Outcome<Done>> EndLockoutAsync(Guid id, Guid? actorId, Visitor visitor, AppDb db, Credentials credentials, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        int changed = await db.Users.Where(u => u.Id == id).ExecuteUpdateAsync(set => set
            .SetProperty(u => u.AccessFailedCount, 0).SetProperty(u => u.LockoutEnd, (DateTimeOffset?)null), ct);
        if (changed == 0)
        {
            return AccountProblems.NotFound;
        }

        db.Log(ActivityAction.LockoutEnded, id, visitor, actorId);
        return await FinishAsync(id, transaction, db, credentials, ct);
    }

    /// <summary>A link to hand over in person, for a server without mail or a person without access to theirs.</summary>
    public static async Task<Outcome<string>> ResetLinkAsync(Guid id, Guid? actorId, Visitor visitor, UserManager<User> users, AppDb db, CancellationToken ct)
    {
        var user = await db.Users.Enabled.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, ct);
        if (user is null)
        {
            return AccountProblems.NotFound;
        }

        await ActivityLog.WriteAsync(db, ActivityAction.PasswordResetLinkMade, id, visitor, ct, actorId);
        return await ResetPassword.LinkAsync(user, users);
    }

    private static async Task<bool> IsLastAdministratorAsync(Guid id, AppDb db, CancellationToken ct)
    {
        var administrators = await (
            from role in db.UserRoles
            join user in db.Users.Enabled on role.UserId equals user.Id
            where role.Role == Roles.Admin
            orderby user.Id
            select user.Id).Take(2).ToListAsync(ct);
        return administrators is [var only] && only == id;
    }

    private static async Task<Outcome<Done>> FinishAsync(Guid id, Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction transaction, AppDb db, Credentials credentials, CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        credentials.Forget(id);
        return Done.Instance;
    }
}
