using System.Globalization;
using System.Text.RegularExpressions;
using Tripos.Questions;

namespace Tripos.Server.Features.Authoring;

/// <summary>What the author pressed: the name and value <c>do</c> of a button. Rows are added, removed and moved on the server, so that it works without script.</summary>
public static partial class EditorAction
{
    public const string Save = "save";
    public const string Preview = "preview";
    public const string UseRubric = "use-rubric";

    /// <summary>Changes rows as a button says; buttons that change no rows do nothing here.</summary>
    /// <returns>The field to go on in; null when no rows were changed.</returns>
    public static string? Apply(string pressed, EditorForm form, QuestionKind kind)
    {
        if (Row().Match(pressed) is not { Success: true } match)
        {
            return null;
        }

        var editor = InteractionEditors.Of(kind);
        string list = match.Groups["list"].Value;
        int row = match.Groups["row"].Success ? int.Parse(match.Groups["row"].ValueSpan, CultureInfo.InvariantCulture) : form.Rows(list);
        switch (match.Groups["verb"].Value)
        {
            case "add":
                form.AddRow(list, editor.NewRow(form, list));
                break;
            case "remove":
                form.RemoveRow(list, row);
                row = Math.Max(0, Math.Min(row, form.Rows(list) - 1));
                break;
            case "up":
                form.Swap(list, row, row - 1);
                row = Math.Max(0, row - 1);
                break;
            default:
                form.Swap(list, row, row + 1);
                row = Math.Min(row + 1, form.Rows(list) - 1);
                break;
        }

        return $"{list}[{row}]";
    }

    [GeneratedRegex(@"^(?:(?<verb>add):(?<list>[a-zA-Z]{1,20})|(?<verb>remove|up|down):(?<list>[a-zA-Z]{1,20})\[(?<row>\d{1,4})\])$")]
    private static partial Regex Row();
}
