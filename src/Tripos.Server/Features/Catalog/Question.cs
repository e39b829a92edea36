using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Catalog;

/// <summary>The one lifecycle of everything an author makes.</summary>
public enum ContentStatus { Draft, InReview, Live, Experimental, Retired }

/// <summary>Whether learners may show their answers to others who answered the same question.</summary>
public enum AnswerSharing { On, Off }

/// <summary>Why a version of a question was made.</summary>
public enum VersionReason { Created, Imported, Keyed, Edited, Restored }

/// <summary>Something to be asked; what it says is in its versions.</summary>
public sealed class Question
{
    public int Id { get; private init; }
    public int? TopicId { get; set; }
    public required string Kind { get; set; }
    public short Difficulty { get; set; } = 3;
    public ContentStatus Status { get; set; } = ContentStatus.Live;
    public string[] Tags { get; set; } = [];
    public bool NeedsKey { get; set; }

    /// <summary>Means something for free answers only.</summary>
    public AnswerSharing Sharing { get; set; } = AnswerSharing.On;
    public int? CurrentVersionId { get; set; }

    /// <summary>See <see cref="Questions.QuestionFingerprint.OfContent"/>, of the current version.</summary>
    public required Guid ContentHash { get; set; }

    /// <summary>See <see cref="Questions.QuestionFingerprint.OfPrompt"/>, of the current version.</summary>
    public required Guid PromptHash { get; set; }
    public Guid? CreatedBy { get; init; }
    public DateTimeOffset CreatedAt { get; private init; }
    public DateTimeOffset UpdatedAt { get; private init; }

    internal sealed class Table : IEntityTypeConfiguration<Question>
    {
        public void Configure(EntityTypeBuilder<Question> builder)
        {
            builder.ToTable("questions");
            builder.Property(x => x.CreatedAt).ValueGeneratedOnAdd();
            builder.Property(x => x.UpdatedAt).ValueGeneratedOnAddOrUpdate();
        }
    }
}

/// <summary>What a question said at one time. Immutable; attempts point here.</summary>
public sealed class QuestionVersion
{
    public int Id { get; private init; }
    public required int QuestionId { get; init; }
    public required int Number { get; init; }
    public required string Kind { get; init; }

    /// <summary>The body as JSON; read it with <see cref="Questions.QuestionKind.ReadBody"/>.</summary>
    public required string Body { get; init; }
    public bool NeedsKey { get; init; }

    /// <summary>Scalar members of an imported question that Tripos has no column for, kept as they came.</summary>
    public Dictionary<string, JsonElement> Metadata { get; init; } = [];
    public string? OriginalId { get; init; }
    public int? OriginalNumber { get; init; }
    public string? SourceFile { get; init; }
    public string? SourceExamExternalId { get; init; }
    public VersionReason Reason { get; init; }
    public Guid? CreatedBy { get; init; }
    public DateTimeOffset CreatedAt { get; private init; }

    internal sealed class Table : IEntityTypeConfiguration<QuestionVersion>
    {
        public void Configure(EntityTypeBuilder<QuestionVersion> builder)
        {
            builder.ToTable("question_versions");
            builder.Property(x => x.Body).HasColumnType("jsonb");
            builder.Property(x => x.Metadata).IsJson();
            builder.Property(x => x.CreatedAt).ValueGeneratedOnAdd();
        }
    }
}

/// <summary>A question somebody wants to find again.</summary>
public sealed class Bookmark
{
    public required Guid UserId { get; init; }
    public required int QuestionId { get; init; }
    public DateTimeOffset CreatedAt { get; private init; }

    internal sealed class Table : IEntityTypeConfiguration<Bookmark>
    {
        public void Configure(EntityTypeBuilder<Bookmark> builder)
        {
            builder.ToTable("bookmarks").HasKey(x => new { x.UserId, x.QuestionId });
            builder.Property(x => x.CreatedAt).ValueGeneratedOnAdd();
        }
    }
}
