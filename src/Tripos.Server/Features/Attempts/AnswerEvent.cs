using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Tripos.Server.Features.Attempts;

/// <summary>What became of a change: stored, older than what is stored, after submission, or after the deadline.</summary>
public enum ChangeOutcome { Accepted, Stale, Closed, Late }

/// <summary>One change of an answer as it arrived, accepted or refused. Never changed or removed.</summary>
public sealed class AnswerEvent
{
    public long Id { get; private init; }
    public required Guid AttemptId { get; init; }
    public required short Position { get; init; }
    public required int Sequence { get; init; }
    public required ChangeOutcome Outcome { get; init; }
    public string? Response { get; init; }
    public short? Confidence { get; init; }
    public long? ElapsedMs { get; init; }
    public string? Device { get; init; }

    /// <summary>When the learner answered, by the browser's clock set to the server's.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }
    public DateTimeOffset ReceivedAt { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<AnswerEvent>
    {
        public void Configure(EntityTypeBuilder<AnswerEvent> builder)
        {
            builder.ToTable("answer_events").HasKey(x => new { x.AttemptId, x.Position, x.Id });
            builder.Property(x => x.Id).UseIdentityAlwaysColumn();
            builder.Property(x => x.Response).HasColumnType("jsonb");
        }
    }
}
