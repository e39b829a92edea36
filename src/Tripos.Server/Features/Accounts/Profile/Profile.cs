using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Tripos.Server.Features.Accounts;

/// <summary>What a person tells about themselves. Without a row the defaults hold.</summary>
public sealed class Profile
{
    public required Guid UserId { get; init; }
    /// <summary>IANA name, such as Europe/Zurich; null for as the browser says.</summary>
    public string? TimeZone { get; set; }
    public string Locale { get; set; } = "en";
    public DateOnly? ExamDate { get; set; }
    /// <summary>The score to reach in the exam, 1 to 100.</summary>
    public short? TargetPercent { get; set; }
    public string Bio { get; set; } = "";
    public DateTimeOffset CreatedAt { get; private init; }
    public DateTimeOffset UpdatedAt { get; private init; }

    internal sealed class Table : IEntityTypeConfiguration<Profile>
    {
        public void Configure(EntityTypeBuilder<Profile> builder)
        {
            builder.ToTable("profiles").HasKey(p => p.UserId);
            builder.Property(p => p.CreatedAt).ValueGeneratedOnAdd();
            builder.Property(p => p.UpdatedAt).ValueGeneratedOnAddOrUpdate();
        }
    }
}
