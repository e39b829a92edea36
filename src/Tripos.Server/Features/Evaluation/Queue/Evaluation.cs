using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Npgsql;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Evaluation;

/// <summary>Where an evaluation stands: <c>Held</c> waits for a spending cap to be raised or a new month.</summary>
public enum EvaluationStatus { Waiting, Running, Held, Done, Failed }

/// <summary>What a judged answer is, for prices and reports.</summary>
public enum UsageType { Writing, Speaking, Prompt, Code }

/// <summary>One program judges one answer: the queue, and afterwards the record of it. Prices and costs are in millionths.</summary>
public sealed class Evaluation
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid AttemptId { get; init; }
    public required short Position { get; init; }
    public required Guid LearnerId { get; init; }
    public required int QuestionVersionId { get; init; }
    public string Profile { get; init; } = "";
    public required EvaluatorKind Evaluator { get; init; }
    public required UsageType UsageType { get; init; }
    public Guid? RequestedBy { get; init; }
    public EvaluationStatus Status { get; init; }
    public DateTimeOffset RunAt { get; init; }
    public int Tries { get; init; }
    public DateTimeOffset? LockedUntil { get; init; }
    public string? LastError { get; init; }
    public string? Notice { get; init; }
    public string? Verdict { get; init; }
    public string? ByName { get; init; }
    public int? InputTokens { get; init; }
    public int? OutputTokens { get; init; }
    public long? CostMicros { get; init; }
    public int? ElapsedMs { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? DoneAt { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<Evaluation>
    {
        public void Configure(EntityTypeBuilder<Evaluation> builder)
        {
            builder.ToTable("evaluations");
            builder.Property(x => x.Verdict).HasColumnType("jsonb");
        }
    }
}

/// <summary>An evaluation in the hands of a worker.</summary>
/// <param name="Tries">Counts the takers: who finds another number has lost it.</param>
public sealed record TakenEvaluation(Guid Id, Guid AttemptId, short Position, Guid LearnerId, int VersionId, string Profile, EvaluatorKind Evaluator, UsageType UsageType, Guid? RequestedBy, int Tries)
{
    internal const string Columns = "id, attempt_id, position, learner_id, question_version_id, profile, evaluator, usage_type, requested_by, tries";

    internal static TakenEvaluation Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), row.GetInt16(2), row.GetGuid(3), row.GetInt32(4), row.GetString(5), row.Word<EvaluatorKind>(6), row.Word<UsageType>(7), row.Maybe<Guid?>(8), row.GetInt32(9));
}
