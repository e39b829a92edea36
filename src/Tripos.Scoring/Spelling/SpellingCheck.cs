using System.Text.RegularExpressions;

namespace Tripos.Scoring;

/// <summary>Finds misspelled words in an English text.</summary>
/// <param name="Misspelled">Words no dictionary knows, each spelling once, in the order of the text.</param>
/// <param name="Names">Unknown words with a capital letter inside a sentence, which are taken for names.</param>
/// <remarks>Numbers are not checked, but ordinals are (<c>2th</c> is wrong). Words of the question count as known. A word with a hyphen is right when
/// its parts are. An unknown word that begins a sentence is taken for a name only when it stands with its capital inside a sentence too.</remarks>
internal sealed partial record SpellingCheck(IReadOnlyList<string> Misspelled, IReadOnlyList<string> Names)
{
    public static SpellingCheck Of(string text, string question, IReadOnlyList<SpellingDictionary> dictionaries)
    {
        var given = Tokens(question).Select(token => token.Word).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var unknown = Tokens(text).Where(token => !given.Contains(token.Word) && !IsKnown(token.Word, dictionaries)).ToList();
        var names = unknown.Where(token => !token.First && char.IsUpper(token.Word[0])).Select(token => token.Word).ToHashSet(StringComparer.Ordinal);
        return new(
            [.. unknown.Select(token => token.Word).Where(word => !names.Contains(word)).Distinct(StringComparer.OrdinalIgnoreCase)],
            [.. unknown.Select(token => token.Word).Where(names.Contains).Distinct(StringComparer.Ordinal)]);
    }

    private static IEnumerable<(string Word, bool First)> Tokens(string text)
    {
        string[] words = TextFacts.Words(text);
        bool first = true;
        for (int i = 0; i < words.Length; i++)
        {
            foreach (Match match in Word().Matches(string.Concat(words[i].Select(Letters.Plain))))
            {
                foreach (string part in Parts(match.Value))
                {
                    yield return (part, first);
                }

                first = false;
            }

            first |= TextFacts.Ends(words[i], i + 1 < words.Length ? words[i + 1] : null);
        }
    }

    // "e.g" and "U.S" are abbreviations; "end.Next" is two words with a missing space.
    private static string[] Parts(string word) =>
        !word.Contains('.', StringComparison.Ordinal) ? [word]
        : word.Split('.') is var parts && parts.All(part => part.Length == 1) ? [] : parts;

    private static bool IsKnown(string word, IReadOnlyList<SpellingDictionary> dictionaries)
    {
        if (word.Any(char.IsDigit) && !Ordinal().IsMatch(word))
        {
            return true;
        }

        return Knows(word, dictionaries)
            || (word.EndsWith("'s", StringComparison.OrdinalIgnoreCase) && Knows(word[..^2], dictionaries))
            || (word.Contains('-', StringComparison.Ordinal) && word.Split('-').All(part => part.Length == 0 || part.Any(char.IsDigit) || Knows(part, dictionaries)));
    }

    private static bool Knows(string word, IReadOnlyList<SpellingDictionary> dictionaries)
    {
        for (int i = 0; i < dictionaries.Count; i++)
        {
            if (dictionaries[i].Knows(word))
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex(@"[\p{L}\p{M}\p{N}]+(?:['.-][\p{L}\p{M}\p{N}]+)*", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"^[0-9]+(st|nd|rd|th)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Ordinal();
}
