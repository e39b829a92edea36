using Tripos.Server.Platform;

namespace Tripos.Server.Features.Interchange;

/// <summary>Every expected failure of importing, exporting and keying.</summary>
public static class InterchangeProblems
{
    public static readonly Problem QuestionNotFound = new("question-not-found", 404, "No such question");
    public static readonly Problem TestNotFound = new("test-not-found", 404, "No such test");
    public static readonly Problem ImportNotFound = new("import-not-found", 404, "No such import");
    public static readonly Problem NoKeyToSet = new("question-has-no-key", 409, "This kind of question has no options to key");
    public static readonly Problem EmptyKey = new("key-empty", 400, "No option is marked right", "Mark at least one option.");
    public static readonly Problem NothingToImport = new("import-empty", 400, "There is no file to import", "Choose one or more files, or a zip file.");
    public static readonly Problem AlreadyCommitted = new("import-already-committed", 409, "This import was committed before", "Upload the files again to import them again; what is here already stays as it is.");

    public static Problem UnknownOption(string id, IEnumerable<string> known) =>
        new("key-unknown-option", 400, "The key names an option this question does not have", $"There is no option \"{id}\"; the options are {string.Join(", ", known)}.");

    public static Problem TooLarge(long most) => new("import-too-large", 413, "The upload is too large", $"At most {most >> 20} MB can be uploaded at once. Split it, or use the command line.");

    public static Problem TooMany(int most) => new("import-too-many-files", 400, "There are too many files", $"At most {most} files can be uploaded at once. Put them into a zip file.");
}
