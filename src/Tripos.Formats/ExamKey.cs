using System.Text.Json;
using Tripos.Questions;

namespace Tripos.Formats;

/// <summary>Finds out which options are right, from marks on the options or from a member of the question.</summary>
internal static class ExamKey
{
    /// <summary>Ids of the right options in the order of the options; empty when the file gives no key.</summary>
    public static string[] Read(JsonFields question, string path, ExamOptions options, DiagnosticList problems)
    {
        var stated = Stated(question, options, problems);
        if (stated is null)
        {
            return [.. options.Marked ?? []];
        }

        if (options.Marked is { Count: > 0 } marked && !stated.SetEquals(marked))
        {
            problems.Error(path, "The question and its options name different right answers.", "Keep the key in one of the two places.");
        }

        return [.. options.All.Select(o => o.Id).Where(stated.Contains)];
    }

    private static HashSet<string>? Stated(JsonFields question, ExamOptions options, DiagnosticList problems)
    {
        if (question.Find(out string name, "correct", "correctAnswer", "correctAnswers", "correctOption", "correctOptions", "correctIndex", "answer", "answerKey", "key") is not { } value)
        {
            return null;
        }

        IEnumerable<JsonElement> parts = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [value];
        HashSet<string> ids = new(StringComparer.Ordinal);
        foreach (var part in parts)
        {
            if (part.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(JsonFields.TextOf(part, question.At(name), problems)))
            {
                continue;
            }

            if (Resolve(part, options, question.At(name), problems) is { } id)
            {
                ids.Add(id);
            }
            else
            {
                problems.Error(question.At(name), $"{JsonFields.Shown(part.GetRawText())} is none of the options.", $"Give an index from 0 to {options.All.Count - 1}, or the id or text of an option.");
            }
        }

        return ids;
    }

    private static string? Resolve(JsonElement part, ExamOptions options, string place, DiagnosticList problems)
    {
        if (part.ValueKind == JsonValueKind.Number)
        {
            // The file's own ids may be numbers: an id is meant only where no option has that index.
            return part.TryGetInt32(out int index) && index >= 0 && index < options.All.Count
                ? options.All[index].Id
                : options.HasIds ? options.All.FirstOrDefault(o => o.Id == part.GetRawText())?.Id : null;
        }

        string? text = part.ValueKind == JsonValueKind.String ? JsonFields.TextOf(part, place, problems) : null;
        if (text is null)
        {
            return null;
        }

        int raw = Enumerable.Range(0, options.RawTexts.Count).FirstOrDefault(i => options.RawTexts[i].Trim() == text.Trim(), -1);
        return options.HasIds && options.All.FirstOrDefault(o => o.Id == text.Trim()) is { } byId ? byId.Id
            : raw >= 0 ? options.All[raw].Id
            : OptionNames.Find(options.All, text);
    }
}
