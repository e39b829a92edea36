using System.Globalization;

namespace Tripos.Formats;

/// <summary>What the lines with <c>#</c> on top of a file exported from Anki say. Columns count from 0.</summary>
internal sealed record AnkiHeader(char Separator, bool IsHtml, int? TagsColumn, int? NoteTypeColumn, int? DeckColumn, int? GuidColumn, string NoteType, string Tags, int Lines)
{
    private static readonly Dictionary<string, char> Separators = new(StringComparer.OrdinalIgnoreCase)
    {
        ["tab"] = '\t', ["comma"] = ',', ["semicolon"] = ';', ["space"] = ' ', ["pipe"] = '|', ["colon"] = ':',
    };

    /// <summary>Columns that are no text of the note.</summary>
    public bool IsSpecial(int column) => column == TagsColumn || column == NoteTypeColumn || column == DeckColumn || column == GuidColumn;

    /// <summary>Reads the header; what it does not say is guessed from the first line of notes.</summary>
    public static AnkiHeader Read(string[] lines, DiagnosticList problems)
    {
        int count = lines.TakeWhile(line => line.StartsWith('#') || line.Length == 0).Count();
        var said = new Dictionary<string, (string Value, int Line)>(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < count; i++)
        {
            int colon = lines[i].IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                // A separator may be a space or a tab itself.
                said[lines[i][1..colon].Trim()] = (lines[i][(colon + 1)..].Trim('\r'), i + 1);
            }
        }

        string? Text(string name) => said.TryGetValue(name, out var found) ? found.Value.Trim() : null;
        int? Column(string name) => said.TryGetValue(name, out var found) ? ColumnOf(found.Value, found.Line, problems) : null;
        char separator = said.TryGetValue("separator", out var named) ? SeparatorOf(named.Value, named.Line, problems) : Guess(lines.ElementAtOrDefault(count) ?? "");
        return new(separator, !string.Equals(Text("html"), "false", StringComparison.OrdinalIgnoreCase), Column("tags column"), Column("notetype column"), Column("deck column"), Column("guid column"),
            Text("notetype") ?? "", Text("tags") ?? "", count);
    }

    private static int? ColumnOf(string text, int line, DiagnosticList problems)
    {
        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int column) && column is >= 1 and <= 1000)
        {
            return column - 1;
        }

        problems.Warning($"line {line}", "This is not the number of a column.", "Write a number; 1 is the first column.");
        return null;
    }

    private static char SeparatorOf(string text, int line, DiagnosticList problems)
    {
        if (Separators.TryGetValue(text.Trim(), out char known))
        {
            return known;
        }

        if (text is [var c, ..] && c is not ('"' or '\n'))
        {
            return c;
        }

        problems.Warning($"line {line}", "This separator is not known.", "Write #separator:tab, comma or semicolon; a tab was assumed.");
        return '\t';
    }

    private static char Guess(string line) => line.Contains('\t', StringComparison.Ordinal) ? '\t' : ((char[])[';', ',']).MaxBy(c => line.Count(sign => sign == c));
}
