namespace Tripos.Evaluation.Writing;

/// <summary>Phrases by group, found in a text by their words.</summary>
internal sealed class PhraseList
{
    /// <summary>A phrase in a text: words <paramref name="First"/> to <paramref name="Last"/>, both included.</summary>
    public sealed record Hit(string Group, int First, int Last);

    private readonly Dictionary<string, List<(string[] Words, string Group)>> _byFirst = new(StringComparer.Ordinal);

    /// <summary>Reads a list: <c>group: phrase; phrase</c>, or a phrase on each line.</summary>
    public static PhraseList Read(string name)
    {
        var list = new PhraseList();
        foreach (string line in WordLists.Lines(name))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            foreach (string phrase in line[(colon + 1)..].Split(';', StringSplitOptions.TrimEntries))
            {
                list.Add(phrase, colon < 0 ? "" : line[..colon]);
            }
        }

        foreach (var phrases in list._byFirst.Values)
        {
            phrases.Sort((one, other) => other.Words.Length.CompareTo(one.Words.Length));
        }

        return list;
    }

    /// <summary>The longest phrase at each place; phrases do not overlap.</summary>
    public IEnumerable<Hit> In(WrittenText text)
    {
        for (int i = 0; i < text.Words.Count; i++)
        {
            if (_byFirst.TryGetValue(text.Words[i].Lower, out var phrases) && phrases.FirstOrDefault(phrase => Stands(text, i, phrase.Words)) is { Words: { } words, Group: var group })
            {
                yield return new(group, i, i + words.Length - 1);
                i += words.Length - 1;
            }
        }
    }

    private void Add(string phrase, string group)
    {
        string[] words = [.. WrittenText.Of(phrase).Words.Select(word => word.Lower)];
        (_byFirst.TryGetValue(words[0], out var list) ? list : _byFirst[words[0]] = []).Add((words, group));
    }

    private static bool Stands(WrittenText text, int at, string[] words)
    {
        for (int i = 0; i < words.Length; i++)
        {
            if (at + i >= text.Words.Count || text.Words[at + i].Lower != words[i])
            {
                return false;
            }
        }

        return true;
    }
}
