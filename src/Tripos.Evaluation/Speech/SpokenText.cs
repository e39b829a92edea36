using System.Globalization;
using System.Text.RegularExpressions;

namespace Tripos.Evaluation.Speech;

/// <summary>A word of a text that is to be spoken.</summary>
/// <param name="Word">Lower case, with straight apostrophes.</param>
/// <param name="EndsPhrase">A comma, a full stop or the like follows: a pause belongs there.</param>
/// <param name="IsKnown">The recogniser knows how it sounds. Others, such as names and long numbers in digits, are left out of every comparison.</param>
public sealed record ScriptWord(string Word, bool EndsPhrase, bool IsKnown);

/// <summary>Texts as the recogniser's dictionary spells words.</summary>
public static partial class SpokenText
{
    // What people say while they search for words, as the dictionary or transcribers spell it.
    private static readonly HashSet<string> Fillers = ["uh", "um", "er", "erm", "ah", "eh", "hmm", "mm", "huh", "oh"];

    private static readonly string[] Small =
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".Split(' ');

    private static readonly string[] Tens = ["", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    private const string PhraseEnds = ",.;:?!()—–";

    // Words that say nothing about what an answer is about.
    private static readonly HashSet<string> Empty = [.. """
        a about after all also am an and any are as at be been before being but by can could did do does done for from had has have he her here him his how i if in into is it its
        just like may me might more most much must my no nor not of on one only or other our out over shall she should so some such than that the their them then there these they
        this those to too under up upon us very was we were what when where which while who whom whose why will with would yes yet you your because through between both each
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>The words of a text in order.</summary>
    /// <param name="text">Plain text. Hyphens part words, apostrophes do not.</param>
    /// <param name="isKnown">Whether the dictionary has a word.</param>
    public static IReadOnlyList<ScriptWord> Script(string text, Func<string, bool> isKnown) =>
        [.. Word().Matches(text.Replace('’', '\'')).SelectMany(match => Read(match, isKnown))];

    /// <summary>The words of a text, without anything about them.</summary>
    /// <param name="text">Plain text.</param>
    public static IReadOnlyList<string> Words(string text) => [.. Script(text, _ => true).Select(word => word.Word)];

    /// <summary>Whether it is a hesitation such as "uh".</summary>
    /// <param name="word">Lower case.</param>
    public static bool IsFiller(string word) => Fillers.Contains(word);

    /// <summary>The words that carry the meaning, by their stems, each once.</summary>
    /// <param name="words">Lower case.</param>
    public static IReadOnlyList<string> ContentStems(IEnumerable<string> words) => [.. words.Where(word => word.Length > 2 && !Empty.Contains(word)).Select(Stem).Distinct()];

    /// <summary>Cuts the commonest endings of English, so that "cities" meets "city" and "opened" meets "opens". Rough on purpose: a recogniser mistakes endings.</summary>
    /// <param name="word">Lower case.</param>
    public static string Stem(string word)
    {
        string stem = word.EndsWith("'s", StringComparison.Ordinal) ? word[..^2] : word;
        foreach (var (ending, instead) in ((string, string)[])[("ies", "y"), ("ied", "y"), ("ing", ""), ("edly", ""), ("ed", ""), ("ly", ""), ("es", ""), ("s", "")])
        {
            if (stem.Length - ending.Length >= 3 && stem.EndsWith(ending, StringComparison.Ordinal) && !stem.EndsWith("ss", StringComparison.Ordinal))
            {
                stem = stem[..^ending.Length] + instead;
                break;
            }
        }

        return stem.Length > 3 && stem[^1] == 'e' ? stem[..^1] : stem;
    }

    private static IEnumerable<ScriptWord> Read(Match match, Func<string, bool> isKnown)
    {
        string word = match.Groups["word"].Value.ToLowerInvariant().Trim('\'');
        bool endsPhrase = match.Groups["end"].Value.Any(PhraseEnds.Contains);
        string[] spoken = Number(word) ?? [word];
        return spoken.Select((said, at) => new ScriptWord(said, endsPhrase && at == spoken.Length - 1, !said.Any(char.IsDigit) && isKnown(said)));
    }

    // Up to 99 there is one way to say a number.
    private static string[]? Number(string word) => word.Length > 2 || !int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? null
        : number < Small.Length ? [Small[number]]
        : number % 10 == 0 ? [Tens[number / 10]] : [Tens[number / 10], Small[number % 10]];

    [GeneratedRegex(@"(?<word>[\p{L}\p{Nd}](?:[\p{L}\p{Nd}']|(?<=\p{Nd})[.,](?=\p{Nd}))*)(?<end>[^\p{L}\p{Nd}]*)")]
    private static partial Regex Word();
}
