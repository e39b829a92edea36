using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Accounts;

/// <summary>Makes an account: for oneself by the sign-up page, for others from the command line.</summary>
public static class SignUp
{
    public sealed record Request(string Email, string DisplayName, string Password);

    /// <summary>Whether anybody may make an account: Accounts:SignUp is open (the default) or closed.</summary>
    public static bool IsOpen(IConfiguration configuration) =>
        !string.Equals(configuration["Accounts:SignUp"], "closed", StringComparison.OrdinalIgnoreCase);

    public static Task<Outcome<User>> RunAsync(Request request, Visitor visitor, UserManager<User> users, AppDb db, IConfiguration configuration, CancellationToken ct) =>
        IsOpen(configuration) ? CreateAsync(request, [], visitor, users, db, ct) : Task.FromResult<Outcome<User>>(AccountProblems.SignUpClosed);

    public static async Task<Outcome<User>> CreateAsync(Request request, IReadOnlyList<string> roles, Visitor visitor, UserManager<User> users, AppDb db, CancellationToken ct, bool isDemo = false)
    {
        User user = new() { Email = request.Email.Trim(), DisplayName = request.DisplayName.Trim(), IsDemo = isDemo };
        var errors = Check(user, request.Password).ToList();
        if (errors.Count > 0)
        {
            return AccountProblems.Invalid(errors);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var created = await users.CreateAsync(user, request.Password);
        if (!created.Succeeded)
        {
            return created.Errors.Any(e => e.Code is nameof(IdentityErrorDescriber.DuplicateEmail) or nameof(IdentityErrorDescriber.DuplicateUserName))
                ? AccountProblems.EmailTaken
                : AccountProblems.Invalid(created.Errors.Select(e => ("email", e.Description)));
        }

        db.AddRange(roles.Where(role => role != Platform.Web.Roles.Learner).Distinct().Select(role => new UserRole { UserId = user.Id, Role = role }));
        await ActivityLog.WriteAsync(db, ActivityAction.AccountCreated, user.Id, visitor, ct);
        await transaction.CommitAsync(ct);
        return user;
    }

    private static IEnumerable<(string Field, string Message)> Check(User user, string password)
    {
        if (user.Email!.Length > 254 || !new EmailAddressAttribute().IsValid(user.Email) || user.Email.Any(char.IsWhiteSpace))
        {
            yield return ("email", "Enter an e-mail address, such as ada@example.org");
        }

        if (user.DisplayName.Length is 0 or > 80)
        {
            yield return ("displayName", "Enter the name others see, up to 80 characters");
        }

        if (PasswordRules.Check(password, user) is { } fault)
        {
            yield return ("password", fault);
        }
    }
}
