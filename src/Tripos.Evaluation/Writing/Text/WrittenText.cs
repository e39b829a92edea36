using System.Text;
using Tripos.Scoring;

namespace Tripos.Evaluation.Writing;

/// <summary>One word at its place.</summary>
/// <param name="Lower">In small letters with plain apostrophes.</param>
/// <param name="Start">First UTF-16 character in the answer.</param>
/// <param name="End">One after the last.</param>
internal sealed record Word(string Lower, int Start, int End)
{
    public string Stem { get; } = Stems.Of(Lower);

    public bool IsFunction => WordLists.Function.Contains(Lower);

    /// <summary>Says something about a topic.</summary>
    public bool IsContent => !IsFunction && Lower.Length > 1 && char.IsLetter(Lower[0]);
}

/// <summary>A sentence or a paragraph: words [<paramref name="First"/>, <paramref name="End"/>) of the text.</summary>
internal readonly record struct Stretch(int First, int End)
{
    public int Count => End - First;
}

/// <summary>A text as words, sentences and paragraphs, each with its place. Reading it takes time in proportion to its length.</summary>
internal sealed class WrittenText
{
    private WrittenText(string text, List<Word> words, List<Stretch> sentences, List<Stretch> paragraphs) =>
        (Text, Words, Sentences, Paragraphs) = (text, words, sentences, paragraphs);

    /// <summary>The text itself; places count its characters.</summary>
    public string Text { get; }

    public IReadOnlyList<Word> Words { get; }

    public IReadOnlyList<Stretch> Sentences { get; }

    public IReadOnlyList<Stretch> Paragraphs { get; }

    public IEnumerable<Word> In(Stretch stretch) => Enumerable.Range(stretch.First, stretch.Count).Select(i => Words[i]);

    /// <summary>The stems of content words, each once.</summary>
    public HashSet<string> ContentStems(Stretch? stretch = null) =>
        [.. In(stretch ?? new(0, Words.Count)).Where(word => word.IsContent).Select(word => word.Stem)];

    /// <summary>What stands between two words, the places before the first and after the last included.</summary>
    public string Between(int word, int next) => Text[(word < 0 ? 0 : Words[word].End)..(next >= Words.Count ? Text.Length : Words[next].Start)];

    public Place PlaceOf(int first, int last) => Place.InText(Text, Words[first].Start, Words[last].End - Words[first].Start);

    public Place PlaceOf(Stretch stretch) => PlaceOf(stretch.First, stretch.End - 1);

    /// <summary>The word that begins at a character, or the first after it.</summary>
    public int IndexAt(int start)
    {
        int low = 0, high = Words.Count - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = Words[middle].Start < start ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>The same text with some stretches of characters blank, so that places stay.</summary>
    public WrittenText Without(IEnumerable<(int Start, int End)> hidden)
    {
        var left = new StringBuilder(Text);
        foreach (var (start, end) in hidden)
        {
            for (int i = start; i < end; i++)
            {
                left[i] = char.IsWhiteSpace(left[i]) ? left[i] : ' ';
            }
        }

        return Of(left.ToString());
    }

    public static WrittenText Of(string text)
    {
        List<Word> words = [];
        List<Stretch> sentences = [], paragraphs = [];
        int sentence = 0, paragraph = 0;
        var pieces = Pieces(text);
        for (int i = 0; i < pieces.Count; i++)
        {
            AddWords(text, pieces[i].Start, pieces[i].End, words);
            bool last = i + 1 == pieces.Count;
            bool breaks = last || BreaksLine(text, pieces[i].End, pieces[i + 1].Start);
            if (breaks || TextFacts.Ends(text[pieces[i].Start..pieces[i].End], text[pieces[i + 1].Start..pieces[i + 1].End]))
            {
                sentence = Close(sentences, sentence, words.Count);
            }

            paragraph = breaks ? Close(paragraphs, paragraph, words.Count) : paragraph;
        }

        return new(text, words, sentences, paragraphs);
    }

    private static int Close(List<Stretch> stretches, int first, int end)
    {
        if (end > first)
        {
            stretches.Add(new(first, end));
        }

        return end;
    }

    private static List<(int Start, int End)> Pieces(string text)
    {
        List<(int, int)> pieces = [];
        int start = -1;
        for (int i = 0; i <= text.Length; i++)
        {
            bool space = i == text.Length || char.IsWhiteSpace(text[i]);
            if (space && start >= 0)
            {
                pieces.Add((start, i));
            }

            start = space ? -1 : start < 0 ? i : start;
        }

        return pieces;
    }

    // An empty line always; the end of a line when a sentence or a heading ends there, or a list goes on.
    private static bool BreaksLine(string text, int end, int next)
    {
        int lines = text.AsSpan(end, next - end).Count('\n');
        return lines > 1 || (lines == 1 && (text[end - 1] is '.' or '!' or '?' or ':' or ';' or '…' or '"' or '”' || text[next] is '-' or '*' or '•' or '–' || char.IsAsciiDigit(text[next])));
    }

    private static void AddWords(string text, int start, int end, List<Word> words)
    {
        for (int i = start; i < end; i++)
        {
            int from = i;
            while (i < end && (char.IsLetterOrDigit(text[i]) || (i > from && IsInside(text, i, end))))
            {
                i++;
            }

            if (i > from)
            {
                words.Add(new(string.Create(i - from, (text, from), (span, source) => Lower(span, source.text, source.from)), from, i));
            }
        }
    }

    private static void Lower(Span<char> span, string text, int from)
    {
        for (int i = 0; i < span.Length; i++)
        {
            span[i] = char.ToLowerInvariant(Letters.Plain(text[from + i]));
        }
    }

    private static bool IsInside(string text, int at, int end) =>
        at + 1 < end && char.IsLetterOrDigit(text[at + 1]) && (Letters.Plain(text[at]) == '\'' || (text[at] is '.' or ',' && char.IsAsciiDigit(text[at - 1]) && char.IsAsciiDigit(text[at + 1])))
        || char.GetUnicodeCategory(text[at]) is System.Globalization.UnicodeCategory.NonSpacingMark;
}
