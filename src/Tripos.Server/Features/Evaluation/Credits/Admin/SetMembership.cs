using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tripos.Server.Features.Accounts;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Evaluation.Credits;

/// <summary>An administrator says how many credits a day somebody is given. A higher level counts at once, a lower one from the next day on.</summary>
public static class SetMembership
{
    /// <param name="Until">When it ends; null for without end. Afterwards the person is a free member.</param>
    public sealed record Membership(MembershipLevel Level, DateTimeOffset? Until = null);

    public static async Task<Membership> ReadAsync(Guid userId, NpgsqlDataSource source, CancellationToken ct) => (await source.QueryAsync(
        "SELECT level, until FROM memberships WHERE user_id = $1", row => new Membership(row.Word<MembershipLevel>(0), row.MaybeTime(1)), ct, userId)).SingleOrDefault() ?? new Membership(MembershipLevel.Free);

    public static async Task<Outcome<Membership>> RunAsync(Guid userId, Membership request, CurrentUser admin, Visitor visitor, AppDb db, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (!Enum.IsDefined(request.Level))
        {
            return AccountProblems.Invalid(("level", "Choose free, pro or premium"));
        }

        if (request.Until <= now)
        {
            return AccountProblems.Invalid(("until", "Choose a day that is still to come, or none"));
        }

        if (!await db.Users.AnyAsync(u => u.Id == userId, ct))
        {
            return AccountProblems.NotFound;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        string level = AppDb.SnakeCase(request.Level.ToString());
        var until = request.Until?.ToUniversalTime();
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO memberships (user_id, level, until, set_by, set_at) VALUES ({userId}, {level}, {until}, {admin.Id}, {now})
            ON CONFLICT (user_id) DO UPDATE SET level = excluded.level, until = excluded.until, set_by = excluded.set_by, set_at = excluded.set_at
            """, ct);
        db.Log(ActivityAction.MembershipChanged, userId, visitor, admin.Id, ("level", level), ("until", until is { } at ? $"{at:u}" : "without end"));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new Membership(request.Level, until);
    }
}
