using System.Text;

namespace Tripos.Formats;

/// <summary>Cleans text of what can neither be shown nor stored.</summary>
public static class PlainText
{
    /// <summary>Removes control characters (other than tab and line feed) and unpaired surrogates, and makes line ends <c>\n</c>.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>Text a database and a browser accept; the same instance when nothing had to change.</returns>
    public static string Clean(string text)
    {
        if (!NeedsCleaning(text))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (!IsUnwanted(rune.Value))
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString();
    }

    /// <summary>One line: white space of any kind and length becomes one space, none at the ends.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The line, possibly empty.</returns>
    public static string OneLine(string text) => string.Join(' ', Clean(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static bool NeedsCleaning(string text)
    {
        foreach (char c in text)
        {
            if (c == '\r' || IsUnwanted(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029')
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsUnwanted(int c) => c is < ' ' and not ('\n' or '\t') or (>= 0x7F and < 0xA0) or 0xFFFE or 0xFFFF;
}
