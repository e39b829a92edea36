using System.Collections.Frozen;

namespace Tripos.Evaluation.Writing;

/// <summary>Words that are taken for one another, and apostrophes that are left out.</summary>
internal static class ConfusionRules
{
    private const string Rule = "confusion";
    private static readonly FrozenSet<string> Owned = WordLists.Rule("owned");

    private static readonly FrozenDictionary<string, string> WithoutApostrophe =
        WordLists.Rule("apostrophes").Select(pair => pair.Split('=')).ToFrozenDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    private static readonly (string[] Words, string Instead)[] Phrases =
        [.. WordLists.Lines("not-said.txt").Select(line => line.Split(" = ")).Select(pair => (pair[0].Split(' '), pair[1]))];

    public static Finding? Homophones(Around at) => at[0] switch
    {
        "there" when at.Joined(1) && Owned.Contains(at[1]) && at[-1] is not ("is" or "are" or "was" or "were" or "out" or "over") => at.Found(Rule, 0, 1, "“there” instead of “their”", $"Write “their {at[1]}”."),
        "they" when at.Joined(1) && Owned.Contains(at[1]) && at[1] is not ("work" or "own" or "lives") => at.Found(Rule, 0, 1, "“they” instead of “their”", $"Write “their {at[1]}”."),
        "their" when at[1] is "is" or "are" or "was" or "were" && at.Joined(1) => at.Found(Rule, 0, 1, "“their” instead of “there”", $"Write “there {at[1]}”."),
        "they're" or "your" when at[1] is "own" && at[0] == "they're" => at.Found(Rule, 0, 1, "“they're” instead of “their”", "Write “their own”."),
        "your" when at[1] is "welcome" or "wrong" or "right" or "going" && at[2].Length == 0 => at.Found(Rule, 0, 1, "“your” instead of “you're”", $"Write “you're {at[1]}”."),
        "its" when at[1] is "a" or "an" or "the" or "not" or "important" or "also" or "necessary" or "been" or "because" && at.Joined(1) => at.Found(Rule, 0, 1, "“its” instead of “it's”", $"Write “it is {at[1]}”."),
        "it's" when at[1] == "own" => at.Found(Rule, 0, 1, "“it's” instead of “its”", "Write “its own”."),
        "then" when at.Joined(-1) && at[-1] is "more" or "less" or "better" or "worse" or "rather" or "bigger" or "smaller" or "cheaper" or "faster" or "higher" or "older" or "easier" && at[1].Length > 0 => at.Found(Rule, -1, 0, "“then” instead of “than”", $"Write “{at[-1]} than”."),
        "to" when at.Joined(1) && at[1] is "much" or "many" or "expensive" or "late" && at[-1] is not ("owe" or "due" or "listen" or "talk" or "given" or "similar" or "apply" or "equal") && at[-1].Length > 0 => at.Found(Rule, 0, 1, "“to” instead of “too”", $"Write “too {at[1]}”."),
        "live" when at.Joined(-1) && at[-1] is "my" or "our" or "their" or "his" or "her" && at[1] is not ("music" or "show" or "concert" or "stream" or "performance" or "broadcast" or "shows" or "concerts" or "audience") => at.Found(Rule, -1, 0, "“live” instead of “life”", $"Write “{at[-1]} life”."),
        _ => null,
    };

    public static Finding? Apostrophe(Around at) =>
        WithoutApostrophe.TryGetValue(at[0], out string? right) && !char.IsUpper(at.Text.Text[at.Text.Words[at.At].End - 1])
            ? at.Found("apostrophe", 0, 0, "the apostrophe is missing", $"Write “{right}”.", 0.5) : null;

    public static Finding? Phrase(Around at)
    {
        foreach (var (words, instead) in Phrases)
        {
            if (at[0] == words[0] && words.Index().All(word => at[word.Index] == word.Item) && at.Joined(words.Length - 1) && (words[^1] != "side" || (at.IsFirst && at[words.Length] != "of")))
            {
                return at.Found("phrase", 0, words.Length - 1, "not said like this", $"Write “{instead}”.");
            }
        }

        return null;
    }

    public static Finding? Repeated(Around at) =>
        at[0].Length > 0 && at[0] == at[1] && at.Joined(1) && at[0] is not ("had" or "that" or "very" or "so" or "really" or "is" or "do" or "her" or "no" or "far" or "many" or "much") && char.IsLetter(at[0][0])
            ? at.Found("repeated", 0, 1, "written twice", $"Write “{at[0]}” once.") : null;

    public static Finding? SmallI(Around at) =>
        at[0] == "i" && at.Text.Text[at.Text.Words[at.At].Start] == 'i' && at.Joined(1) && at[1] is not ("e" or "ii") && at.Text.Between(at.At, at.At + 1) is not ['.' or ')', ..]
            ? at.Found("capital", 0, 0, "a small “i”", "Write the pronoun “I” with a capital letter.", 0.5) : null;
}
