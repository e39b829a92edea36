using Microsoft.EntityFrameworkCore;
using Tripos.Server.Features.Accounts;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Evaluation.Credits;

/// <summary>Says how many credits a team, or the whole server, may use in a month: administrators of the server for any, those of a team for theirs.</summary>
public static class SetCap
{
    public const int Most = 100_000_000;

    /// <param name="Credits">In each calendar month (UTC); 0 stops everything that takes credits.</param>
    public sealed record Request(int Credits);

    /// <param name="teamId">Null for the server.</param>
    public static async Task<Outcome<Done>> RunAsync(Guid? teamId, Request request, CurrentUser user, Visitor visitor, AppDb db, TimeProvider clock, CancellationToken ct)
    {
        if (request.Credits is < 0 or > Most)
        {
            return AccountProblems.Invalid(("credits", $"Enter a whole number from 0 to {Most:N0}"));
        }

        return await ChangeAsync(teamId, $"{request.Credits}", user, visitor, db, () => db.Database.ExecuteSqlAsync($"""
            INSERT INTO credit_caps (team_id, credits, set_by, set_at) VALUES ({teamId}, {request.Credits}, {user.Id}, {clock.GetUtcNow()})
            ON CONFLICT (team_id) DO UPDATE SET credits = excluded.credits, set_by = excluded.set_by, set_at = excluded.set_at
            """, ct), ct);
    }

    /// <summary>Without a cap nothing is held; where there is none, nothing changes.</summary>
    public static Task<Outcome<Done>> RemoveAsync(Guid? teamId, CurrentUser user, Visitor visitor, AppDb db, CancellationToken ct) => ChangeAsync(
        teamId, "none", user, visitor, db, () => db.Database.ExecuteSqlAsync($"DELETE FROM credit_caps WHERE team_id IS NOT DISTINCT FROM {teamId}", ct), ct);

    private static async Task<Outcome<Done>> ChangeAsync(Guid? teamId, string said, CurrentUser user, Visitor visitor, AppDb db, Func<Task<int>> write, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await RefuseAsync(teamId, user, db, ct) is { } refusal)
        {
            return refusal;
        }

        if (await write() > 0)
        {
            db.Log(ActivityAction.CreditLimitChanged, user.Id, visitor, null, ("team", teamId?.ToString() ?? "the whole server"), ("credits", said));
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
        return Done.Instance;
    }

    private static async Task<Problem?> RefuseAsync(Guid? teamId, CurrentUser user, AppDb db, CancellationToken ct)
    {
        if (teamId is not { } team)
        {
            return user.IsAdmin ? null : AccountProblems.NotFound;
        }

        var role = await TeamMembership.LockAsync(team, user, db, ct);
        return user.IsAdmin && await db.Teams.AnyAsync(t => t.Id == team, ct) ? null : TeamMembership.Refuse(role);
    }
}
