using Microsoft.EntityFrameworkCore;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Accounts;

/// <summary>What the team pages show.</summary>
public static class TeamReading
{
    public sealed record Mine(Guid Id, string Name, TeamRole Role, int Members);

    public sealed record Member(Guid UserId, string Name, TeamRole Role, DateTimeOffset JoinedAt);

    public sealed record Invitation(Guid Id, TeamRole Role, DateTimeOffset ExpiresAt);

    public sealed record View(Guid Id, string Name, TeamRole MyRole, IReadOnlyList<Member> Members, IReadOnlyList<Invitation> Invitations);

    public static Task<List<Mine>> MineAsync(CurrentUser user, AppDb db, CancellationToken ct) =>
        (from member in db.TeamMembers
         join team in db.Teams on member.TeamId equals team.Id
         where member.UserId == user.Id
         orderby team.Name, team.Id
         select new Mine(team.Id, team.Name, member.Role, db.Set<TeamMember>().Count(m => m.TeamId == team.Id))).ToListAsync(ct);

    public static async Task<Outcome<View>> OneAsync(Guid teamId, CurrentUser user, AppDb db, TimeProvider clock, CancellationToken ct)
    {
        var members = await (
            from member in db.TeamMembers
            join person in db.Users on member.UserId equals person.Id
            where member.TeamId == teamId
            orderby person.DisplayName, person.Id
            select new Member(person.Id, person.DisplayName, member.Role, member.JoinedAt)).ToListAsync(ct);
        if (members.Find(m => m.UserId == user.Id) is not { } me)
        {
            return AccountProblems.NotFound;
        }

        var now = clock.GetUtcNow();
        var invitations = me.Role != TeamRole.Admin ? [] : await db.TeamInvitations.Where(i => i.TeamId == teamId && i.ExpiresAt > now)
            .OrderBy(i => i.ExpiresAt).Select(i => new Invitation(i.Id, i.Role, i.ExpiresAt)).ToListAsync(ct);
        string name = await db.Teams.Where(t => t.Id == teamId).Select(t => t.Name).SingleAsync(ct);
        return new View(teamId, name, me.Role, members, invitations);
    }
}
