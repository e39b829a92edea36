using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Tripos.Server.Features.Attempts;

public enum RegradeStatus { Committed, Undone }

/// <summary>Graded answers, graded again: to one question under another version of its key, or of whole attempts under another scoring profile.</summary>
public sealed class Regrade
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int? QuestionId { get; init; }

    /// <summary>The version whose key counts now.</summary>
    public int? VersionId { get; init; }
    public string? FromProfile { get; init; }

    /// <summary>The profile that counts now; null where the key changed.</summary>
    public string? ToProfile { get; init; }
    public required string Reason { get; init; }
    public required RegradeStatus Status { get; init; }
    public required Guid CreatedBy { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public Guid? UndoneBy { get; init; }
    public DateTimeOffset? UndoneAt { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<Regrade>
    {
        public void Configure(EntityTypeBuilder<Regrade> builder) => builder.ToTable("regrades");
    }
}

/// <summary>What a regrade did to one answer.</summary>
public sealed class RegradeChange
{
    public required Guid RegradeId { get; init; }
    public required Guid AttemptId { get; init; }
    public required short Position { get; init; }
    public required int FromVersionId { get; init; }
    public required float FromPoints { get; init; }
    public bool? FromCorrect { get; init; }
    public required float ToPoints { get; init; }
    public bool? ToCorrect { get; init; }

    /// <summary>Null where only the key changed, which changes no maximum.</summary>
    public float? FromPointsMax { get; init; }
    public float? ToPointsMax { get; init; }
    public float FromPointsOpen { get; init; }
    public float ToPointsOpen { get; init; }
    public string? FromTraits { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<RegradeChange>
    {
        public void Configure(EntityTypeBuilder<RegradeChange> builder)
        {
            builder.ToTable("regrade_changes").HasKey(x => new { x.RegradeId, x.AttemptId, x.Position });
            builder.Property(x => x.FromTraits).HasColumnType("jsonb");
        }
    }
}

public enum GradeCause { Submission, Regrade, Undo, Profile, Evaluation }

/// <summary>One result an attempt has had; the newest revision is the one that counts.</summary>
public sealed class Grade
{
    public required Guid AttemptId { get; init; }
    public required int Revision { get; init; }
    public required GradeCause Cause { get; init; }
    public Guid? RegradeId { get; init; }
    public required float Points { get; init; }
    public required float PointsMax { get; init; }
    public required float Percent { get; init; }
    public bool? Passed { get; init; }
    public float PointsOpen { get; init; }
    public string? Profile { get; init; }
    public string Scores { get; init; } = "{}";
    public DateTimeOffset GradedAt { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<Grade>
    {
        public void Configure(EntityTypeBuilder<Grade> builder)
        {
            builder.ToTable("grades").HasKey(x => new { x.AttemptId, x.Revision });
            builder.Property(x => x.Scores).HasColumnType("jsonb");
        }
    }
}
