using Tripos.Server.Platform;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Accounts;

/// <summary>Every expected failure of accounts.</summary>
public static class AccountProblems
{
    /// <summary>One answer for an unknown address, a wrong password, a disabled and a locked account: it tells a guesser nothing.</summary>
    public static Problem SignInRefused { get; } = new("sign-in-refused", 401, "E-mail address or password is wrong",
        $"Check both and try again. After {PasswordCheck.AllowedFailures} wrong passwords an account waits {PasswordCheck.LockedFor.TotalMinutes:0} minutes.");

    public static Problem SignUpClosed { get; } = new("sign-up-closed", 403, "Sign-up is closed", "Ask an administrator of this server for an account.");

    public static Problem ResetLinkInvalid { get; } = new("reset-link-invalid", 400, "This link does not work any more",
        "Links work once and for two hours. Ask for a new one.");

    public static Problem SiteAddressMissing { get; } = new("site-address-missing", 503, "This server cannot send links yet",
        "Its administrator has to set Tripos:PublicUrl to the address of the site. Ask an administrator for a link meanwhile.");

    public static Problem NotFound { get; } = new("not-found", 404, "Not found");

    public static Problem InvitationInvalid { get; } = new("invitation-invalid", 410, "This invitation does not work any more",
        "It has expired or was withdrawn. Ask the person who sent it for a new one.");

    public static Problem TeamAdminsOnly { get; } = new("team-admins-only", 403, "Only an administrator of the team can do that");

    public static Problem LastTeamAdmin { get; } = new("last-team-admin", 409, "The team needs an administrator",
        "Make somebody else an administrator of the team first.");

    public static Problem LastAdministrator { get; } = new("last-administrator", 409, "The server needs an administrator",
        "Make somebody else an administrator first.");

    public static Problem UnknownRole(string role) => Invalid(("roles", $"{role} is not a role: choose from {string.Join(", ", Roles.All)}"));

    public static Problem EmailTaken { get; } = Invalid(("email", "There is already an account with this e-mail address"));

    /// <summary>What is wrong in a form, field by field; pages link each message to its field.</summary>
    public static Problem Invalid(params IEnumerable<(string Field, string Message)> errors) =>
        new("invalid", 400, "Check what you entered")
        {
            Facts = new Dictionary<string, object?>
            {
                ["errors"] = errors.GroupBy(e => e.Field).ToDictionary(g => g.Key, g => g.Select(e => e.Message).ToArray()),
            },
        };
}
