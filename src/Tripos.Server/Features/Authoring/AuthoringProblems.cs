using Tripos.Server.Platform;

namespace Tripos.Server.Features.Authoring;

/// <summary>Every expected failure of the question bank and its editor.</summary>
public static class AuthoringProblems
{
    public static readonly Problem QuestionNotFound = new("question-not-found", 404, "No such question");
    public static readonly Problem VersionNotFound = new("version-not-found", 404, "No such version", "The question has no version with this number.");
    public static readonly Problem NoneChosen = new("no-questions-chosen", 400, "No question is chosen", "Tick the questions you want to change.");
    public static readonly Problem ChangeNotFound = new("change-not-found", 404, "No such change");
    public static readonly Problem AlreadyUndone = new("change-already-undone", 409, "This change was undone before", "The questions are as they were.");

    public static Problem TooManyChosen(int most) => new("too-many-questions-chosen", 400, "Too many questions are chosen", $"At most {most} questions can be changed at once.");

    public static Problem BadValue(string remedy) => new("change-value-missing", 400, "Nothing says what to change the questions to", remedy);
}
