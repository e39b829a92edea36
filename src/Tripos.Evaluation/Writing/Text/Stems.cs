namespace Tripos.Evaluation.Writing;

/// <summary>Brings forms of a word together: <c>explored</c>, <c>explores</c> and <c>exploration</c> are <c>explor</c>.</summary>
/// <remarks>A short stemmer of its own: irregular forms by a list, then one inflection and one derivation taken off. Stems are compared, never shown.</remarks>
internal static class Stems
{
    private const int Shortest = 3;

    // The first that fits is taken off; longer ones come first.
    private static readonly string[] Derivations = ["isation", "ization", "ational", "fulness", "ousness", "ation", "ition", "ising", "izing", "ment", "ness", "able", "ible", "ance", "ence", "ally", "ise", "ize", "ate", "ion", "ity", "ful", "ous", "ive", "ant", "ent", "ic", "al", "ly"];

    public static string Of(string word)
    {
        string stem = word.ToLowerInvariant();
        stem = stem.EndsWith("'s", StringComparison.Ordinal) ? stem[..^2] : stem.TrimEnd('\'');
        if (stem.Length <= Shortest || stem.Any(c => !char.IsAsciiLetter(c)))
        {
            return stem;
        }

        stem = WordLists.BaseForms is { } forms && forms.TryGetValue(stem, out string? known) ? known : WithoutInflection(stem);
        foreach (string ending in Derivations)
        {
            if (stem.Length - ending.Length > Shortest && stem.EndsWith(ending, StringComparison.Ordinal))
            {
                stem = stem[..^ending.Length];
                break;
            }
        }

        return Rounded(stem);
    }

    private static string WithoutInflection(string word)
    {
        string stem =
            word.EndsWith("ies", StringComparison.Ordinal) || word.EndsWith("ied", StringComparison.Ordinal) ? $"{word[..^3]}y"
            : word.EndsWith("sses", StringComparison.Ordinal) || word.EndsWith("shes", StringComparison.Ordinal) || word.EndsWith("ches", StringComparison.Ordinal) || word.EndsWith("xes", StringComparison.Ordinal) ? word[..^2]
            : word[^1] == 's' && word[^2] is not ('s' or 'u' or 'i') ? word[..^1]
            : word;
        string cut = stem.EndsWith("ing", StringComparison.Ordinal) ? stem[..^3] : stem.EndsWith("ed", StringComparison.Ordinal) && !stem.EndsWith("eed", StringComparison.Ordinal) ? stem[..^2] : stem;
        return cut.Length >= Shortest - 1 && cut.Any(c => "aeiouy".Contains(c, StringComparison.Ordinal)) ? cut : stem;
    }

    // stopp → stop, hope → hop, city → citi: what spelling does at the seam must not tell forms apart.
    private static string Rounded(string stem)
    {
        if (stem.Length > Shortest && stem[^1] == 'e')
        {
            stem = stem[..^1];
        }

        if (stem.Length > Shortest && stem[^1] == stem[^2] && stem[^1] is not ('l' or 's' or 'z' or 'e' or 'o'))
        {
            stem = stem[..^1];
        }

        return stem.Length > 2 && stem[^1] == 'y' ? $"{stem[..^1]}i" : stem;
    }
}
