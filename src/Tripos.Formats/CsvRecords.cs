using System.Text;

namespace Tripos.Formats;

/// <summary>Splits CSV text (RFC 4180) into records; fields are trimmed, empty lines left out.</summary>
internal static class CsvRecords
{
    public readonly record struct Row(int Line, string[] Fields);

    /// <summary>The records with the line each begins on; a quote that never ends is an error.</summary>
    public static List<Row> Read(string text, char delimiter, DiagnosticList problems)
    {
        var rows = Read(text, delimiter, out int? open);
        if (open is { } line)
        {
            problems.Error($"line {line}", "A quote opens here and never closes.", "Close it, or double the quote inside the text.");
        }

        return rows;
    }

    /// <summary>The records with the line each begins on.</summary>
    /// <param name="text">Lines end with <c>\n</c>.</param>
    /// <param name="delimiter">What parts the fields.</param>
    /// <param name="open">Where the record begins whose quote never closes, and which has taken the rest of the text; null when all is well.</param>
    public static List<Row> Read(string text, char delimiter, out int? open)
    {
        List<Row> rows = [];
        List<string> fields = [];
        var field = new StringBuilder();
        int line = 1, begin = 1;
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            line += c == '\n' ? 1 : 0;
            if (quoted)
            {
                bool doubled = c == '"' && i + 1 < text.Length && text[i + 1] == '"';
                quoted = c != '"' || doubled;
                i += doubled ? 1 : 0;
                field.Append(quoted ? c.ToString() : "");
            }
            else if (c == '"' && string.IsNullOrWhiteSpace(field.ToString()))
            {
                quoted = true;
                field.Clear();
            }
            else if (c == delimiter || c == '\n')
            {
                End(fields, field);
                if (c == '\n')
                {
                    Finish(rows, fields, begin);
                    begin = line;
                }
            }
            else
            {
                field.Append(c);
            }
        }

        open = quoted ? begin : null;
        End(fields, field);
        Finish(rows, fields, begin);
        return rows;
    }

    private static void End(List<string> fields, StringBuilder field)
    {
        fields.Add(field.ToString().Trim());
        field.Clear();
    }

    private static void Finish(List<Row> rows, List<string> fields, int line)
    {
        if (fields.Any(f => f.Length > 0))
        {
            rows.Add(new(line, [.. fields]));
        }

        fields.Clear();
    }
}
