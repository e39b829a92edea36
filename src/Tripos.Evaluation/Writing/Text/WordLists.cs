using System.Collections.Frozen;

namespace Tripos.Evaluation.Writing;

/// <summary>The lists of English words the checks rest on, from the text files in Words.</summary>
internal static class WordLists
{
    public static FrozenSet<string> Function { get; } = WordsOf("function-words.txt").ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Base forms of common verbs.</summary>
    public static FrozenSet<string> Verbs { get; }

    /// <summary>Every form of the common verbs, auxiliaries included.</summary>
    public static FrozenSet<string> VerbForms { get; }

    /// <summary>Third persons of the common verbs (<c>goes</c>).</summary>
    public static FrozenSet<string> ThirdPersons { get; }

    /// <summary>Irregular pasts that look like nothing else (<c>went</c>).</summary>
    public static FrozenSet<string> IrregularPasts { get; }

    /// <summary>Irregular forms by what they come from: <c>went</c> → <c>go</c>, <c>children</c> → <c>child</c>.</summary>
    public static FrozenDictionary<string, string> BaseForms { get; }

    public static FrozenSet<string> CountedNouns { get; }

    public static FrozenSet<string> PluralNouns { get; }

    /// <summary>Stems of the commonest words.</summary>
    public static FrozenSet<string> CommonStems { get; }

    private static readonly FrozenDictionary<string, FrozenSet<string>> Sets = Lines("rule-words.txt").Select(line => line.Split(':'))
        .ToFrozenDictionary(set => set[0], set => Fields(set[1]).ToFrozenSet(StringComparer.Ordinal), StringComparer.Ordinal);

    static WordLists()
    {
        string[][] verbs = [.. Lines("verbs.txt").Select(Fields)], nouns = [.. Lines("nouns.txt").Select(Fields)];
        var irregular = verbs.Where(line => line.Length == 3).ToList();
        var plurals = nouns.Where(line => line.Length == 2).ToList();
        string[] regular = [.. verbs.Where(line => line.Length != 3).SelectMany(line => line)];
        string[] bases = [.. regular, .. irregular.Select(line => line[0])];
        string[] singulars = [.. nouns.Where(line => line.Length != 2).SelectMany(line => line), .. plurals.Select(line => line[0])];
        Verbs = bases.ToFrozenSet(StringComparer.Ordinal);
        ThirdPersons = bases.Where(verb => verb is not ("be" or "have" or "do")).Select(WithS).Append("has").Append("does").ToFrozenSet(StringComparer.Ordinal);
        IrregularPasts = irregular.Where(line => line[1] != line[0] && line[1] is not ("thought" or "saw" or "left" or "found" or "felt" or "spoke" or "wound" or "meant" or "fell" or "shone" or "lent" or "fed" or "was"))
            .Select(line => line[1]).ToFrozenSet(StringComparer.Ordinal);
        BaseForms = irregular.SelectMany(line => line.Skip(1).Where(form => form != line[0]).Select(form => (form, to: line[0])))
            .Concat(plurals.Where(line => line[1] != "lives").Select(line => (form: line[1], to: line[0]))).DistinctBy(pair => pair.form).ToFrozenDictionary(pair => pair.form, pair => pair.to, StringComparer.Ordinal);
        VerbForms = bases.Concat(bases.Select(WithS)).Concat(bases.Select(WithIng)).Concat(regular.Select(WithEd)).Concat(irregular.SelectMany(line => line))
            .Concat(["am", "is", "are", "was", "were", "been", "being", "has", "does", "can", "could", "will", "would", "shall", "should", "may", "might", "must", "cannot"]).ToFrozenSet(StringComparer.Ordinal);
        CountedNouns = singulars.ToFrozenSet(StringComparer.Ordinal);
        PluralNouns = singulars.Except(plurals.Select(line => line[0])).Select(WithS).Concat(plurals.Select(line => line[1])).ToFrozenSet(StringComparer.Ordinal);
        CommonStems = VerbForms.Concat(Function).Concat(CountedNouns).Concat(PluralNouns).Concat(WordsOf("common-words.txt")).Select(Stems.Of).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>Whether a word, or what it compares (<c>bigger</c>, <c>easiest</c>), is one of the commonest.</summary>
    public static bool IsCommon(Word word) =>
        CommonStems.Contains(word.Stem) || (Positive(word.Lower) is { } positive && CommonStems.Contains(Stems.Of(positive))) || word.Lower.Contains('\'', StringComparison.Ordinal);

    /// <summary>A set of words the rules of grammar look up.</summary>
    /// <param name="name">Its name in rule-words.txt.</param>
    public static FrozenSet<string> Rule(string name) => Sets[name];

    /// <summary>The lines of a list, without remarks.</summary>
    public static IEnumerable<string> Lines(string name)
    {
        using var reader = new StreamReader(typeof(WordLists).Assembly.GetManifestResourceStream(name)!);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#')];
    }

    private static IEnumerable<string> WordsOf(string name) => Lines(name).SelectMany(Fields);

    // Lines of three words are irregular verbs, lines of two irregular nouns.
    private static string[] Fields(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string? Positive(string word) =>
        word.EndsWith("ier", StringComparison.Ordinal) ? $"{word[..^3]}y" : word.EndsWith("iest", StringComparison.Ordinal) ? $"{word[..^4]}y"
        : word.EndsWith("er", StringComparison.Ordinal) && word.Length > 4 ? Single(word[..^2]) : word.EndsWith("est", StringComparison.Ordinal) && word.Length > 5 ? Single(word[..^3]) : null;

    // bigg → big
    private static string Single(string word) => word[^1] == word[^2] && word[^1] is not ('l' or 's') ? word[..^1] : word;

    private static bool EndsInConsonantY(string word) => word.Length > 1 && word[^1] == 'y' && !"aeiou".Contains(word[^2], StringComparison.Ordinal);

    private static string WithS(string word) =>
        EndsInConsonantY(word) ? $"{word[..^1]}ies"
        : word.EndsWith('s') || word.EndsWith('x') || word.EndsWith('z') || word.EndsWith("ch", StringComparison.Ordinal) || word.EndsWith("sh", StringComparison.Ordinal) || word == "go" ? $"{word}es"
        : $"{word}s";

    private static string WithIng(string word) => word is "be" or "see" or "agree" or "disagree" ? $"{word}ing"
        : word.EndsWith("ie", StringComparison.Ordinal) ? $"{word[..^2]}ying"
        : word.EndsWith('e') ? $"{word[..^1]}ing" : Doubles(word) ? $"{word}{word[^1]}ing" : $"{word}ing";

    private static string WithEd(string word) =>
        EndsInConsonantY(word) ? $"{word[..^1]}ied" : word.EndsWith('e') ? $"{word}d" : Doubles(word) ? $"{word}{word[^1]}ed" : $"{word}ed";

    // stop, plan, get: one vowel between consonants, of one syllable; the longer verbs that do it are few.
    private static bool Doubles(string word) =>
        word is "begin" or "admit" or "refer" or "prefer" or "forget"
        || (word.Length is 3 or 4 && !"aeiouwxy".Contains(word[^1], StringComparison.Ordinal) && "aeiou".Contains(word[^2], StringComparison.Ordinal) && !"aeiou".Contains(word[^3], StringComparison.Ordinal)
            && word is not ("open" or "visit" or "enter" or "offer"));
}
