using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Tripos.Server.Features.Catalog;

/// <summary>A subject, made of topics.</summary>
public sealed class Module
{
    public int Id { get; private init; }
    public required string Name { get; set; }
    public string Description { get; set; } = "";
    public int DisplayOrder { get; set; }
    public DateTimeOffset CreatedAt { get; private init; }
    public DateTimeOffset UpdatedAt { get; private init; }

    internal sealed class Table : IEntityTypeConfiguration<Module>
    {
        public void Configure(EntityTypeBuilder<Module> builder)
        {
            builder.ToTable("modules");
            builder.Property(x => x.CreatedAt).ValueGeneratedOnAdd();
            builder.Property(x => x.UpdatedAt).ValueGeneratedOnAddOrUpdate();
        }
    }
}

/// <summary>What a question is about; results are broken down by it.</summary>
public sealed class Topic
{
    public int Id { get; private init; }
    public required int ModuleId { get; init; }
    public int? ParentId { get; set; }
    public required string Name { get; set; }
    public string Description { get; set; } = "";
    public int DisplayOrder { get; set; }
    public DateTimeOffset CreatedAt { get; private init; }
    public DateTimeOffset UpdatedAt { get; private init; }

    internal sealed class Table : IEntityTypeConfiguration<Topic>
    {
        public void Configure(EntityTypeBuilder<Topic> builder)
        {
            builder.ToTable("topics");
            builder.Property(x => x.CreatedAt).ValueGeneratedOnAdd();
            builder.Property(x => x.UpdatedAt).ValueGeneratedOnAddOrUpdate();
        }
    }
}
