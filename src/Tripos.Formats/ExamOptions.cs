using System.Text.Json;
using Tripos.Questions;

namespace Tripos.Formats;

/// <summary>The options of one question as the file lists them, with the key where it stands on the options.</summary>
/// <param name="All">The options; ids unique.</param>
/// <param name="RawTexts">The texts before sanitising: a key may repeat them.</param>
/// <param name="Marked">Ids of options marked right; null when no option says anything about being right.</param>
/// <param name="HasIds">Whether the ids are the file's own.</param>
internal sealed record ExamOptions(IReadOnlyList<Option> All, IReadOnlyList<string> RawTexts, IReadOnlyList<string>? Marked, bool HasIds)
{
    public static ExamOptions? Read(JsonFields question, string path, int most, DiagnosticList problems)
    {
        if (question.Find(out string name, "options", "answers", "choices") is not { } list || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() < 2)
        {
            problems.Error(question.At("options"), "The question has no list of at least two options.", "Write \"options\": [\"…\", \"…\"].");
            return null;
        }

        if (list.GetArrayLength() > most)
        {
            problems.Error(question.At(name), $"The question has {list.GetArrayLength()} options; at most {most} are possible.", "Remove some.");
            return null;
        }

        var rows = list.EnumerateArray().Select((option, i) => Row.Read(option, $"{path}.{name}[{i}]", i, problems)).ToList();
        return rows.Any(row => row is null) ? null : Collect(rows!, $"{path}.{name}", problems);
    }

    /// <summary>a, b, c … z, aa, ab …</summary>
    public static string Letter(int index) => index < 26 ? ((char)('a' + index)).ToString() : Letter(index / 26 - 1) + (char)('a' + index % 26);

    private static ExamOptions? Collect(List<Row> rows, string path, DiagnosticList problems)
    {
        bool hasIds = rows.All(row => row.Id is not null);
        if (!hasIds && rows.Any(row => row.Id is not null))
        {
            problems.Info(path, "Only some of the options have ids: letters are used instead.", "Give every option an id, or none.");
        }

        var options = rows.Select((row, i) => new Option(hasIds ? row.Id! : Letter(i), row.Text, row.Explanation)).ToList();
        if (options.GroupBy(o => o.Id, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } repeated)
        {
            problems.Error(path, $"The option id \"{repeated.Key}\" is used {repeated.Count()} times.", "Give every option of the question its own id, or none.");
            return null;
        }

        if (options.GroupBy(o => o.Text, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } same)
        {
            problems.Warning(path, $"{same.Count()} options read the same: {JsonFields.Shown(HtmlSanitizer.ToText(same.Key))}", "Check the options: learners cannot tell them apart.");
        }

        bool marked = rows.Any(row => row.IsRight is not null);
        return new(options, [.. rows.Select(row => row.RawText)], marked ? [.. options.Where((_, i) => rows[i].IsRight == true).Select(o => o.Id)] : null, hasIds);
    }

    private sealed record Row(string? Id, string Text, string RawText, string? Explanation, bool? IsRight)
    {
        public static Row? Read(JsonElement option, string path, int index, DiagnosticList problems)
        {
            if (option.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
            {
                return Checked(null, JsonFields.TextOf(option, path, problems), null, null, path, problems);
            }

            if (option.ValueKind != JsonValueKind.Object)
            {
                problems.Error(path, $"An option is a text or an object; this is {JsonFields.Kind(option)}.", "Write \"…\" or {\"text\": \"…\"}.");
                return null;
            }

            var fields = new JsonFields(option, path, problems);
            return Checked(
                fields.Name(64, "id", "optionId", "answerId"),
                fields.Text("option", "text", "answer", "label", "value"),
                ExamQuestionReader.Html(fields.Text("explanation", "feedback", "rationale")),
                fields.Flag("correct", "isCorrect"), path, problems);
        }

        private static Row? Checked(string? id, string? text, string? explanation, bool? right, string path, DiagnosticList problems)
        {
            string html = text is null ? "" : HtmlSanitizer.Sanitize(text);
            if (html.Length == 0)
            {
                problems.Error(path, "The option has no text.", "Write what it says, or remove it.");
                return null;
            }

            return new(id, html, text!, explanation, right);
        }
    }
}
