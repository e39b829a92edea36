using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Accounts;

/// <summary>The people of the demo school. Anybody can read their password, so they exist only on one's own machine.</summary>
public static class DemoPeople
{
    public const string Password = "tripos demo school";

    public sealed record Person(string Email, string Name, string About, params string[] Roles);

    public static readonly Person Ada = new("ada@demo.tripos", "Ada Demo", "Learner");
    public static readonly Person Tess = new("tess@demo.tripos", "Tess Demo", "Teacher and author", Roles.Teacher, Roles.Author);
    public static readonly Person Root = new("root@demo.tripos", "Root Demo", "Administrator", Roles.Admin);

    /// <summary>Whom the sign-in page and the start of the server tell about.</summary>
    public static readonly Person[] Shown = [Ada, Tess, Root];

    public static readonly Person[] Classmates =
    [
        .. new[] { "Ben", "Chloe", "Dario", "Emma", "Farid", "Grace", "Hana", "Ivo" }
            .Select(name => new Person($"{name.ToLowerInvariant()}@demo.tripos", $"{name} Demo", "Learner")),
    ];

    /// <summary>Gives each of them an account, unless they have one, and returns their ids by address.</summary>
    public static async Task<IReadOnlyDictionary<string, Guid>> CreateAsync(AppDb db, UserManager<User> users, CancellationToken ct)
    {
        string? hash = null; // one for all: eleven would take longer than the rest of the seed
        var present = await db.Users.Where(u => u.IsDemo).ToDictionaryAsync(u => u.Email!, u => u.Id, ct);
        foreach (var person in Shown.Concat(Classmates).Where(p => !present.ContainsKey(p.Email)))
        {
            User user = new() { Email = person.Email, NormalizedEmail = User.Normalize(person.Email), DisplayName = person.Name, IsDemo = true };
            user.PasswordHash = hash ??= users.PasswordHasher.HashPassword(user, Password);
            db.Add(user);
            db.AddRange(person.Roles.Select(role => new UserRole { UserId = user.Id, Role = role }));
            db.Log(ActivityAction.AccountCreated, user.Id, Visitor.CommandLine);
            present.Add(person.Email, user.Id);
        }

        await db.SaveChangesAsync(ct);
        return present;
    }

    /// <summary>Whether somebody with the published password can sign in: such a server must not be reachable from elsewhere.</summary>
    public static Task<bool> ExistAsync(AppDb db, CancellationToken ct) => db.Users.Enabled.AnyAsync(u => u.IsDemo, ct);
}
