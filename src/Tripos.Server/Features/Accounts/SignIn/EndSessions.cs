using Microsoft.EntityFrameworkCore;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Accounts;

/// <summary>Ends sessions: one's own current one, another one of one's own, or all others.</summary>
public static class EndSessions
{
    public static async Task<Outcome<Done>> SignOutAsync(Guid sessionId, CurrentUser user, Visitor visitor, AppDb db, Credentials credentials, CancellationToken ct) =>
        await EndAsync(db.Sessions.Of(user.Id).Where(s => s.Id == sessionId), ActivityAction.SignedOut, user, visitor, db, credentials, ct) == 0
            ? AccountProblems.NotFound
            : Done.Instance;

    public static async Task<Outcome<Done>> RevokeAsync(Guid sessionId, CurrentUser user, Visitor visitor, AppDb db, Credentials credentials, CancellationToken ct) =>
        await EndAsync(db.Sessions.Of(user.Id).Where(s => s.Id == sessionId), ActivityAction.SessionRevoked, user, visitor, db, credentials, ct) == 0
            ? AccountProblems.NotFound
            : Done.Instance;

    /// <summary>Ends every session of the person but the one that asks.</summary>
    public static async Task<Outcome<Done>> RevokeOthersAsync(Guid currentId, CurrentUser user, Visitor visitor, AppDb db, Credentials credentials, CancellationToken ct)
    {
        await EndAsync(db.Sessions.Of(user.Id).Where(s => s.Id != currentId), ActivityAction.SessionRevoked, user, visitor, db, credentials, ct);
        return Done.Instance;
    }

    private static async Task<int> EndAsync(IQueryable<Session> sessions, string action, CurrentUser user, Visitor visitor, AppDb db, Credentials credentials, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        int ended = await sessions.ExecuteDeleteAsync(ct);
        if (ended > 0)
        {
            await ActivityLog.WriteAsync(db, action, user.Id, visitor, ct);
        }

        await transaction.CommitAsync(ct);
        credentials.Forget(user.Id);
        return ended;
    }
}
