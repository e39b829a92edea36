using System.Security.Claims;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Accounts;

/// <summary>The nouns and adjectives of accounts; every other feature asks in these words.</summary>
public static class AccountQueries
{
    extension(AppDb db)
    {
        public IQueryable<User> Users => db.Set<User>();
        public IQueryable<UserRole> UserRoles => db.Set<UserRole>();
        public IQueryable<Session> Sessions => db.Set<Session>();
        public IQueryable<ApiToken> ApiTokens => db.Set<ApiToken>();
        public IQueryable<Profile> Profiles => db.Set<Profile>();
        public IQueryable<Preferences> Preferences => db.Set<Preferences>();
        public IQueryable<Team> Teams => db.Set<Team>();
        public IQueryable<TeamMember> TeamMembers => db.Set<TeamMember>();
        public IQueryable<TeamInvitation> TeamInvitations => db.Set<TeamInvitation>();
        public IQueryable<ActivityEntry> ActivityLog => db.Set<ActivityEntry>();
    }

    extension(IQueryable<User> users)
    {
        /// <summary>People who can sign in.</summary>
        public IQueryable<User> Enabled => users.Where(u => u.DisabledAt == null);
    }

    extension(IQueryable<Session> sessions)
    {
        public IQueryable<Session> Of(Guid userId) => sessions.Where(s => s.UserId == userId);
        public IQueryable<Session> OpenAt(DateTimeOffset now) => sessions.Where(s => s.ExpiresAt > now);
    }

    extension(IQueryable<ApiToken> tokens)
    {
        public IQueryable<ApiToken> Of(Guid userId) => tokens.Where(t => t.UserId == userId);
    }

    extension(ClaimsPrincipal person)
    {
        /// <summary>The browser session that asks; null for a program with a token.</summary>
        public Guid? SessionId => Guid.TryParse(person.FindFirstValue(ClaimNames.Session), out var id) ? id : null;
    }
}
