using System.Text.RegularExpressions;

namespace Tripos.Formats;

/// <summary>What the name of an exam file says about the exam.</summary>
public static partial class FileNames
{
    /// <summary>The type of test, from the words in the name: quiz, test, exam, in this order, else assessment.</summary>
    /// <param name="fileName">A name with or without folder and ending.</param>
    /// <returns><c>quiz</c>, <c>test</c>, <c>exam</c> or <c>assessment</c>.</returns>
    public static string TypeOf(string fileName)
    {
        string name = Stem(fileName);
        return name.Contains("quiz", StringComparison.OrdinalIgnoreCase) ? "quiz"
            : TestWord().IsMatch(name) ? "test"
            : name.Contains("exam", StringComparison.OrdinalIgnoreCase) && !ExampleWord().IsMatch(name) ? "exam"
            : "assessment";
    }

    /// <summary>A title for people: the name without folder, ending, dates, version marks and copy marks.</summary>
    /// <param name="fileName">A name with or without folder and ending, such as <c>Module 2 Quiz_v20250714_v1.json</c>.</param>
    /// <returns>For example <c>Module 2 Quiz</c>; the bare name when nothing else would be left.</returns>
    public static string TitleOf(string fileName)
    {
        string stem = PlainText.OneLine(Stem(fileName).Replace('_', ' '));
        string title = stem;
        for (string before = ""; before != title;)
        {
            before = title;
            title = Tail().Replace(title, "").TrimEnd();
        }

        return title.Length > 0 ? title : stem.Length > 0 ? stem : "Untitled";
    }

    /// <summary>A file name that is safe on every system.</summary>
    /// <param name="title">Any title.</param>
    /// <returns>Letters, digits, spaces, dots and hyphens, at most 80 characters, never empty; without an ending.</returns>
    public static string Safe(string title)
    {
        string safe = PlainText.OneLine(Unsafe().Replace(title, " ")).Trim('.', ' ');
        return safe.Length == 0 ? "test" : safe.Length > 80 ? safe[..80].TrimEnd() : safe;
    }

    private static string Stem(string fileName) => Path.GetFileNameWithoutExtension(fileName.Replace('\\', '/'));

    // "latest", "contest" and the like are no tests.
    [GeneratedRegex("(?<!la|con|pro|grea|fas|at)test", RegexOptions.IgnoreCase)]
    private static partial Regex TestWord();

    [GeneratedRegex("^(?:(?!example|exam).)*example(?:(?!exam).)*$", RegexOptions.IgnoreCase)]
    private static partial Regex ExampleWord();

    [GeneratedRegex(@"[ \-]*(?:\(\d+\)|\bcopy|\bv?(?:19|20)\d{2}[-. ]?\d{2}[-. ]?\d{2}|\bv\d+(?:\.\d+)*)$", RegexOptions.IgnoreCase)]
    private static partial Regex Tail();

    [GeneratedRegex(@"[^\p{L}\p{N} .\-]")]
    private static partial Regex Unsafe();
}
