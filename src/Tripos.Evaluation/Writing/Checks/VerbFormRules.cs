using System.Collections.Frozen;

namespace Tripos.Evaluation.Writing;

/// <summary>Verbs in the wrong form after what stands before them.</summary>
internal static class VerbFormRules
{
    private const string Rule = "verb-form";
    private static readonly FrozenSet<string> Compared = WordLists.Rule("compared");
    private static readonly FrozenSet<string> Auxiliaries = WordLists.Rule("auxiliaries");
    private static readonly FrozenSet<string> Modals = WordLists.Rule("modals");

    public static Finding? AfterModal(Around at)
    {
        if (!Modals.Contains(at[0]) || !at.Joined(1) || at[-1] is "the" or "a" or "his" or "her" or "their" or "own" or "free")
        {
            return null;
        }

        int next = at[1] is "not" or "also" or "always" or "only" or "never" or "often" or "really" ? 2 : 1;
        string verb = at[next];
        return verb == "to" ? at.Found(Rule, 0, next, $"“to” after “{at[0]}”", $"Leave out “to” after “{at[0]}”.")
            : verb is "can" or "must" or "should" or "will" or "could" or "may" ? at.Found(Rule, 0, next, "two modal verbs together", $"Use one modal verb: “{at[0]} be able to”.", at[0] is "may" or "might" && at[1] == "will" ? 0.5 : 1)
            : verb == "of" && at[next + 1] is not ("course" or "") ? at.Found(Rule, 0, next, "“of” instead of “have”", $"Write “{at[0]} have”.")
            : (WordLists.ThirdPersons.Contains(verb) && verb is not ("needs" or "costs" or "plans" or "shows")) || verb is "is" or "are" or "was" or "were" or "has" || WordLists.IrregularPasts.Contains(verb)
                ? at.Found(Rule, 0, next, $"“{verb}” after “{at[0]}”", $"Use the base form of the verb after “{at[0]}”.")
            : null;
    }

    public static Finding? AfterDo(Around at)
    {
        int next = at[0] is "don't" or "doesn't" or "didn't" or "dont" or "doesnt" or "didnt" ? 1 : at[0] is "do" or "does" or "did" && at[1] == "not" ? 2 : 0;
        return next > 0 && at.Joined(next) && (WordLists.ThirdPersons.Contains(at[next]) || WordLists.IrregularPasts.Contains(at[next]) || at[next] is "was" or "were" or "is" or "are" or "can" or "to")
            ? at.Found(Rule, 0, next, $"“{at[next]}” after “{at[0]}”", "Use the base form of the verb after “do not”, “does not” and “did not”.") : null;
    }

    public static Finding? AfterTo(Around at) =>
        at[0] == "to" && at.Joined(1) && (WordLists.IrregularPasts.Contains(at[1]) || at[1] is "was" or "were" or "is" or "has" or "had" or "goes" or "does") && at[-1] is not ("due" or "thanks" or "used")
            ? at.Found(Rule, 0, 1, $"“{at[1]}” after “to”", "Use the base form of the verb after “to”.") : null;

    /// <summary>they not talk, he not need</summary>
    public static Finding? NegativeWithoutDo(Around at) =>
        at[0] is "i" or "you" or "we" or "they" or "he" or "she" or "it" or "people" or "city" or "government" && at[1] == "not" && at.Joined(2) && (WordLists.Verbs.Contains(at[2]) || (at[2].EndsWith("ing", StringComparison.Ordinal) && at[0] is not "you"))
            && !at.BaseFormAllowed && !IsAuxiliary(at[-1])
            ? at.Found(Rule, 0, 2, "a negative without an auxiliary", "Write “do not”, “does not” or a form of “be” before the verb.") : null;

    /// <summary>they watching TV</summary>
    public static Finding? PronounAndIng(Around at) =>
        at[0] is "he" or "she" or "they" or "we" or "i" && at.Joined(1) && at[1].Length > 4 && at[1].EndsWith("ing", StringComparison.Ordinal) && WordLists.VerbForms.Contains(at[1]) && at[1] is not ("being" or "having" or "bring") && !IsAuxiliary(at[-1])
            ? at.Found(Rule, 0, 1, "a form of “be” is missing", $"Write “am”, “is” or “are” before “{at[1]}”.") : null;

    /// <summary>I am agree, it is depend</summary>
    public static Finding? BeAndBase(Around at) =>
        at[0] is "am" or "is" or "are" or "was" or "were" && at.Joined(1) && at[1] is "agree" or "disagree" or "depend" or "believe" or "exist" or "happen" or "want" or "think" or "know" or "need" or "mean" or "have" or "go" or "go" or "say"
            && at[-1] is not ("what" or "that" or "all" or "it" or "do" or "thing" or "this") ? at.Found(Rule, 0, 1, $"“{at[0]}” before another verb", $"Use one verb: leave out “{at[0]}”, or change “{at[1]}”.") : null;

    /// <summary>more better, most biggest</summary>
    public static Finding? DoubleComparison(Around at) =>
        at[0] is "more" or "most" && at.Joined(1) && Compared.Contains(at[1])
            && !(at[1] is "old" or "small" or "warm" or "easy" or "big" or "fast" or "hard" or "rich" or "cheap" && (WordLists.PluralNouns.Contains(at[2]) || at[0] == "most" || at[2].EndsWith('s')))
            ? at.Found(Rule, 0, 1, "compared twice", at[1].EndsWith('r') || at[1] is "worse" ? $"Write “{at[1]}” without “{at[0]}”." : $"Use the short form of comparison instead of “{at[0]} {at[1]}”.") : null;

    private static bool IsAuxiliary(string word) => Auxiliaries.Contains(word);
}
