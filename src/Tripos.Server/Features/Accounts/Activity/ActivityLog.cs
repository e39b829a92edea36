using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Accounts;

/// <summary>Something that happened to an account. Written once, never changed, and never holding a secret.</summary>
public sealed class ActivityEntry
{
    public long Id { get; private init; }
    /// <summary>Whose account it happened to; null when nobody was recognised.</summary>
    public Guid? UserId { get; init; }
    /// <summary>Who did it, when that was somebody else.</summary>
    public Guid? ActorId { get; init; }
    /// <summary>One of <see cref="ActivityAction"/>.</summary>
    public required string Action { get; init; }
    public bool IsSecurity { get; init; } = true;
    public IPAddress? Ip { get; init; }
    public string Device { get; init; } = "";
    /// <summary>A few words of context, such as the name of a token.</summary>
    public IReadOnlyDictionary<string, string> Details { get; init; } = new Dictionary<string, string>();
    public DateTimeOffset CreatedAt { get; private init; }

    internal sealed class Table : IEntityTypeConfiguration<ActivityEntry>
    {
        public void Configure(EntityTypeBuilder<ActivityEntry> builder)
        {
            builder.ToTable("activity_log");
            builder.Property(e => e.Details).IsJson();
            builder.Property(e => e.CreatedAt).ValueGeneratedOnAdd();
        }
    }
}

/// <summary>What can be in the log. The words are stored: they never change.</summary>
public static class ActivityAction
{
    public const string AccountCreated = "account-created";
    public const string AccountDisabled = "account-disabled";
    public const string AccountEnabled = "account-enabled";
    public const string SignedIn = "signed-in";
    public const string SignInFailed = "sign-in-failed";
    public const string LockedOut = "locked-out";
    public const string LockoutEnded = "lockout-ended";
    public const string SignedOut = "signed-out";
    public const string SessionRevoked = "session-revoked";
    public const string PasswordChanged = "password-changed";
    public const string PasswordResetAsked = "password-reset-asked";
    public const string PasswordResetLinkMade = "password-reset-link-made";
    public const string PasswordReset = "password-reset";
    public const string RoleChanged = "role-changed";
    public const string TokenCreated = "token-created";
    public const string TokenRevoked = "token-revoked";
    public const string TeamCreated = "team-created";
    public const string TeamJoined = "team-joined";
    public const string TeamLeft = "team-left";
    public const string TeamRoleChanged = "team-role-changed";
    public const string AnswerHidden = "answer-hidden";
    public const string AnswerShownAgain = "answer-shown-again";
    public const string ReportDismissed = "report-dismissed";
    public const string ExtraTimeSet = "extra-time-set";
    public const string ExtraTimeRemoved = "extra-time-removed";
    public const string CreditsGiven = "credits-given";
    public const string CreditsTaken = "credits-taken";
    public const string MembershipChanged = "membership-changed";
    public const string CreditLimitChanged = "credit-limit-changed";

    public static readonly string[] All =
    [
        AccountCreated, AccountDisabled, AccountEnabled, SignedIn, SignInFailed, LockedOut, LockoutEnded, SignedOut, SessionRevoked, PasswordChanged,
        PasswordResetAsked, PasswordResetLinkMade, PasswordReset, RoleChanged, TokenCreated, TokenRevoked, TeamCreated, TeamJoined, TeamLeft, TeamRoleChanged,
        AnswerHidden, AnswerShownAgain, ReportDismissed, ExtraTimeSet, ExtraTimeRemoved, CreditsGiven, CreditsTaken, MembershipChanged, CreditLimitChanged,
    ];
}

/// <summary>Writes the log in the same transaction as what it tells about.</summary>
public static class ActivityLog
{
    extension(AppDb db)
    {
        /// <summary>Adds an entry that the caller's SaveChanges writes.</summary>
        public void Log(string action, Guid? userId, Visitor visitor, Guid? actorId = null, params IEnumerable<(string Key, string Value)> details) =>
            db.Add(new ActivityEntry
            {
                Action = action,
                UserId = userId,
                ActorId = actorId == userId ? null : actorId,
                Ip = visitor.Ip,
                Device = visitor.Device,
                Details = details.ToDictionary(d => d.Key, d => d.Value),
            });
    }

    /// <summary>Writes one entry now.</summary>
    public static Task WriteAsync(AppDb db, string action, Guid? userId, Visitor visitor, CancellationToken ct, Guid? actorId = null)
    {
        db.Log(action, userId, visitor, actorId);
        return db.SaveChangesAsync(ct);
    }
}
