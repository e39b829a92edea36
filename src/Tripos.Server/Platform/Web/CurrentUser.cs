using System.Security.Claims;

namespace Tripos.Server.Platform.Web;

/// <summary>Who is asking. Endpoints take it as a parameter; it is only ever bound for a signed-in person.</summary>
public sealed record CurrentUser(Guid Id, bool IsAuthor, bool IsTeacher, bool IsModerator, bool IsAdmin)
{
    public static ValueTask<CurrentUser?> BindAsync(HttpContext http) => ValueTask.FromResult(From(http.User));

    public static CurrentUser? From(ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
            ? new CurrentUser(id, principal.IsInRole(Roles.Author), principal.IsInRole(Roles.Teacher), principal.IsInRole(Roles.Moderator), principal.IsInRole(Roles.Admin))
            : null;
}

/// <summary>Role names, as stored and as claimed. Everybody who can sign in is a learner.</summary>
public static class Roles
{
    public const string Learner = "learner";
    public const string Author = "author";
    public const string Teacher = "teacher";
    public const string Moderator = "moderator";
    public const string Admin = "admin";
    public static readonly string[] All = [Learner, Author, Teacher, Moderator, Admin];
}

/// <summary>Claims beside the identifier, the name and the roles of a person.</summary>
public static class ClaimNames
{
    /// <summary>Id of the browser session; absent when a program signed in with a token.</summary>
    public const string Session = "tripos:session";
    /// <summary>"read" or "write"; absent for a browser session.</summary>
    public const string TokenScope = "tripos:scope";
    /// <summary>IANA time zone the person chose to read times in; absent when they go by their device.</summary>
    public const string TimeZone = "zoneinfo";
    public const string Locale = "locale";
}

/// <summary>Names of the authorisation policies; endpoints and pages name one of these, never a role.</summary>
public static class Policies
{
    /// <summary>Any signed-in person.</summary>
    public const string SignedIn = "signed-in";
    /// <summary>Signed in with a browser session: a token may not make tokens or end sessions.</summary>
    public const string InBrowser = "in-browser";
    /// <summary>Writes questions and tests: authors, teachers, administrators.</summary>
    public const string Authors = "authors";
    /// <summary>Sees learners' results: teachers and administrators.</summary>
    public const string Teachers = "teachers";
    public const string Moderators = "moderators";
    /// <summary>Looks after what learners share: moderators, teachers, administrators, and authors where the question is theirs.</summary>
    public const string Curators = "curators";
    public const string Admins = "admins";
}
