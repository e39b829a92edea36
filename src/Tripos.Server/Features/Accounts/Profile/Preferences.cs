using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Accounts;

public enum ThemeChoice { Auto, Light, Dark }

/// <summary>How much work a practice session offers.</summary>
public enum TimeBudget { Short, Standard, Deep }

/// <summary>Which messages a person wants by e-mail.</summary>
public sealed record Notifications(bool ReviewReminders = true, bool SessionReminders = true, bool TeamNews = true);

/// <summary>How a person wants Tripos to look and to choose work. Without a row the defaults hold.</summary>
public sealed class Preferences
{
    public required Guid UserId { get; init; }
    public ThemeChoice Theme { get; set; }
    public string[] Interests { get; set; } = [];
    public string[] Goals { get; set; } = [];
    public TimeBudget TimeBudget { get; set; } = TimeBudget.Standard;
    /// <summary>Prefer questions above the person's level.</summary>
    public bool ChallengeMode { get; set; }
    public int DailyMinutes { get; set; } = 30;
    public Notifications Notifications { get; set; } = new();
    public DateTimeOffset CreatedAt { get; private init; }
    public DateTimeOffset UpdatedAt { get; private init; }

    internal sealed class Table : IEntityTypeConfiguration<Preferences>
    {
        public void Configure(EntityTypeBuilder<Preferences> builder)
        {
            builder.ToTable("preferences").HasKey(p => p.UserId);
            builder.Property(p => p.Notifications).IsJson();
            builder.Property(p => p.CreatedAt).ValueGeneratedOnAdd();
            builder.Property(p => p.UpdatedAt).ValueGeneratedOnAddOrUpdate();
        }
    }
}
