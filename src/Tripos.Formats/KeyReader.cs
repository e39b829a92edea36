using System.Text.Json;

namespace Tripos.Formats;

/// <summary>Which options of one question are right, as a key file says it.</summary>
/// <param name="Place">Where in the file.</param>
/// <param name="ExamId">Id of the exam in its source; null when the file does not say.</param>
/// <param name="QuestionId">Id of the question in its source.</param>
/// <param name="Correct">Each an option's id, text, letter or index (0 is the first); see <see cref="OptionNames.Find"/>.</param>
public sealed record KeyEntry(string Place, string? ExamId, string QuestionId, IReadOnlyList<string> Correct);

/// <summary>Reads answer keys that come apart from their exam, as CSV or JSON.</summary>
/// <remarks>The format is described in docs/formats/keys.md.</remarks>
public static class KeyReader
{
    /// <summary>The largest file read unless another limit is given: 32 MB.</summary>
    public const long LargestFile = 32L << 20;

    private static readonly string[] QuestionNames = ["questionid", "question", "id", "qid", "q"];
    private static readonly string[] CorrectNames = ["correctoption", "correctoptions", "correct", "correctanswer", "correctanswers", "answer", "answers", "key", "option"];
    private static readonly string[] ExamNames = ["examid", "exam", "testid", "test", "quizid"];

    /// <summary>Reads a key file: JSON when it begins with <c>{</c> or <c>[</c>, else CSV. Bad input gives errors, never an exception.</summary>
    /// <param name="stream">The file; not closed.</param>
    /// <param name="fileName">Its name, for the diagnostics.</param>
    /// <param name="largest">Bytes after which the file is refused.</param>
    /// <param name="ct">Stops the reading.</param>
    public static async Task<ReadResult<IReadOnlyList<KeyEntry>>> ReadAsync(Stream stream, string fileName, long largest = LargestFile, CancellationToken ct = default)
    {
        var problems = new DiagnosticList(fileName);
        byte[]? bytes = await JsonInput.ReadAsync(stream, largest, problems, ct);
        List<KeyEntry> entries = bytes is null ? [] : JsonInput.FirstSign(bytes) is (byte)'{' or (byte)'[' ? FromJson(bytes, problems) : FromCsv(bytes, problems);
        if (!problems.HasErrors && entries.Count == 0)
        {
            problems.Error("", "The file has no keys.", "Write one line per question: question_id,correct_option.");
        }

        return new(problems.HasErrors ? null : entries, problems.All);
    }

    internal static List<KeyEntry> Read(JsonElement root, DiagnosticList problems)
    {
        List<KeyEntry> entries = [];
        if (root.ValueKind == JsonValueKind.Array)
        {
            Rows(root, "", null, entries, problems);
        }
        else if (root.ValueKind == JsonValueKind.Object)
        {
            var fields = new JsonFields(root, "", problems);
            string? exam = fields.Name(200, ExamNames);
            var keys = fields.Find(out string name, "keys", "answers", "answerKey");
            if (keys is { ValueKind: JsonValueKind.Array } list)
            {
                Rows(list, name, exam, entries, problems);
            }
            else
            {
                bool nested = keys is { ValueKind: JsonValueKind.Object };
                Members(nested ? keys!.Value : root, nested ? name : "", exam, entries, problems);
            }
        }

        return entries;
    }

    private static List<KeyEntry> FromJson(byte[] bytes, DiagnosticList problems)
    {
        using var document = JsonInput.Parse(bytes, problems);
        return document is null ? [] : Read(document.RootElement, problems);
    }

    private static void Rows(JsonElement list, string path, string? exam, List<KeyEntry> entries, DiagnosticList problems)
    {
        int index = 0;
        foreach (var row in list.EnumerateArray())
        {
            string place = $"{path}[{index++}]";
            if (row.ValueKind != JsonValueKind.Object)
            {
                problems.Error(place, $"A key is an object; this is {JsonFields.Kind(row)}.", "Write {\"questionId\": …, \"correct\": …}.");
                continue;
            }

            var fields = new JsonFields(row, place, problems);
            string? question = fields.Name(200, QuestionNames);
            var correct = fields.Find(out _, CorrectNames);
            Add(place, fields.Name(200, ExamNames) ?? exam, question, correct, entries, problems);
        }
    }

    private static void Members(JsonElement map, string path, string? exam, List<KeyEntry> entries, DiagnosticList problems)
    {
        foreach (var member in map.EnumerateObject().Where(m => path.Length > 0 || !ExamNames.Contains(m.Name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant())))
        {
            Add(path.Length == 0 ? member.Name : $"{path}.{member.Name}", exam, PlainText.OneLine(member.Name), member.Value, entries, problems);
        }
    }

    private static void Add(string place, string? exam, string? question, JsonElement? correct, List<KeyEntry> entries, DiagnosticList problems)
    {
        if (string.IsNullOrEmpty(question) || correct is not { } value)
        {
            problems.Error(place, string.IsNullOrEmpty(question) ? "The question id is missing." : "The right option is missing.", "Write {\"questionId\": …, \"correct\": …}.");
            return;
        }

        IEnumerable<JsonElement> parts = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [value];
        List<string> names = [];
        foreach (var part in parts)
        {
            if (part.ValueKind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null)
            {
                problems.Error(place, $"An option is named by a text or an index; this is {JsonFields.Kind(part)}.", "Write the id, text, letter or index of the option.");
                return;
            }

            names.Add(JsonFields.TextOf(part, place, problems) ?? "");
        }

        AddEntry(place, exam, question, names, entries, problems);
    }

    private static void AddEntry(string place, string? exam, string question, List<string> names, List<KeyEntry> entries, DiagnosticList problems)
    {
        names.RemoveAll(string.IsNullOrWhiteSpace);
        if (names.Count == 0)
        {
            problems.Error(place, $"No right option is given for question \"{question}\".", "Write its id, text, letter or index.");
        }
        else
        {
            entries.Add(new(place, exam, question, names));
        }
    }

    private static List<KeyEntry> FromCsv(byte[] bytes, DiagnosticList problems)
    {
        string text = DecodeCsv(bytes);
        char delimiter = DelimiterOf(text);
        var rows = CsvRecords.Read(text, delimiter, problems);
        List<KeyEntry> entries = [];
        if (rows.Count == 0 || Columns(rows[0].Fields, problems) is not { } columns)
        {
            return entries;
        }

        foreach (var (line, fields) in rows.Skip(1))
        {
            string Field(int? column) => column < fields.Length ? PlainText.OneLine(fields[column.Value]) : "";
            if (Field(columns.Question) is not { Length: > 0 } question)
            {
                problems.Error($"line {line}", "The question id is missing.", "Write question_id,correct_option.");
                continue;
            }

            string? exam = Field(columns.Exam) is { Length: > 0 } given ? given : null;
            AddEntry($"line {line}", exam, question, [.. Field(columns.Correct).Split('|').Select(PlainText.OneLine)], entries, problems);
        }

        return entries;
    }

    private static (int Question, int Correct, int? Exam)? Columns(string[] header, DiagnosticList problems)
    {
        List<string> names = [.. header.Select(h => string.Concat(h.Where(char.IsAsciiLetter)).ToLowerInvariant())];
        int question = First(names, QuestionNames), correct = First(names, CorrectNames), exam = First(names, ExamNames);
        if (question >= 0 && correct >= 0)
        {
            return (question, correct, exam < 0 ? null : exam);
        }

        problems.Error("line 1", "The first line does not name the columns question_id and correct_option.", "Begin the file with the line: question_id,correct_option");
        return null;
    }

    private static int First(List<string> names, string[] aliases) => aliases.Select(alias => names.IndexOf(alias)).Where(i => i >= 0).DefaultIfEmpty(-1).First();

    private static char DelimiterOf(string text)
    {
        int end = text.IndexOf('\n', StringComparison.Ordinal);
        string header = end < 0 ? text : text[..end];
        return ((char[])[',', ';', '\t']).MaxBy(d => header.Count(c => c == d));
    }

    private static string DecodeCsv(byte[] bytes)
    {
        var text = bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsSpan(3) : bytes.AsSpan();
        return Lines.Decode(text, isFirst: false).ReplaceLineEndings("\n");
    }
}
