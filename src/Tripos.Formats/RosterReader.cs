using System.Text;
using System.Text.RegularExpressions;

namespace Tripos.Formats;

/// <summary>One person of a roster, or a line that names nobody and why.</summary>
/// <param name="Line">The line of the file it begins on; 1 is the first.</param>
/// <param name="Email">The address as written, without spaces around it; empty when the line has none.</param>
/// <param name="Name">The name on one line; empty when none is given.</param>
/// <param name="Fault">Why the line cannot be used, in a sentence; null when it can.</param>
public sealed record RosterLine(int Line, string Email, string Name, string? Fault);

/// <summary>Reads lists of people: a name and an e-mail address a line, as spreadsheets and school systems export them.</summary>
/// <remarks>
/// Commas, semicolons or tabs; quoted fields; columns in any order, with a header or without; UTF-8, UTF-16 with its mark, or Windows-1252.
/// Every line that is not blank comes back, usable or not.
/// </remarks>
public static partial class RosterReader
{
    /// <summary>Characters of a name at most.</summary>
    public const int LongestName = 120;

    /// <summary>Characters of an address at most.</summary>
    public const int LongestEmail = 254;

    private static readonly string[] EmailNames = ["email", "emailaddress", "mail", "mailaddress", "address", "studentemail", "learneremail", "useremail", "login"];
    private static readonly string[] NameNames = ["name", "fullname", "displayname", "student", "studentname", "learner", "learnername", "person"];
    private static readonly string[] FirstNames = ["firstname", "givenname", "forename", "first"];
    private static readonly string[] LastNames = ["lastname", "surname", "familyname", "last"];

    /// <summary>Reads a roster; bad input never throws.</summary>
    /// <param name="bytes">The file, or what was pasted, as UTF-8.</param>
    /// <returns>A line for each record that is not blank, in the order of the file, without the header.</returns>
    public static IReadOnlyList<RosterLine> Read(ReadOnlySpan<byte> bytes)
    {
        string text = Decode(bytes);
        char delimiter = TakeSeparatorLine(ref text) ?? DelimiterOf(text);
        List<RosterLine> lines = [];
        var rows = Records(text, delimiter, lines);
        var header = rows.Count > 0 ? Header.Of(rows[0].Fields) : null;
        lines.AddRange(rows.Skip(header is null ? 0 : 1).Select(row => LineOf(row, header)));
        return [.. lines.OrderBy(line => line.Line)];
    }

    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        string text = bytes switch
        {
            [0xFF, 0xFE, .. var rest] => Encoding.Unicode.GetString(rest),
            [0xFE, 0xFF, .. var rest] => Encoding.BigEndianUnicode.GetString(rest),
            _ => Lines.Decode(bytes, isFirst: true),
        };
        return PlainText.Clean(text.ReplaceLineEndings("\n"));
    }

    /// <summary>Excel's own first line, <c>sep=;</c>; what stays in its place is blank, so that lines keep their numbers.</summary>
    private static char? TakeSeparatorLine(ref string text)
    {
        if (text.Length < 5 || !text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) || (text.Length > 5 && text[5] != '\n'))
        {
            return null;
        }

        char separator = text[4];
        text = text[5..];
        return separator;
    }

    /// <summary>The sign that the most lines have outside quotes; where it is a tie, the one that is rarer inside names.</summary>
    private static char DelimiterOf(string text)
    {
        string[] lines = QuotedField().Replace(text, "").Split('\n');
        return ((char[])['\t', ';', ',']).MaxBy(sign => lines.Count(line => line.Contains(sign)));
    }

    /// <summary>A quote that never closes costs its own line, not those after it.</summary>
    private static List<CsvRecords.Row> Records(string text, char delimiter, List<RosterLine> refused)
    {
        List<CsvRecords.Row> rows = [];
        int before = 0;
        while (true)
        {
            var read = CsvRecords.Read(text, delimiter, out int? open);
            rows.AddRange(read.Where(row => open is null || row.Line < open).Select(row => row with { Line = row.Line + before }));
            if (open is not { } line)
            {
                return rows;
            }

            refused.Add(new(line + before, "", "", "A quote opens here and never closes. Close it, or leave it out."));
            text = After(text, line);
            before += line;
        }
    }

    private static string After(string text, int lines)
    {
        int at = 0;
        for (; lines > 0 && at >= 0; lines--)
        {
            at = text.IndexOf('\n', at) + 1;
            if (at == 0)
            {
                return "";
            }
        }

        return text[at..];
    }

    private static RosterLine LineOf(CsvRecords.Row row, Header? header)
    {
        string Field(int column) => column >= 0 && column < row.Fields.Length ? PlainText.OneLine(row.Fields[column]) : "";
        int[] addressed = [.. Enumerable.Range(0, row.Fields.Length).Where(column => row.Fields[column].Contains('@'))];
        int at = header is { Email: >= 0 } ? header.Email : addressed.Length > 0 ? addressed[0] : -1;
        var (email, beside) = Address(Field(at));
        string name = header?.Name(Field) ?? PlainText.OneLine(string.Join(' ', row.Fields.Where((_, column) => column != at)));
        name = name.Length > 0 ? name : beside;
        string? fault = header is not { Email: >= 0 } && addressed.Length > 1 ? "There are two addresses on this line. Write one person a line." : FaultOf(email, name);
        return new(row.Line, email, name, fault);
    }

    /// <summary>"Ada Lovelace &lt;ada@example.org&gt;", as mail programs write it, is a name and an address.</summary>
    private static (string Email, string Name) Address(string field)
    {
        int open = field.LastIndexOf('<');
        return open >= 0 && field.EndsWith('>') ? (field[(open + 1)..^1].Trim(), field[..open].Trim().Trim('"')) : (field, "");
    }

    private static string? FaultOf(string email, string name) =>
        email.Length == 0 ? "There is no e-mail address on this line."
        : email.Length > LongestEmail ? $"The address is longer than {LongestEmail} characters."
        : email.Count(c => c == '@') > 1 ? "There are two addresses on this line. Write one person a line."
        : !IsAddress(email) ? $"“{email}” is not an e-mail address."
        : name.Length > LongestName ? $"The name is longer than {LongestName} characters."
        : null;

    private static bool IsAddress(string email) =>
        email.IndexOf('@') is > 0 and var at && at < email.Length - 1 && !email.Any(c => char.IsWhiteSpace(c) || c is ',' or ';' or '<' or '>' or '"' or '(' or ')');

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex QuotedField();

    /// <summary>Which column is what; -1 for a column that is not there.</summary>
    private sealed record Header(int Email, int Full, int First, int Last)
    {
        /// <summary>Null when the first record is a person already.</summary>
        public static Header? Of(string[] fields)
        {
            List<string> names = [.. fields.Select(field => string.Concat(field.Where(char.IsAsciiLetter)).ToLowerInvariant())];
            int Column(string[] known) => names.FindIndex(name => known.Contains(name));
            var header = new Header(Column(EmailNames), Column(NameNames), Column(FirstNames), Column(LastNames));
            return fields.Any(field => field.Contains('@')) || header is { Email: < 0, Full: < 0, First: < 0, Last: < 0 } ? null : header;
        }

        /// <summary>The name as the columns give it; null when no column is known to hold one.</summary>
        public string? Name(Func<int, string> field) =>
            Full >= 0 ? field(Full) : First >= 0 || Last >= 0 ? $"{field(First)} {field(Last)}".Trim() : null;
    }
}
