using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Tripos.Server.Features.Accounts;

public enum TeamRole { Admin, Member, Viewer }

/// <summary>People who work together.</summary>
public sealed class Team
{
    public const int LongestName = 80;

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required string Name { get; set; }
    public Guid? CreatedBy { get; init; }
    public DateTimeOffset CreatedAt { get; private init; }
    public DateTimeOffset UpdatedAt { get; private init; }

    internal sealed class Table : IEntityTypeConfiguration<Team>
    {
        public void Configure(EntityTypeBuilder<Team> builder)
        {
            builder.ToTable("teams");
            builder.Property(t => t.CreatedAt).ValueGeneratedOnAdd();
            builder.Property(t => t.UpdatedAt).ValueGeneratedOnAddOrUpdate();
        }
    }
}

/// <summary>One person's place in one team.</summary>
public sealed class TeamMember
{
    public required Guid TeamId { get; init; }
    public required Guid UserId { get; init; }
    public required TeamRole Role { get; set; }
    public DateTimeOffset JoinedAt { get; private init; }

    internal sealed class Table : IEntityTypeConfiguration<TeamMember>
    {
        public void Configure(EntityTypeBuilder<TeamMember> builder)
        {
            builder.ToTable("team_members").HasKey(m => new { m.TeamId, m.UserId });
            builder.HasOne<Team>().WithMany().HasForeignKey(m => m.TeamId);
            builder.Property(m => m.JoinedAt).ValueGeneratedOnAdd();
        }
    }
}

/// <summary>A link with which whoever holds it joins a team, until it expires or is withdrawn.</summary>
public sealed class TeamInvitation
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required Guid TeamId { get; init; }
    public required byte[] SecretHash { get; init; }
    /// <summary>Member or viewer; administrators are made by hand.</summary>
    public required TeamRole Role { get; init; }
    public Guid? CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<TeamInvitation>
    {
        public void Configure(EntityTypeBuilder<TeamInvitation> builder) => builder.ToTable("team_invitations");
    }
}
