using System.Text;

namespace Tripos.Scoring;

/// <summary>Compares short typed answers: white space at the ends and how much of it stands between words never matters, nor does the kind of apostrophe.</summary>
internal static class AnswerText
{
    public static bool IsOneOf(ReadOnlySpan<char> typed, IReadOnlyList<string> accepted, bool caseSensitive)
    {
        for (int i = 0; i < accepted.Count; i++)
        {
            if (AreSame(typed, accepted[i], caseSensitive))
            {
                return true;
            }
        }

        return false;
    }

    private static bool AreSame(ReadOnlySpan<char> typed, string accepted, bool caseSensitive)
    {
        var comparison = caseSensitive ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        var one = typed.Trim();
        var other = accepted.AsSpan().Trim();
        return one.Equals(other, comparison)
            || ((NeedsFolding(one) || NeedsFolding(other)) && Folded(one).Equals(Folded(other), comparison));
    }

    private static bool NeedsFolding(ReadOnlySpan<char> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] > 127 || (char.IsWhiteSpace(text[i]) && (text[i] != ' ' || char.IsWhiteSpace(text[i + 1]))))
            {
                return true;
            }
        }

        return false;
    }

    private static string Folded(ReadOnlySpan<char> text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            bool space = char.IsWhiteSpace(c);
            if (!space || folded[^1] != ' ')
            {
                folded.Append(space ? ' ' : Letters.Plain(c));
            }
        }

        return folded.ToString().Normalize(NormalizationForm.FormC);
    }
}

/// <summary>What keyboards and word processors write differently.</summary>
internal static class Letters
{
    /// <summary>Typographic apostrophes and hyphens as the plain ones.</summary>
    public static char Plain(char c) => c switch
    {
        '\u2019' or '\u2018' or '\u02BC' or '\u00B4' or '\u0060' => '\'',
        '\u2010' or '\u2011' => '-',
        _ => c,
    };
}
