using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Catalog;

public enum TestType { Quiz, Test, Exam, Assessment, Mock, Practice }

/// <summary>The rules of a test; an attempt keeps the ones it started with.</summary>
public sealed record TestPolicy
{
    public bool ShuffleQuestions { get; init; }
    public bool ShuffleOptions { get; init; }

    /// <summary>How often one learner may start it; null for as often as they like.</summary>
    public int? AllowedAttempts { get; init; }

    /// <summary>How long after the deadline an answer stamped before it still counts, in ms (a lost network).</summary>
    public int GraceMs { get; init; } = 120_000;

    /// <summary>After submitting, the learner sees the questions again with their own answers.</summary>
    public bool ShowReview { get; init; } = true;

    /// <summary>The review says which answers were right or wrong.</summary>
    public bool ShowCorrectness { get; init; } = true;

    /// <summary>The review shows the right answers.</summary>
    public bool ShowAnswers { get; init; } = true;

    /// <summary>The review shows explanations of questions and options.</summary>
    public bool ShowExplanations { get; init; } = true;

    /// <summary>The learner sees the score.</summary>
    public bool ShowScore { get; init; } = true;

    /// <summary>The scoring profile, see <see cref="Tripos.Scoring.ScoringProfiles"/>; null for points and percent.</summary>
    public string? Profile { get; init; }

    /// <summary>One question after the other, without going back. The page keeps to it; the server keeps only to the parts.</summary>
    public bool Linear { get; init; }

    /// <summary>The parts of the test in order: a section of the slots each, with a clock of its own. Null when the test is one whole.</summary>
    public IReadOnlyList<PartRule>? Parts { get; init; }

    /// <summary>What becomes of answers that no rule can score.</summary>
    public FreeAnswerPolicy FreeAnswers { get; init; }

    /// <summary>Review opens only now or later (UTC), such as when everybody has sat the exam; null for at once.</summary>
    public DateTimeOffset? ReviewOpensAt { get; init; }
}

/// <summary>Who decides the points of free answers.</summary>
public enum FreeAnswerPolicy
{
    /// <summary>Evaluators give estimates that count until a teacher decides.</summary>
    Estimated,

    /// <summary>Only a teacher; what evaluators say is a recommendation to them, and the points stay open until then.</summary>
    Marked,
}

/// <summary>One part of a test: opened by the learner, in order, and closed for good when the next one is opened or its time is up.</summary>
/// <param name="Section">The section of the slots it is made of.</param>
/// <param name="TimeLimitMs">Null when the part has no clock of its own.</param>
public sealed record PartRule(string Section, string Title, long? TimeLimitMs);

/// <summary>A list of questions to be sat under rules: a quiz, test, exam, assessment or mock.</summary>
public sealed class Test
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Title { get; set; }
    public string Description { get; set; } = "";
    public required TestType Type { get; set; }
    public int Version { get; set; } = 1;

    /// <summary>In ms; null when untimed.</summary>
    public long? TimeLimitMs { get; set; }
    public long? WarnBeforeMs { get; set; }
    public float? PassMarkPercent { get; set; }
    public TestPolicy Policy { get; set; } = new();
    public Dictionary<string, JsonElement> Metadata { get; set; } = [];
    public bool IsActive { get; set; } = true;
    public string? SourceFile { get; set; }
    public Guid? CreatedBy { get; init; }
    public DateTimeOffset CreatedAt { get; private init; }
    public DateTimeOffset UpdatedAt { get; private init; }

    internal sealed class Table : IEntityTypeConfiguration<Test>
    {
        public void Configure(EntityTypeBuilder<Test> builder)
        {
            builder.ToTable("tests");
            builder.Property(x => x.Policy).IsJson();
            builder.Property(x => x.Metadata).IsJson();
            builder.Property(x => x.CreatedAt).ValueGeneratedOnAdd();
            builder.Property(x => x.UpdatedAt).ValueGeneratedOnAddOrUpdate();
        }
    }
}

/// <summary>One place in a test: which question, worth how much.</summary>
public sealed class TestSlot
{
    public required Guid TestId { get; init; }

    /// <summary>1 is the first.</summary>
    public required short Position { get; init; }
    public required int QuestionId { get; init; }
    public float Points { get; init; } = 1;
    public string? Section { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<TestSlot>
    {
        public void Configure(EntityTypeBuilder<TestSlot> builder) => builder.ToTable("test_slots").HasKey(x => new { x.TestId, x.Position });
    }
}

/// <summary>What a foreign id means here.</summary>
public sealed class ExternalReference
{
    /// <summary>The format the id comes from, such as <c>exam-json</c>.</summary>
    public required string Source { get; init; }

    /// <summary>What the id is unique in: empty for a test, the exam for a question.</summary>
    public string Scope { get; init; } = "";
    public required string ExternalId { get; init; }
    public Guid? TestId { get; init; }
    public int? QuestionId { get; init; }
    public string? SourceFile { get; set; }
    public DateTimeOffset CreatedAt { get; private init; }
    public DateTimeOffset UpdatedAt { get; private init; }

    internal sealed class Table : IEntityTypeConfiguration<ExternalReference>
    {
        public void Configure(EntityTypeBuilder<ExternalReference> builder)
        {
            builder.ToTable("external_references").HasKey(x => new { x.Source, x.Scope, x.ExternalId });
            builder.Property(x => x.CreatedAt).ValueGeneratedOnAdd();
            builder.Property(x => x.UpdatedAt).ValueGeneratedOnAddOrUpdate();
        }
    }
}
