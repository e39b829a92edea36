using System.Globalization;
using System.Text;

namespace Tripos.Formats;

/// <summary>Text with gaps to be filled from memory: <c>{{c1::what is hidden::hint}}</c>, as Anki writes it.</summary>
/// <remarks>
/// Gaps with the same number are asked for together, each number being one card. A gap ends at the next <c>}}</c>; gaps inside gaps are not known.
/// </remarks>
public static class ClozeText
{
    /// <summary>The largest number a gap may have.</summary>
    public const int GreatestNumber = 500;

    // Stand for the ends of a mark while the text is cleaned once more; characters of no alphabet.
    private const char Opens = '\uF8F0', Closes = '\uF8F1';

    /// <summary>The numbers of the gaps, each once, in ascending order.</summary>
    /// <param name="text">Any text or HTML.</param>
    /// <returns>Numbers in [1, 500]; empty where there is no gap.</returns>
    public static IReadOnlyList<int> Numbers(string text) => [.. Gaps(text).Select(gap => gap.Number).Distinct().Order()];

    /// <summary>The text as a card shows it.</summary>
    /// <param name="html">Cleaned HTML with gaps.</param>
    /// <param name="number">The gap the card asks for; the others are filled.</param>
    /// <param name="revealed">Whether it is filled too.</param>
    /// <returns>Harmless HTML; the gap asked for stands in <c>mark</c> elements, hidden as its hint or as an ellipsis in brackets.</returns>
    public static string Render(string html, int number, bool revealed)
    {
        var shown = new StringBuilder(html.Length);
        int from = 0;
        foreach (var gap in Gaps(html))
        {
            shown.Append(html, from, gap.Start - from);
            string words = gap.Number == number && !revealed ? $"[{(gap.Hint.Length == 0 ? "…" : gap.Hint)}]" : gap.Words;
            shown.Append(gap.Number == number ? $"{Opens}{words}{Closes}" : words);
            from = gap.End;
        }

        // A gap may begin inside an element and end outside: cleaning closes what is left open.
        string clean = HtmlSanitizer.Sanitize(shown.Append(html, from, html.Length - from).ToString());
        return clean.Replace($"{Opens}", "<mark>", StringComparison.Ordinal).Replace($"{Closes}", "</mark>", StringComparison.Ordinal);
    }

    private static List<Gap> Gaps(string text)
    {
        List<Gap> gaps = [];
        for (int start = 0; (start = text.IndexOf("{{c", start, StringComparison.Ordinal)) >= 0;)
        {
            int words = text.IndexOf("::", start, StringComparison.Ordinal) + 2;
            int end = words < 2 ? -1 : text.IndexOf("}}", words, StringComparison.Ordinal);
            if (end < 0)
            {
                break;
            }

            if (int.TryParse(text.AsSpan(start + 3, words - start - 5), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is >= 1 and <= GreatestNumber)
            {
                gaps.Add(Gap.Of(number, text[words..end], start, end + 2));
                start = end + 2;
            }
            else
            {
                start += 3;
            }
        }

        return gaps;
    }

    private readonly record struct Gap(int Number, string Words, string Hint, int Start, int End)
    {
        public static Gap Of(int number, string content, int start, int end)
        {
            int hint = content.IndexOf("::", StringComparison.Ordinal);
            return hint < 0 ? new(number, content, "", start, end) : new(number, content[..hint], content[(hint + 2)..], start, end);
        }
    }
}
