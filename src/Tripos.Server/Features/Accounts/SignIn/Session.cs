using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Tripos.Server.Features.Accounts;

/// <summary>A signed-in browser. Deleting the row signs it out.</summary>
public sealed class Session
{
    /// <summary>A session unused for this long ends.</summary>
    public static readonly TimeSpan IdleLifetime = TimeSpan.FromDays(14);
    /// <summary>However much it is used, a session ends after this long.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);
    /// <summary>How far the time of last use may be behind: writing it on every request would cost more than the request.</summary>
    public static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(5);

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required Guid UserId { get; init; }
    public required byte[] KeyHash { get; init; }
    /// <summary>Browser and system in a few words, such as "Firefox on Linux".</summary>
    public required string Device { get; init; }
    public IPAddress? Ip { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset LastSeenAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    public static Session Start(Guid userId, string secret, Visitor visitor, DateTimeOffset now) => new()
    {
        UserId = userId,
        KeyHash = Secret.Hash(secret),
        Device = visitor.Device,
        Ip = visitor.Ip,
        CreatedAt = now,
        LastSeenAt = now,
        ExpiresAt = now + IdleLifetime,
    };

    internal sealed class Table : IEntityTypeConfiguration<Session>
    {
        public void Configure(EntityTypeBuilder<Session> builder) => builder.ToTable("sessions");
    }
}
