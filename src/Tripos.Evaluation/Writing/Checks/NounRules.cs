using System.Collections.Frozen;

namespace Tripos.Evaluation.Writing;

/// <summary>Nouns that do not fit their articles and numbers.</summary>
internal static class NounRules
{
    private static readonly string[] LikeConsonants = ["uni", "use", "usu", "eu", "one", "once", "ubi", "uto", "ufo", "uk", "us", "ura", "utili", "uten", "uro"];
    private static readonly FrozenSet<string> NotCounted = WordLists.Rule("never-plural");
    private static readonly FrozenSet<string> MayStandAlone = WordLists.Rule("nouns-without-article");

    public static Finding? Article(Around at)
    {
        if (at[0] is not ("a" or "an") || at[1].Length < 2 || at[1] is "and" or "or" or "is" or "are" or "in" or "as" or "at" or "of" or "if" || !at.Joined(1) || char.IsUpper(at.Text.Text[at.Text.Words[at.At + 1].Start]) || !char.IsAsciiLetter(at[1][0]))
        {
            return null;
        }

        bool historic = Starts(at[1], "hist", "hotel"); // both articles are written
        bool vowel = Starts(at[1], "hour", "honest", "honour", "honor", "heir") || ("aeiou".Contains(at[1][0], StringComparison.Ordinal) && (Starts(at[1], "unin", "unim", "unid", "usher") || !Starts(at[1], LikeConsonants)));
        return historic || vowel == (at[0] == "an") || (at.IsFirst && at[1].Length < 3) ? null
            : at.Found("article", 0, 1, $"“{at[0]}” before “{at[1]}”", vowel ? $"Write “an {at[1]}”." : $"Write “a {at[1]}”.");
    }

    public static Finding? SingularAfterMany(Around at)
    {
        bool many = at[0] is "many" or "several" or "these" or "those" or "few" or "both" or "different" && at[-1] != "a";
        int next = at[1] is "old" or "new" or "other" or "different" or "big" or "small" or "good" or "bad" or "young" ? 2 : 1;
        string noun = at[next];
        bool notCounted = noun is "money" or "information" or "traffic" or "advice" or "work";
        bool compound = WordLists.PluralNouns.Contains(at[next + 1]) || (at[next + 1].EndsWith('s') && at[next + 1].Length > 4); // many city councils
        return many && at.Joined(next) && (notCounted || (WordLists.CountedNouns.Contains(noun) && !compound)) && !(at[0] is "both" or "different" && noun is not "country")
            ? at.Found("number", 0, next, $"a singular after “{at[0]}”", notCounted ? $"Write “much {noun}” or “a lot of {noun}”." : $"Write the plural of “{noun}”.") : null;
    }

    public static Finding? PluralAfterSingular(Around at) =>
        at.Joined(1) && ((at[0] is "a" or "an" or "every" or "each" or "another" or "this" && WordLists.PluralNouns.Contains(at[1]) && at[1] is not ("points" or "means" or "kings") && !WordLists.PluralNouns.Contains(at[2]) && at[2] is not ("day" or "week" or "month" or "year" or "per"))
            || (at[0] is "a" or "an" && at[1] is "advice" or "information" or "furniture" or "homework" && at[2] is not ("sheet" or "desk" or "centre" or "center" or "system" or "board") && !WordLists.CountedNouns.Contains(at[2])))
            ? at.Found("number", 0, 1, $"“{at[0]}” with a plural", $"Write the singular after “{at[0]}”, or leave it out.") : null;

    public static Finding? MuchAndLess(Around at)
    {
        bool counted = WordLists.PluralNouns.Contains(at[1]) || at[1] is "sweets" or "clothes" || (at[0] == "less" && at[1].Length > 5 && at[1].EndsWith("es", StringComparison.Ordinal) && at[1] != "species");
        return at[0] is "much" or "less" && at.Joined(1) && counted
            ? at.Found("number", 0, 1, $"“{at[0]}” before things that are counted", at[0] == "much" ? $"Write “many {at[1]}”." : $"Write “fewer {at[1]}”.") : null;
    }

    public static Finding? OneOf(Around at)
    {
        if (at[0] != "one" || at[1] != "of" || at[2] is not ("the" or "my" or "our" or "these" or "those" or "their" or "his" or "her"))
        {
            return null;
        }

        int noun = WordLists.CountedNouns.Contains(at[3]) ? 3 : at[3] is "most" or "biggest" or "main" or "best" or "important" ? 4 : 5;
        noun = at[3] == "most" ? 5 : noun;
        return noun < 6 && WordLists.CountedNouns.Contains(at[noun]) && at.Joined(noun) && !WordLists.CountedNouns.Contains(at[noun + 1]) && !WordLists.PluralNouns.Contains(at[noun + 1])
            ? at.Found("number", 0, noun, "a singular after “one of”", $"Write the plural of “{at[noun]}” after “one of the”.") : null;
    }

    public static Finding? NeverPlural(Around at) =>
        NotCounted.Contains(at[0]) && at.Text.Between(at.At, at.At + 1) is not ['\'' or '’', ..]
            ? at.Found("number", 0, 0, $"“{at[0]}” has no such plural", $"Look up the plural of this word; many of them have none.") : null;

    /// <summary>Teacher cannot see it.</summary>
    public static Finding? NoArticleAtStart(Around at) =>
        at.IsFirst && at.Sentence.Count > 3 && WordLists.CountedNouns.Contains(at[0]) && at.Joined(1) && at[0] is not ("person" or "life" or "language" or "man" or "law" or "space" or "society" or "mother" or "father" or "grandmother" or "grandfather" or "week" or "level" or "parent")
            && at[1] is "is" or "are" or "was" or "were" or "can" or "cannot" or "must" or "should" or "will" or "have" or "has" or "don't" or "doesn't" or "dont"
            ? at.Found("article", 0, 0, $"“{at[0]}” without an article", $"Write “a”, “the” or the plural of “{at[0]}”.") : null;

    /// <summary>in city, have problem: a thing that is counted stands alone.</summary>
    public static Finding? NoArticle(Around at)
    {
        bool before = at[-1] is "in" or "on" or "to" or "from" or "at" or "with" or "have" or "has" or "is" or "was" or "buy" or "need" or "want" or "find" or "get" or "without" or "into";
        bool after = at[1].Length == 0 || !at.Joined(1) || (WordLists.Function.Contains(at[1]) && at[1] is not ("to" or "by" or "after" or "in" or "of" or "one" or "two"));
        return before && after && at.Joined(-1) && WordLists.CountedNouns.Contains(at[0]) && !MayStandAlone.Contains(at[0])
            && !(at[-1] is "to" && (at[-3] is "from" || WordLists.Verbs.Contains(at[0]))) && at[-2] is not ("from" or "what" or "which")
            ? at.Found("article", -1, 0, $"“{at[0]}” without an article", $"Write “a”, “the” or another determiner before “{at[0]}”.") : null;
    }

    private static bool Starts(string word, params ReadOnlySpan<string> beginnings)
    {
        foreach (string beginning in beginnings)
        {
            if (word.StartsWith(beginning, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
