using Tripos.Server.Features.Accounts;
using Tripos.Server.Platform;

namespace Tripos.Server.Features.Live;

/// <summary>Every expected failure of classes, rosters and accommodations.</summary>
public static class ClassProblems
{
    public static readonly Problem NotFound = new("class-not-found", 404, "No such class");
    public static readonly Problem NoSuchMember = new("member-not-found", 404, "Nobody with this account or address is in the class");
    public static readonly Problem NoSuchLearner = new("learner-not-found", 404, "No such learner");

    public static readonly Problem Archived = new("class-archived", 409, "This class is archived",
        "It takes no new members and no new sessions. Its teacher can make it active again.");

    public static readonly Problem OwnClass = new("class-own", 409, "This is your own class", "You run it, so you cannot be one of its learners.");

    /// <summary>One answer for a code that never was, was replaced, is switched off or belongs to an archived class: it tells a guesser nothing.</summary>
    public static readonly Problem CodeUnknown = new("join-code-unknown", 404, "No class has this code",
        "Check it with your teacher: the code may have been replaced or switched off, or the class archived.");

    public static readonly Problem TooManyTries = new("too-many-tries", 429, "Too many tries", "Wait a minute, then try again.");

    public static readonly Problem RosterEmpty = new("roster-empty", 400, "There is nobody on this list", "Write one person a line, with their e-mail address: Ada Lovelace, ada@example.org");

    public static Problem RosterTooLong(int lines) => new("roster-too-long", 400, "This list is too long",
        $"It has {lines:N0} lines, and {ImportRoster.MostLines:N0} are taken at a time. Nobody was added; split it.");

    public static Problem Invalid(params IEnumerable<(string Field, string Message)> errors) => AccountProblems.Invalid(errors);
}
