using Microsoft.EntityFrameworkCore;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Accounts;

/// <summary>Changes the role of a member, or ends a membership. A team always keeps an administrator while anybody is in it.</summary>
public static class ChangeTeamMember
{
    public static async Task<Outcome<Done>> SetRoleAsync(Guid teamId, Guid memberId, TeamRole role, CurrentUser user, Visitor visitor, AppDb db, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (TeamMembership.Refuse(await TeamMembership.LockAsync(teamId, user, db, ct)) is { } refusal)
        {
            return refusal;
        }

        if (role != TeamRole.Admin && !await TeamMembership.HasOtherAdminAsync(teamId, memberId, db, ct))
        {
            return AccountProblems.LastTeamAdmin;
        }

        int changed = await db.TeamMembers.Where(m => m.TeamId == teamId && m.UserId == memberId).ExecuteUpdateAsync(set => set.SetProperty(m => m.Role, role), ct);
        if (changed == 0)
        {
            return AccountProblems.NotFound;
        }

        db.Log(ActivityAction.TeamRoleChanged, memberId, visitor, user.Id, ("team", teamId.ToString()), ("role", AppDb.SnakeCase(role.ToString())));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Done.Instance;
    }

    /// <summary>Leaves the team, or removes somebody else from it. The last person to leave takes the team away.</summary>
    public static async Task<Outcome<Done>> RemoveAsync(Guid teamId, Guid memberId, CurrentUser user, Visitor visitor, AppDb db, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var myRole = await TeamMembership.LockAsync(teamId, user, db, ct);
        if (memberId != user.Id || myRole is null)
        {
            if (TeamMembership.Refuse(myRole) is { } refusal)
            {
                return refusal;
            }
        }

        bool othersRemain = await db.TeamMembers.AnyAsync(m => m.TeamId == teamId && m.UserId != memberId, ct);
        if (othersRemain && !await TeamMembership.HasOtherAdminAsync(teamId, memberId, db, ct))
        {
            return AccountProblems.LastTeamAdmin;
        }

        if (await db.TeamMembers.Where(m => m.TeamId == teamId && m.UserId == memberId).ExecuteDeleteAsync(ct) == 0)
        {
            return AccountProblems.NotFound;
        }

        if (!othersRemain)
        {
            await db.Teams.Where(t => t.Id == teamId).ExecuteDeleteAsync(ct);
        }

        db.Log(ActivityAction.TeamLeft, memberId, visitor, user.Id, ("team", teamId.ToString()));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Done.Instance;
    }
}
