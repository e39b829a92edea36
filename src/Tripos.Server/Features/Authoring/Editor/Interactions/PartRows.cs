using Tripos.Questions;

namespace Tripos.Server.Features.Authoring;

/// <summary>Parts with an id and a text, as rows.</summary>
internal static class PartRows
{
    /// <param name="plain">The texts have no format.</param>
    public static IReadOnlyList<Part> In(EditorForm form, string list, bool plain = false) =>
        [.. Enumerable.Range(0, form.Rows(list)).Select(row => new Part(form[$"{list}[{row}].id"], plain ? form[$"{list}[{row}].text"].Trim() : form.Rich($"{list}[{row}].text")))];

    public static void Fill(EditorForm form, string list, IEnumerable<Part> parts)
    {
        foreach (var part in parts)
        {
            form.AddRow(list, ("id", part.Id), ("text", part.Text));
        }
    }
}
