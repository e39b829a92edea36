using System.Globalization;
using System.Text;

namespace Tripos.Server.Platform.Web;

/// <summary>A table as CSV (RFC 4180): commas, CRLF, quotes where needed. Texts that a spreadsheet would take for a formula begin with an apostrophe.</summary>
public sealed class CsvText
{
    private readonly StringBuilder _text = new();
    private bool _isInRow;

    /// <summary>One cell more.</summary>
    public CsvText Cell(string? text)
    {
        string safe = text is { Length: > 0 } && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' ? $"'{text}" : text ?? "";
        return Raw(safe.AsSpan().IndexOfAny(",\"\r\n") >= 0 || safe.StartsWith(' ') || safe.EndsWith(' ') ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe);
    }

    /// <summary>A number, with a point and without separators; null leaves the cell empty.</summary>
    public CsvText Cell(double? number) => Raw(number?.ToString("0.####", CultureInfo.InvariantCulture) ?? "");

    /// <summary>An instant, in UTC.</summary>
    public CsvText Cell(DateTimeOffset? at) => Raw(at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "");

    public CsvText EndRow()
    {
        _text.Append("\r\n");
        _isInRow = false;
        return this;
    }

    /// <param name="mark">Some spreadsheets take a file for UTF-8 only when it begins with a byte order mark.</param>
    public byte[] ToBytes(bool mark)
    {
        byte[] text = Encoding.UTF8.GetBytes(_text.ToString());
        return mark ? [.. Encoding.UTF8.Preamble, .. text] : text;
    }

    private CsvText Raw(string cell)
    {
        _text.Append(_isInRow ? "," : "").Append(cell);
        _isInRow = true;
        return this;
    }
}
