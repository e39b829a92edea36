using Microsoft.AspNetCore.Identity;

namespace Tripos.Server.Features.Accounts;

/// <summary>Long is strong: at least ten characters, and not one of the passwords everybody tries first. No rules of composition.</summary>
internal sealed class PasswordRules : IPasswordValidator<User>
{
    public const int Shortest = 10;
    public const int Longest = 200;

    public const string Hint = "At least 10 characters. A few random words are easy to keep and hard to guess.";

    /// <summary>The most common passwords of ten characters and more, and words that name this very place.</summary>
    private static readonly HashSet<string> Common = new(StringComparer.OrdinalIgnoreCase)
    {
        "1234567890", "0123456789", "12345678910", "123456789a", "1234567891", "123123123123", "1111111111", "0000000000", "9876543210", "0987654321",
        "1q2w3e4r5t", "1q2w3e4r5t6y", "1qaz2wsx3edc", "q1w2e3r4t5", "q1w2e3r4t5y6", "qwertyuiop", "qwerty1234", "qwerty12345", "qwerty123456", "qwertyuiop123",
        "asdfghjkl123", "asdfasdfasdf", "zxcvbnm123", "password12", "password123", "password1234", "password12345", "passw0rd123", "p@ssword123", "p@ssw0rd123",
        "passwordpassword", "letmein123", "letmein1234", "iloveyou12", "iloveyou123", "welcome123", "welcome1234", "administrator", "admin12345", "admin123456",
        "changeme123", "football123", "baseball123", "superman123", "dragon1234", "monkey1234", "sunshine123", "princess123", "trustno1trustno1", "abcdefghij",
        "abcdefghijk", "abcd123456", "abc1234567", "abc123456789", "a123456789", "aa12345678", "qazwsxedc123", "michael123", "charlie123", "liverpool123",
        "tripostripos", "tripos1234", "tripos12345", "triposadmin",
    };

    public Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user, string? password) =>
        Task.FromResult(Check(password ?? "", user) is { } fault ? IdentityResult.Failed(new IdentityError { Code = "Password", Description = fault }) : IdentityResult.Success);

    /// <summary>What is wrong with the password, or null.</summary>
    public static string? Check(string password, User user) =>
        password.Length < Shortest ? $"Choose a password of at least {Shortest} characters"
        : password.Length > Longest ? $"Choose a password of at most {Longest} characters"
        : Common.Contains(password) || password.Distinct().Count() < 4 ? "Choose another password: this is one of the first that anybody would try"
        : string.Equals(password, user.Email, StringComparison.OrdinalIgnoreCase) ? "Choose a password that is not your e-mail address"
        : null;
}
