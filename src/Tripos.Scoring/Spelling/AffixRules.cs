using System.Globalization;

namespace Tripos.Scoring;

/// <summary>What an affix file says.</summary>
internal sealed class AffixRules
{
    private enum FlagForm
    {
        Letter,
        Long,
        Number,
    }

    private static readonly Affix[] NoAffixes = [];

    private readonly Dictionary<char, List<Affix>> _suffixesByLast = [];
    private readonly Dictionary<char, List<Affix>> _prefixesByFirst = [];
    private readonly List<string> _compounds = [];
    private readonly Dictionary<(bool IsPrefix, char Flag), bool> _crosses = [];
    private FlagForm _form;
    private int _shortestPart = 3;
    private char _onlyInCompound, _needsAffix, _forbidden;

    public static AffixRules Read(TextReader reader)
    {
        var rules = new AffixRules();
        int number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            string[] fields = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length > 1 && !rules.Take(fields))
            {
                throw new FormatException($"Line {number} of the affix file cannot be read: {line}");
            }
        }

        return rules;
    }

    public IReadOnlyList<Affix> SuffixesOf(string word) => _suffixesByLast.TryGetValue(word[^1], out var affixes) ? affixes : NoAffixes;

    public IReadOnlyList<Affix> PrefixesOf(string word) => _prefixesByFirst.TryGetValue(word[0], out var affixes) ? affixes : NoAffixes;

    public bool StandsAlone(string flags) => !Has(flags, _onlyInCompound) && !Has(flags, _needsAffix);

    public bool IsForbidden(string flags) => Has(flags, _forbidden);

    /// <summary>The flags of a word, one character each.</summary>
    public string FlagsOf(string text) => _form switch
    {
        FlagForm.Long => string.Concat(text.Chunk(2).Select(pair => (char)((pair[0] << 8) | pair[^1]))),
        FlagForm.Number => string.Concat(text.Split(',').Select(number => (char)int.Parse(number, CultureInfo.InvariantCulture))),
        _ => text,
    };

    /// <summary>Whether a word is made of listed words as a compound rule says: 21st is 2 + 1st.</summary>
    public bool IsCompound(string word, Dictionary<string, string> words)
    {
        foreach (string rule in _compounds)
        {
            if (Follows(word, 0, rule, 0, words))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Has(string flags, char flag) => flag != 0 && flags.Contains(flag, StringComparison.Ordinal);

    private bool Take(string[] fields)
    {
        switch (fields[0])
        {
            case "FLAG":
                _form = fields[1] switch { "long" => FlagForm.Long, "num" => FlagForm.Number, _ => FlagForm.Letter };
                return true;
            case "SET":
                return fields[1] is "UTF-8" or "ISO8859-1" or "ASCII";
            case "PFX" or "SFX":
                return TakeAffix(fields);
            case "COMPOUNDRULE":
                _compounds.AddRange(int.TryParse(fields[1], CultureInfo.InvariantCulture, out _) ? [] : [fields[1]]);
                return _form == FlagForm.Letter;
            case "COMPOUNDMIN":
                return int.TryParse(fields[1], CultureInfo.InvariantCulture, out _shortestPart);
            case "ONLYINCOMPOUND":
                _onlyInCompound = FlagsOf(fields[1])[0];
                return true;
            case "NEEDAFFIX":
                _needsAffix = FlagsOf(fields[1])[0];
                return true;
            case "FORBIDDENWORD":
                _forbidden = FlagsOf(fields[1])[0];
                return true;
            default:
                return true; // comments, and what serves suggestions
        }
    }

    // "SFX D Y 4" opens a class; "SFX D y ied [^aeiou]y" is one of its lines.
    private bool TakeAffix(string[] fields)
    {
        if (fields.Length < 4)
        {
            return false;
        }

        bool isPrefix = fields[0] == "PFX";
        char flag = FlagsOf(fields[1])[0];
        if (!_crosses.ContainsKey((isPrefix, flag)))
        {
            _crosses[(isPrefix, flag)] = fields[2] == "Y";
            return fields[2] is "Y" or "N";
        }

        string strip = fields[2] == "0" ? "" : fields[2];
        string text = fields[3].Split('/')[0] is var own && own == "0" ? "" : own;
        var affix = new Affix(isPrefix, flag, _crosses[(isPrefix, flag)], strip, text, fields.Length > 4 ? fields[4] : ".");
        var index = isPrefix ? _prefixesByFirst : _suffixesByLast;
        if (text.Length > 0)
        {
            char at = isPrefix ? text[0] : text[^1];
            (index.TryGetValue(at, out var list) ? list : index[at] = []).Add(affix);
        }

        return true;
    }

    private bool Follows(string word, int at, string rule, int step, Dictionary<string, string> words)
    {
        if (step == rule.Length)
        {
            return at == word.Length && at > 0;
        }

        char flag = rule[step], often = step + 1 < rule.Length ? rule[step + 1] : ' ';
        bool repeats = often == '*', optional = repeats || often == '?';
        int after = step + (optional ? 2 : 1);
        if (optional && Follows(word, at, rule, after, words))
        {
            return true;
        }

        for (int end = at + _shortestPart; end <= word.Length; end++)
        {
            if (words.TryGetValue(word[at..end], out string? flags) && flags.Contains(flag, StringComparison.Ordinal) && Follows(word, end, rule, repeats ? step : after, words))
            {
                return true;
            }
        }

        return false;
    }
}
