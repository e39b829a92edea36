using Microsoft.EntityFrameworkCore;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Accounts;

/// <summary>Makes, withdraws and accepts the links that let people join a team.</summary>
public static class TeamInvitations
{
    /// <param name="Code">Part of the link; shown this once.</param>
    public sealed record Created(string Code, DateTimeOffset ExpiresAt);

    public sealed record Offer(Guid TeamId, string TeamName, TeamRole Role, bool IsMember);

    public static async Task<Outcome<Created>> CreateAsync(Guid teamId, TeamRole role, CurrentUser user, AppDb db, TimeProvider clock, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (TeamMembership.Refuse(await TeamMembership.LockAsync(teamId, user, db, ct)) is { } refusal)
        {
            return refusal;
        }

        if (role == TeamRole.Admin)
        {
            return AccountProblems.Invalid(("invitedRole", "An invitation is for members or viewers"));
        }

        string code = Secret.New();
        var now = clock.GetUtcNow();
        TeamInvitation invitation = new()
        {
            TeamId = teamId, SecretHash = Secret.Hash(code), Role = role, CreatedBy = user.Id, CreatedAt = now, ExpiresAt = now + TeamInvitation.Lifetime,
        };
        db.Add(invitation);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new Created(code, invitation.ExpiresAt);
    }

    public static async Task<Outcome<Done>> WithdrawAsync(Guid teamId, Guid invitationId, CurrentUser user, AppDb db, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (TeamMembership.Refuse(await TeamMembership.LockAsync(teamId, user, db, ct)) is { } refusal)
        {
            return refusal;
        }

        int withdrawn = await db.TeamInvitations.Where(i => i.TeamId == teamId && i.Id == invitationId).ExecuteDeleteAsync(ct);
        await transaction.CommitAsync(ct);
        return withdrawn == 0 ? AccountProblems.NotFound : Done.Instance;
    }

    /// <summary>What a link offers to the person who opened it.</summary>
    public static async Task<Outcome<Offer>> ReadAsync(string code, CurrentUser user, AppDb db, TimeProvider clock, CancellationToken ct)
    {
        byte[] hash = Secret.Hash(code);
        var now = clock.GetUtcNow();
        var offer = await (
            from invitation in db.TeamInvitations
            join team in db.Teams on invitation.TeamId equals team.Id
            where invitation.SecretHash == hash && invitation.ExpiresAt > now
            select new Offer(team.Id, team.Name, invitation.Role, db.Set<TeamMember>().Any(m => m.TeamId == team.Id && m.UserId == user.Id))).SingleOrDefaultAsync(ct);
        return offer is null ? AccountProblems.InvitationInvalid : offer;
    }

    /// <summary>Joins the team; for somebody who is in it already nothing changes.</summary>
    public static async Task<Outcome<Offer>> AcceptAsync(string code, CurrentUser user, Visitor visitor, AppDb db, TimeProvider clock, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var read = await ReadAsync(code, user, db, clock, ct);
        if (read.Value is not { IsMember: false } offer)
        {
            return read;
        }

        int joined = await db.Database.ExecuteSqlAsync($"""
            INSERT INTO team_members (team_id, user_id, role) VALUES ({offer.TeamId}, {user.Id}, {AppDb.SnakeCase(offer.Role.ToString())}) ON CONFLICT DO NOTHING
            """, ct);
        if (joined > 0)
        {
            await LogAsync(offer, user, visitor, db, ct);
        }

        await transaction.CommitAsync(ct);
        return offer;
    }

    private static Task<int> LogAsync(Offer offer, CurrentUser user, Visitor visitor, AppDb db, CancellationToken ct)
    {
        db.Log(ActivityAction.TeamJoined, user.Id, visitor, null, ("team", offer.TeamName));
        return db.SaveChangesAsync(ct);
    }
}
