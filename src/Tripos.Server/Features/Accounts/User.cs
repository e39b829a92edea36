using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Tripos.Server.Features.Accounts;

/// <summary>A person with an account. The e-mail address is the only name an account signs in with.</summary>
public sealed class User : IdentityUser<Guid>
{
    public User()
    {
        Id = Guid.CreateVersion7();
        SecurityStamp = Guid.NewGuid().ToString("n");
    }

    public required string DisplayName { get; set; }

    /// <summary>Since when the account cannot be used; null while it can.</summary>
    public DateTimeOffset? DisabledAt { get; set; }

    /// <summary>Made with the demo school, with a password anybody can read.</summary>
    public bool IsDemo { get; init; }

    public DateTimeOffset CreatedAt { get; private init; }
    public DateTimeOffset UpdatedAt { get; private init; }

    public override string? UserName { get => Email; set => Email = value; }
    public override string? NormalizedUserName { get => NormalizedEmail; set => NormalizedEmail = value; }
    public override bool LockoutEnabled { get => true; set { } }

    /// <summary>The form in which addresses are compared and stored as the unique name.</summary>
    public static string Normalize(string email) => email.Trim().ToUpperInvariant();

    internal sealed class Table : IEntityTypeConfiguration<User>
    {
        public void Configure(EntityTypeBuilder<User> builder)
        {
            builder.ToTable("users");
            builder.Ignore(u => u.UserName).Ignore(u => u.NormalizedUserName).Ignore(u => u.LockoutEnabled);
            builder.Ignore(u => u.EmailConfirmed).Ignore(u => u.PhoneNumber).Ignore(u => u.PhoneNumberConfirmed).Ignore(u => u.TwoFactorEnabled);
            builder.Property(u => u.Email).IsRequired();
            builder.Property(u => u.NormalizedEmail).IsRequired();
            builder.Property(u => u.SecurityStamp).IsRequired();
            builder.Property(u => u.ConcurrencyStamp).IsRequired().IsConcurrencyToken();
            builder.Property(u => u.CreatedAt).ValueGeneratedOnAdd();
            builder.Property(u => u.UpdatedAt).ValueGeneratedOnAddOrUpdate();
        }
    }
}

/// <summary>Something a person may do beyond learning.</summary>
public sealed class UserRole
{
    public required Guid UserId { get; init; }

    /// <summary>One of <see cref="Platform.Web.Roles"/> other than learner, which everybody is.</summary>
    public required string Role { get; init; }

    public DateTimeOffset CreatedAt { get; private init; }

    internal sealed class Table : IEntityTypeConfiguration<UserRole>
    {
        public void Configure(EntityTypeBuilder<UserRole> builder)
        {
            builder.ToTable("user_roles").HasKey(r => new { r.UserId, r.Role });
            builder.HasOne<User>().WithMany().HasForeignKey(r => r.UserId);
            builder.Property(r => r.CreatedAt).ValueGeneratedOnAdd();
        }
    }
}
