using Microsoft.EntityFrameworkCore;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Accounts;

/// <summary>A caller's place in a team, with the team locked: changes to who is in it happen one after the other.</summary>
internal static class TeamMembership
{
    /// <summary>The caller's role, or not found: whoever is not in a team does not learn that it exists.</summary>
    public static async Task<TeamRole?> LockAsync(Guid teamId, CurrentUser user, AppDb db, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"SELECT 1 FROM teams WHERE id = {teamId} FOR UPDATE", ct);
        return await db.TeamMembers.Where(m => m.TeamId == teamId && m.UserId == user.Id).Select(m => (TeamRole?)m.Role).SingleOrDefaultAsync(ct);
    }

    /// <summary>Why somebody with this role may not administer the team, or null.</summary>
    public static Problem? Refuse(TeamRole? role) => role switch
    {
        null => AccountProblems.NotFound,
        TeamRole.Admin => null,
        _ => AccountProblems.TeamAdminsOnly,
    };

    public static Task<bool> HasOtherAdminAsync(Guid teamId, Guid userId, AppDb db, CancellationToken ct) =>
        db.TeamMembers.AnyAsync(m => m.TeamId == teamId && m.UserId != userId && m.Role == TeamRole.Admin, ct);
}
