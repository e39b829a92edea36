using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Accounts;

/// <summary>Makes a team whose only member and administrator is its maker.</summary>
public static class CreateTeam
{
    public static async Task<Outcome<Team>> RunAsync(string name, CurrentUser user, Visitor visitor, AppDb db, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Trim().Length > Team.LongestName)
        {
            return AccountProblems.Invalid(("name", $"Give the team a name of up to {Team.LongestName} characters"));
        }

        Team team = new() { Name = name.Trim(), CreatedBy = user.Id };
        db.Add(team);
        db.Add(new TeamMember { TeamId = team.Id, UserId = user.Id, Role = TeamRole.Admin });
        db.Log(ActivityAction.TeamCreated, user.Id, visitor, null, ("team", team.Name));
        await db.SaveChangesAsync(ct);
        return team;
    }
}
