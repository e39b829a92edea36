using Tripos.Questions;
using Tripos.Server.Platform;

namespace Tripos.Server.Features.Authoring;

/// <summary>Every expected failure of the question bank and its editor.</summary>
public static class AuthoringProblems
{
    public static readonly Problem QuestionNotFound = new("question-not-found", 404, "No such question");
    public static readonly Problem VersionNotFound = new("version-not-found", 404, "No such version", "The question has no version with this number.");
    public static readonly Problem UnknownKind = new("unknown-kind", 400, "There is no such kind of question", "Choose one of the kinds at /questions/new.");
    public static readonly Problem NoneChosen = new("no-questions-chosen", 400, "No question is chosen", "Tick the questions you want to change.");
    public static readonly Problem ChangeNotFound = new("change-not-found", 404, "No such change");
    public static readonly Problem AlreadyUndone = new("change-already-undone", 409, "This change was undone before", "The questions are as they were.");

    public static Problem TooManyChosen(int most) => new("too-many-questions-chosen", 400, "Too many questions are chosen", $"At most {most} questions can be changed at once.");

    public static Problem BadValue(string remedy) => new("change-value-missing", 400, "Nothing says what to change the questions to", remedy);

    public static Problem Outdated(int number) => new("question-changed", 409, "Somebody saved another version meanwhile",
        $"Version {number} is newer than the one you began with. Look at both below, then save yours as the next version or leave.") { Facts = new Dictionary<string, object?> { ["version"] = number } };

    public static Problem Faulty(IReadOnlyList<BodyFault> faults) => new("question-faulty", 400, "The question is not finished",
        "Mend what is listed, or save it as a draft.") { Facts = new Dictionary<string, object?> { ["faults"] = faults } };
}
