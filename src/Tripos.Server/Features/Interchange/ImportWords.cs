using Tripos.Formats;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Interchange;

/// <summary>Imports in plain words.</summary>
internal static class ImportWords
{
    public static string Of(ImportStatus status) => status switch
    {
        ImportStatus.Ready => "checked, not imported",
        ImportStatus.Importing => "importing",
        ImportStatus.Done => "imported",
        _ => "cut short",
    };

    public static string Tone(ImportStatus status) => status switch
    {
        ImportStatus.Done => "good",
        ImportStatus.Failed => "bad",
        ImportStatus.Ready => "warn",
        _ => "info",
    };

    public static string Of(ImportedKind kind) => kind switch
    {
        ImportedKind.Exam => "exam",
        ImportedKind.Trivia => "trivia",
        ImportedKind.Keys => "answer key",
        _ => "not recognised",
    };

    /// <summary>What became, or will become, of one file.</summary>
    public static string Of(ImportedFile file, bool done)
    {
        if (file.Failed)
        {
            return done ? "nothing imported" : "cannot be imported";
        }

        List<string> parts = [];
        void Add(int number, string one, string many)
        {
            if (number > 0)
            {
                parts.Add(Words.Count(number, one, many));
            }
        }

        Add(file.Questions, "new or changed question", "new or changed questions");
        Add(file.KeysSet, "key", "keys");
        Add(file.Unchanged, "unchanged", "unchanged");
        Add(file.Skipped, "skipped", "skipped");
        return parts.Count == 0 ? "nothing to do" : string.Join(", ", parts);
    }

    public static string Of(Severity severity, bool fileFailed) => severity switch
    {
        Severity.Error => fileFailed ? "error" : "skipped",
        Severity.Warning => "warning",
        _ => "note",
    };

    public static string Tone(Severity severity) => severity switch { Severity.Error => "bad", Severity.Warning => "warn", _ => "info" };
}
