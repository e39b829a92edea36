namespace Tripos.Scoring;

/// <summary>Reads the words of a sentence one by one, without their punctuation.</summary>
/// <remarks>A word is a run of letters and digits with apostrophes, points and commas inside it (<c>don't</c>, <c>3.5</c>); hyphens separate words,
/// so that <c>well-known</c> and <c>well known</c> are the same two words. Commas that group digits are left out: <c>20,000</c> is <c>20000</c>.</remarks>
internal ref struct SpelledText(string text)
{
    private readonly string _text = NeedsFolding(text) ? Folded(text) : text;
    private int _at;

    public static IEnumerable<string> WordsOf(string text)
    {
        List<string> words = [];
        var reader = new SpelledText(text);
        while (reader.Next(out var word))
        {
            words.Add(word.ToString());
        }

        return words;
    }

    public bool Next(out ReadOnlySpan<char> word)
    {
        while (_at < _text.Length && !char.IsLetterOrDigit(_text[_at]))
        {
            _at++;
        }

        int start = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || IsInside(_at)))
        {
            _at++;
        }

        word = _text.AsSpan(start, _at - start);
        return word.Length > 0;
    }

    // An apostrophe between letters, or a decimal point between digits. A full stop between letters ends a word.
    private readonly bool IsInside(int at) =>
        at + 1 < _text.Length
        && (_text[at] == '\'' ? char.IsLetterOrDigit(_text[at + 1])
            : _text[at] == '.' ? char.IsAsciiDigit(_text[at - 1]) && char.IsAsciiDigit(_text[at + 1])
            : char.GetUnicodeCategory(_text[at]) == System.Globalization.UnicodeCategory.NonSpacingMark);

    private static bool NeedsFolding(string text)
    {
        foreach (char c in text)
        {
            if (c > 127 || c == ',')
            {
                return true;
            }
        }

        return false;
    }

    private static string Folded(string text)
    {
        var folded = new System.Text.StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            bool groups = text[i] == ',' && i > 0 && i + 3 < text.Length && char.IsAsciiDigit(text[i - 1]) && char.IsAsciiDigit(text[i + 1]) && char.IsAsciiDigit(text[i + 2]) && char.IsAsciiDigit(text[i + 3]);
            if (!groups)
            {
                folded.Append(Letters.Plain(text[i]));
            }
        }

        return folded.ToString().Normalize(System.Text.NormalizationForm.FormC);
    }
}
