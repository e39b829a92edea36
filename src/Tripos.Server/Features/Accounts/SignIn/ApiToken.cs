using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Tripos.Server.Features.Accounts;

/// <summary>What a program holding the token may do: look, or look and change.</summary>
public enum TokenScope { Read, Write }

/// <summary>A key with which a program acts for its owner, sent as a bearer token. Deleting the row revokes it.</summary>
public sealed class ApiToken
{
    public const int LongestDays = 366;

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required Guid UserId { get; init; }
    /// <summary>What its owner calls it.</summary>
    public required string Name { get; init; }
    public required byte[] SecretHash { get; init; }
    public required TokenScope Scope { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>Null until it is used; up to five minutes behind.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<ApiToken>
    {
        public void Configure(EntityTypeBuilder<ApiToken> builder) => builder.ToTable("api_tokens");
    }
}
