using System.Text.Json;

namespace Tripos.Formats;

/// <summary>What a JSON file (or saved web page) turned out to be: exactly one of the two.</summary>
/// <param name="Exam">An exam; null when it is a key file.</param>
/// <param name="Keys">Keys; null when it is an exam.</param>
public sealed record JsonFile(ExamFile? Exam, IReadOnlyList<KeyEntry>? Keys);

/// <summary>Reads a JSON file whose content is not known yet.</summary>
public static class JsonFileReader
{
    /// <summary>Reads an exam, a list of PTE items or a list of keys. Bad input gives errors, never an exception.</summary>
    /// <param name="stream">The file; not closed.</param>
    /// <param name="fileName">Its name.</param>
    /// <param name="largest">Bytes after which the file is refused.</param>
    /// <param name="ct">Stops the reading.</param>
    public static async Task<ReadResult<JsonFile>> ReadAsync(Stream stream, string fileName, long largest = ExamJsonReader.LargestFile, CancellationToken ct = default)
    {
        var problems = new DiagnosticList(fileName);
        byte[]? bytes = await JsonInput.ReadAsync(stream, largest, problems, ct);
        using var document = bytes is null ? null : JsonInput.Parse(bytes, problems);
        if (document is null)
        {
            return new(null, problems.All);
        }

        var file = !PteSeedReader.Recognises(document.RootElement) && LooksLikeKeys(document.RootElement)
            ? new JsonFile(null, KeyReader.Read(document.RootElement, problems))
            : PteSeedReader.Recognises(document.RootElement) ? new JsonFile(PteSeedReader.Read(document.RootElement, problems), null)
            : new JsonFile(ExamJsonReader.Read(document.RootElement, problems), null);
        return new(problems.HasErrors ? null : file, problems.All);
    }

    private static bool LooksLikeKeys(JsonElement root) => root.ValueKind switch
    {
        JsonValueKind.Array => root.GetArrayLength() > 0 && root.EnumerateArray().All(row => row.ValueKind == JsonValueKind.Object && Has(row, "correct", "correct_option", "correctOption", "answer", "key") && !Has(row, "options", "answers")),
        JsonValueKind.Object => !Has(root, "questions", "title", "name") && root.EnumerateObject().Any() && (Has(root, "keys") || root.EnumerateObject().All(IsKeyMember)),
        _ => false,
    };

    private static bool IsKeyMember(JsonProperty member) => member.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number
        || (member.Value.ValueKind == JsonValueKind.Array && member.Value.EnumerateArray().All(part => part.ValueKind is JsonValueKind.String or JsonValueKind.Number));

    private static bool Has(JsonElement row, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (row.TryGetProperty(name, out _))
            {
                return true;
            }
        }

        return false;
    }
}
