using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tripos.Scoring;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Attempts;

public enum AttemptStatus { Created, Ready, InProgress, Paused, Submitted, Graded, Abandoned, Voided }

public enum SubmitType { Manual, TimeExpired, Forced, Abandoned }

/// <summary>The rules an attempt started under; a later change of the test does not touch them.</summary>
/// <param name="Parts">Where the items of each part stand; null for an attempt that is one whole.</param>
/// <param name="Stepwise">Its items are added one by one while the learner works; see <see cref="AppendItem"/>.</param>
public sealed record AttemptRules(TestPolicy Test, long? TimeLimitMs, long? WarnBeforeMs, float? PassMarkPercent, IReadOnlyList<AttemptPart>? Parts = null, bool Stepwise = false)
{
    [JsonIgnore]
    public ScoringProfile Profile => ScoringProfiles.Find(Test.Profile);
}

/// <summary>One part of an attempt.</summary>
/// <param name="Number">1 is the first.</param>
/// <param name="First">Position of its first item.</param>
/// <param name="Last">Position of its last item.</param>
public sealed record AttemptPart(short Number, string Title, short First, short Last, long? TimeLimitMs)
{
    [JsonIgnore]
    public int ItemCount => Last - First + 1;
}

/// <summary>How a list without a test was drawn.</summary>
/// <param name="TopicIds">Empty where it was drawn by kinds.</param>
/// <param name="Kinds">How many of each kind, in order; null where it was drawn from topics.</param>
public sealed record Blueprint(int[] TopicIds, int? Difficulty, int Count, long Seed, IReadOnlyList<KindCount>? Kinds = null);

/// <param name="Section">The part the items belong to; null for none.</param>
public sealed record KindCount(string Kind, int Count, string? Section = null);

/// <summary>One learner working through one list of questions, in any mode.</summary>
public sealed class Attempt
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid LearnerId { get; init; }
    public Guid? TestId { get; init; }
    public int? TestVersion { get; init; }

    /// <summary>1 for the learner's first attempt at this test.</summary>
    public int Number { get; init; } = 1;
    public required string Title { get; init; }
    public required AttemptMode Mode { get; init; }
    public required AttemptStatus Status { get; set; }
    public required AttemptRules Policy { get; init; }
    public Blueprint? Blueprint { get; init; }

    /// <summary>Orders questions and options; the same on every reload.</summary>
    public required long Seed { get; init; }
    public Guid? SessionId { get; init; }
    public DateTimeOffset? ScheduledFor { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the clock runs out; null when untimed.</summary>
    public DateTimeOffset? DeadlineAt { get; init; }

    /// <summary>Until when an answer stamped before the deadline may still arrive.</summary>
    public DateTimeOffset? LateUntil { get; init; }

    /// <summary>Since when it is paused; null while it goes on.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>All earlier pauses together; they do not count as time spent.</summary>
    public long PausedMs { get; init; }

    /// <summary>The accommodation it started under; already in the deadline and in the parts of <see cref="Policy"/>.</summary>
    public TimeAllowance? Allowance { get; init; }
    public DateTimeOffset? SubmittedAt { get; init; }
    public SubmitType? SubmitType { get; init; }
    public long? DurationMs { get; init; }
    public short ItemCount { get; init; }
    public short? AnsweredCount { get; init; }
    public float? Points { get; init; }
    public float? PointsMax { get; init; }

    /// <summary>Of <see cref="PointsMax"/>, what nobody has decided yet; the percent is of the rest.</summary>
    public float PointsOpen { get; init; }
    public float? Percent { get; init; }
    public bool? Passed { get; init; }

    // Scaled scores of profiles that have them (10-90 for PTE); null for percentage results.
    public short? Overall { get; init; }
    public short? Speaking { get; init; }
    public short? Writing { get; init; }
    public short? Reading { get; init; }
    public short? Listening { get; init; }
    public short? Pronunciation { get; init; }
    public short? Fluency { get; init; }
    public short? Content { get; init; }
    public short? Grammar { get; init; }
    public short? Spelling { get; init; }
    public short? Vocabulary { get; init; }
    public short? Discourse { get; init; }

    /// <summary>Name of the profile the scaled scores are estimates of.</summary>
    public string? Profile { get; init; }

    /// <summary>The part that is open, 0 before the first; null for an attempt without parts.</summary>
    public short? Part { get; init; }
    public short? PartFirst { get; init; }
    public short? PartLast { get; init; }
    public DateTimeOffset? PartStartedAt { get; init; }
    public DateTimeOffset? PartDeadlineAt { get; init; }

    /// <summary>How many results this attempt has had; the latest is the one in these columns.</summary>
    public int GradeRevision { get; init; }
    public string Scores { get; init; } = "{}";

    internal sealed class Table : IEntityTypeConfiguration<Attempt>
    {
        public void Configure(EntityTypeBuilder<Attempt> builder)
        {
            builder.ToTable("attempts");
            builder.Property(x => x.Policy).IsJson();
            builder.Property(x => x.Blueprint).IsJson();
            builder.Property(x => x.Allowance).IsJson();
            builder.Property(x => x.Scores).HasColumnType("jsonb");
        }
    }
}

/// <summary>One item presented in an attempt, and the learner's latest response to it.</summary>
public sealed class Answer
{
    public required Guid AttemptId { get; init; }

    /// <summary>1 is the first question of the attempt.</summary>
    public required short Position { get; init; }

    /// <summary>What the learner sees, pinned at the start.</summary>
    public required int QuestionVersionId { get; init; }
    public int? TopicId { get; init; }
    public string? Section { get; init; }
    public float PointsMax { get; init; } = 1;
    public string? Response { get; init; }

    /// <summary>Number of the last accepted change; 0 = never answered.</summary>
    public int Sequence { get; init; }
    public string? Device { get; init; }
    public long? ElapsedMs { get; init; }

    /// <summary>1 (a guess) to 5 (certain).</summary>
    public short? Confidence { get; init; }
    public bool Flagged { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }
    public DateTimeOffset? ChangedAt { get; init; }
    public float? Points { get; init; }

    /// <summary>Points no rule can decide and nobody has evaluated yet.</summary>
    public float PointsOpen { get; init; }
    public bool? Correct { get; init; }
    public int? GradedVersionId { get; init; }

    /// <summary>When the learner was shown the right answer; from then on the answer stays as it is.</summary>
    public DateTimeOffset? CheckedAt { get; init; }
    public string? Traits { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<Answer>
    {
        public void Configure(EntityTypeBuilder<Answer> builder)
        {
            builder.ToTable("answers").HasKey(x => new { x.AttemptId, x.Position });
            builder.Property(x => x.Response).HasColumnType("jsonb");
            builder.Property(x => x.Traits).HasColumnType("jsonb");
        }
    }
}
