namespace Tripos.Scoring;

/// <summary>One line of a prefix or suffix: take <paramref name="Text"/> off, put <paramref name="Strip"/> back, and the stem must meet the condition.</summary>
internal sealed record Affix(bool IsPrefix, char Flag, bool Crosses, string Strip, string Text, string Condition)
{
    private readonly (bool Not, string Letters)[] _places = [.. Places(Condition)];

    /// <summary>The stem of a word with this affix; null when it does not have it.</summary>
    public string? StemOf(string word)
    {
        bool ends = IsPrefix ? word.StartsWith(Text, StringComparison.Ordinal) : word.EndsWith(Text, StringComparison.Ordinal);
        if (!ends || word.Length - Text.Length + Strip.Length == 0)
        {
            return null;
        }

        string stem = IsPrefix ? string.Concat(Strip, word.AsSpan(Text.Length)) : string.Concat(word.AsSpan(0, word.Length - Text.Length), Strip);
        return Meets(stem) ? stem : null;
    }

    private bool Meets(string stem)
    {
        if (stem.Length < _places.Length)
        {
            return false;
        }

        int start = IsPrefix ? 0 : stem.Length - _places.Length;
        for (int i = 0; i < _places.Length; i++)
        {
            if (_places[i].Letters.Contains(stem[start + i], StringComparison.Ordinal) == _places[i].Not)
            {
                return false;
            }
        }

        return true;
    }

    // "[^aeiou]y" is two places; "." is one that anything fits: not any of no letters.
    private static IEnumerable<(bool Not, string Letters)> Places(string condition)
    {
        if (condition == ".")
        {
            yield break;
        }

        for (int i = 0; i < condition.Length; i++)
        {
            int close = condition[i] == '[' ? condition.IndexOf(']', i) : -1;
            if (close < 0)
            {
                yield return condition[i] == '.' ? (true, "") : (false, condition[i..(i + 1)]);
                continue;
            }

            bool not = condition[i + 1] == '^';
            yield return (not, condition[(i + (not ? 2 : 1))..close]);
            i = close;
        }
    }
}
