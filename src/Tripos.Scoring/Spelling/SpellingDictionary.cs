namespace Tripos.Scoring;

/// <summary>A dictionary in Hunspell's format: a list of words (.dic) and the prefixes and suffixes they take (.aff).</summary>
/// <remarks>Reads what dictionaries of English use: single prefixes and suffixes with cross products, all forms of flags, words only in compounds,
/// words that need an affix, forbidden words, and compound rules for ordinals. What only serves suggestions is passed over. See hunspell(5).
/// Immutable once read; safe to use from several threads.</remarks>
public sealed class SpellingDictionary
{
    private readonly AffixRules _rules;
    private readonly Dictionary<string, string> _words = new(StringComparer.Ordinal);
    private readonly HashSet<string> _mixedInCapitals = new(StringComparer.Ordinal); // MCCOY, which lower and title case do not lead back to McCoy

    private SpellingDictionary(AffixRules rules) => _rules = rules;

    /// <summary>How many words the list holds, without their forms.</summary>
    public int Count => _words.Count;

    /// <summary>Reads a dictionary.</summary>
    /// <param name="aff">The affix file, UTF-8.</param>
    /// <param name="dic">The word list, UTF-8.</param>
    /// <exception cref="FormatException">A line cannot be read; the message names it.</exception>
    public static SpellingDictionary Read(Stream aff, Stream dic)
    {
        using var affixes = new StreamReader(aff, leaveOpen: true);
        using var words = new StreamReader(dic, leaveOpen: true);
        var dictionary = new SpellingDictionary(AffixRules.Read(affixes));
        words.ReadLine(); // how many follow, by estimate
        while (words.ReadLine() is { } line)
        {
            dictionary.Add(line);
        }

        return dictionary;
    }

    /// <summary>Whether a word is spelled correctly. Capital letters are allowed where a sentence may ask for them; <c>london</c> is not a word.</summary>
    /// <param name="word">One word without punctuation around it, apostrophes plain.</param>
    public bool Knows(string word)
    {
        if (word.Length is 0 or > 100)
        {
            return false;
        }

        if (KnowsAsWritten(word))
        {
            return true;
        }

        if (!char.IsUpper(word[0]))
        {
            return false;
        }

        string small = word.ToLowerInvariant();
        bool capitals = word.Length > 1 && !word.Any(char.IsLower);
        bool initial = word.AsSpan(1).SequenceEqual(small.AsSpan(1));
        return ((initial || capitals) && KnowsAsWritten(small)) || (capitals && (KnowsAsWritten(char.ToUpperInvariant(small[0]) + small[1..]) || _mixedInCapitals.Contains(word)));
    }

    private void Add(string line)
    {
        int end = line.IndexOf('\t', StringComparison.Ordinal);
        line = (end >= 0 ? line[..end] : line).Trim();
        int slash = line.IndexOf('/', 1 > line.Length ? 0 : 1);
        while (slash > 0 && line[slash - 1] == '\\')
        {
            slash = line.IndexOf('/', slash + 1);
        }

        string word = (slash < 0 ? line : line[..slash]).Replace("\\/", "/", StringComparison.Ordinal);
        string flags = slash < 0 ? "" : _rules.FlagsOf(line[(slash + 1)..].Split(' ')[0]);
        if (word.Length > 0)
        {
            _words[word] = _words.TryGetValue(word, out string? known) ? known + flags : flags;
            if (word.AsSpan(1).ContainsAnyInRange('A', 'Z') && _rules.StandsAlone(flags) && !_rules.IsForbidden(flags))
            {
                _mixedInCapitals.Add(word.ToUpperInvariant());
            }
        }
    }

    private bool KnowsAsWritten(string word)
    {
        bool listed = _words.TryGetValue(word, out string? flags);
        if (listed && _rules.IsForbidden(flags!))
        {
            return false;
        }

        return (listed && _rules.StandsAlone(flags!)) || IsSuffixed(word, prefix: null) || IsPrefixed(word) || _rules.IsCompound(word, _words);
    }

    private bool IsSuffixed(string word, Affix? prefix)
    {
        foreach (var suffix in _rules.SuffixesOf(word))
        {
            if ((prefix is null || (prefix.Crosses && suffix.Crosses)) && suffix.StemOf(word) is { } stem
                && _words.TryGetValue(stem, out string? flags) && flags.Contains(suffix.Flag, StringComparison.Ordinal)
                && (prefix is null || flags.Contains(prefix.Flag, StringComparison.Ordinal)) && !_rules.IsForbidden(flags))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsPrefixed(string word)
    {
        foreach (var prefix in _rules.PrefixesOf(word))
        {
            if (prefix.StemOf(word) is { } stem
                && ((_words.TryGetValue(stem, out string? flags) && flags.Contains(prefix.Flag, StringComparison.Ordinal) && !_rules.IsForbidden(flags)) || IsSuffixed(stem, prefix)))
            {
                return true;
            }
        }

        return false;
    }
}
