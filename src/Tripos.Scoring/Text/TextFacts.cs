using System.Buffers;
using System.Text.RegularExpressions;

namespace Tripos.Scoring;

/// <summary>Facts about a written text that can be counted.</summary>
internal static partial class TextFacts
{
    private static readonly string[] NeverLast = ["mr", "mrs", "ms", "dr", "prof", "st", "vs", "e.g", "i.e", "eg", "ie", "cf", "approx", "fig", "no"];
    private static readonly string[] SeldomLast = ["etc", "a.m", "p.m", "inc", "ltd", "jr", "sr"];

    private static readonly SearchValues<char> Punctuation = SearchValues.Create(".,;:!?…");

    /// <summary>Words: what stands between white space and holds a letter or a digit. <c>well-known</c> is one word, a lone dash none.</summary>
    public static int WordCount(string text) => Words(text).Count(word => word.Any(char.IsLetterOrDigit));

    /// <summary>Sentences: ended by a full stop, question mark or exclamation mark; a rest without one counts too.</summary>
    /// <remarks>Points of abbreviations, initials and decimals end nothing, nor does a mark that a small letter follows after ? ! or an ellipsis.</remarks>
    public static int SentenceCount(string text)
    {
        string[] words = Words(text);
        int sentences = 0;
        bool inside = false;
        for (int i = 0; i < words.Length; i++)
        {
            inside |= words[i].Any(char.IsLetterOrDigit);
            if (inside && Ends(words[i], i + 1 < words.Length ? words[i + 1] : null))
            {
                sentences++;
                inside = false;
            }
        }

        return sentences + (inside ? 1 : 0);
    }

    /// <summary>Whether a sentence ends with a word, given the next one.</summary>
    public static bool Ends(string word, string? next)
    {
        string bare = word.TrimEnd('"', '\'', '”', '’', ')', ']', '»');
        if (bare.Length == 0 || bare[^1] is not ('.' or '!' or '?' or '…'))
        {
            return false;
        }

        if (next is null)
        {
            return true;
        }

        bool smallNext = next.FirstOrDefault(char.IsLetterOrDigit) is var first && char.IsLower(first);
        bool mild = bare[^1] != '.' || bare.EndsWith("..", StringComparison.Ordinal);
        string stem = bare.TrimEnd('.').TrimStart('(', '"', '“', '\'', '‘', '[');
        return mild ? !smallNext
            : !NeverLast.Contains(stem, StringComparer.OrdinalIgnoreCase)
                && !(stem.Length == 1 && char.IsUpper(stem[0]) && stem != "I")
                && !(smallNext && (SeldomLast.Contains(stem, StringComparer.OrdinalIgnoreCase) || stem.Contains('.', StringComparison.Ordinal)));
    }

    /// <summary>At least two letters, and none of them small.</summary>
    public static bool IsAllCapitals(string text) => text.Count(char.IsLetter) > 1 && !text.Any(char.IsLower) && text.Any(char.IsUpper);

    public static bool HasPunctuation(string text) => text.AsSpan().IndexOfAny(Punctuation) >= 0;

    /// <summary>At least two lines, each of them begun with a bullet or a number.</summary>
    public static bool IsOnlyBulletPoints(string text)
    {
        string[] lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return lines.Length > 1 && lines.All(IsBullet);
    }

    /// <summary>What stands between white space; a space forgotten after a sentence is put back.</summary>
    public static string[] Words(string text) => ForgottenSpace().Replace(text, " ").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static bool IsBullet(string line)
    {
        int digits = line.TakeWhile(char.IsAsciiDigit).Count();
        return line[0] is '-' or '*' or '•' or '–' or '·' or '‣' or '◦' || (digits is > 0 and < 4 && line.Length > digits && line[digits] is '.' or ')');
    }

    [GeneratedRegex(@"(?<=\p{Ll}{2}[.!?])(?=\p{Lu}\p{Ll})", RegexOptions.CultureInvariant)]
    private static partial Regex ForgottenSpace();
}
