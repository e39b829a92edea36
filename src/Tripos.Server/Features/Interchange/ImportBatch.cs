using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Interchange;

public enum ImportStatus { Ready, Importing, Done, Failed }

/// <summary>One upload: checked when it came, imported when its author says so.</summary>
public sealed class ImportBatch
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid CreatedBy { get; init; }
    public ImportStatus Status { get; init; }

    /// <summary>What the import would do.</summary>
    public required ImportReport Preview { get; init; }

    /// <summary>What it did; null until it is done.</summary>
    public ImportReport? Result { get; init; }
    public int FilesTotal { get; init; }
    public int FilesDone { get; init; }
    public DateTimeOffset CreatedAt { get; private init; }
    public DateTimeOffset UpdatedAt { get; private init; }

    internal sealed class Table : IEntityTypeConfiguration<ImportBatch>
    {
        public void Configure(EntityTypeBuilder<ImportBatch> builder)
        {
            builder.ToTable("import_batches");
            builder.Property(x => x.Preview).IsJson();
            builder.Property(x => x.Result).IsJson();
            builder.Property(x => x.CreatedAt).ValueGeneratedOnAdd();
            builder.Property(x => x.UpdatedAt).ValueGeneratedOnAddOrUpdate();
        }
    }
}

/// <summary>One uploaded file, kept until the import is done.</summary>
public sealed class ImportFile
{
    public required Guid BatchId { get; init; }

    /// <summary>1 is the first.</summary>
    public required int Position { get; init; }
    public required string Name { get; init; }
    public required byte[] Content { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<ImportFile>
    {
        public void Configure(EntityTypeBuilder<ImportFile> builder) => builder.ToTable("import_files").HasKey(x => new { x.BatchId, x.Position });
    }
}
