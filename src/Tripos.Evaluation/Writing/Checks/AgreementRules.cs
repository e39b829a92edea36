using System.Collections.Frozen;

namespace Tripos.Evaluation.Writing;

/// <summary>Subject and verb that do not fit. Only patterns are taken that are hardly ever right.</summary>
internal static class AgreementRules
{
    private const string Rule = "agreement";

    // Verbs that are hardly ever nouns: "the student want" cannot be a compound.
    private static readonly FrozenSet<string> ClearVerbs = WordLists.Rule("clear-verbs");
    private static readonly FrozenSet<string> ThirdPersonsOrNouns = WordLists.Rule("third-persons-or-nouns");
    private static readonly FrozenSet<string> SafeWithIt = WordLists.Rule("verbs-after-it");
    private static readonly FrozenSet<string> Amounts = WordLists.Rule("amounts");
    private static readonly FrozenSet<string> MassNouns = WordLists.Rule("mass-nouns");
    private static readonly FrozenSet<string> NoSubjects = WordLists.Rule("no-subjects");
    private static readonly FrozenSet<string> SingularInS = WordLists.Rule("singular-in-s");

    public static Finding? AfterPronoun(Around at)
    {
        if (!at.Joined(1) || at.BaseFormAllowed)
        {
            return null;
        }

        string verb = at[1];
        bool wrong = at[0] switch
        {
            "he" or "she" => (WordLists.Verbs.Contains(verb) && verb is not ("be" or "cost" or "cut" or "put" or "let" or "set" or "read")) || verb is "don't" or "dont" or "are" or "were" or "haven't" or "aren't",
            "it" => at.StartsClause && (SafeWithIt.Contains(verb) || verb == "dont") && at[-1] is not ("if" or "that" or "when"),
            "they" or "we" or "you" => verb is "is" or "was" or "has" or "does" or "isn't" or "hasn't" or "doesn't" or "wasn't" || (WordLists.ThirdPersons.Contains(verb) && verb is not ("cares" or "reports" or "works") && (at[0] != "you" || at.StartsClause)),
            "i" => verb is "is" or "are" or "has" or "does" || (WordLists.ThirdPersons.Contains(verb) && at[-1] is not ("and" or "or")),
            "everybody" or "everyone" or "somebody" or "someone" or "nobody" or "anybody" or "anyone" => ClearVerbs.Contains(verb) || verb is "are" or "have" or "were" or "follow",
            _ => false,
        };
        return wrong ? at.Found(Rule, 0, 1, "subject and verb do not agree", $"Make the verb fit its subject “{at[0]}”.") : null;
    }

    /// <summary>everybody who want</summary>
    public static Finding? AfterWho(Around at) =>
        at[0] is "everybody" or "everyone" or "somebody" or "someone" or "nobody" or "person" && at[1] == "who" && at.Joined(2) && (ClearVerbs.Contains(at[2]) || at[2] is "are" or "need")
            ? at.Found(Rule, 0, 2, "subject and verb do not agree", $"Make the verb fit its subject “{at[0]}”.") : null;

    /// <summary>Old buildings is, the tourists has</summary>
    public static Finding? PluralAndSingular(Around at)
    {
        if (at[1] is not ("is" or "was" or "has" or "does" or "isn't" or "wasn't" or "hasn't" or "doesn't") || !at.Joined(1) || !IsPlural(at[0]))
        {
            return null;
        }

        for (int back = 0; back <= 3; back++)
        {
            var subject = at with { At = at.At - back };
            if (subject.At < at.Sentence.First || NoSubjects.Contains(subject[0]) || subject[0].EndsWith("ing", StringComparison.Ordinal) || WordLists.VerbForms.Contains(subject[0]) && back > 0)
            {
                return null;
            }

            if (subject.StartsClause)
            {
                return subject[-1] is "of" or "and" or "or" || IsName(at) || (subject[-1] is "that" && back == 0 && !WordLists.PluralNouns.Contains(at[0])) ? null
                    : at.Found(Rule, 0, 1, "a plural with a singular verb", $"Write the plural of the verb after “{at[0]}”.");
            }
        }

        return null;
    }

    /// <summary>governments spends, doctors says</summary>
    public static Finding? PluralAndThirdPerson(Around at) =>
        (WordLists.PluralNouns.Contains(at[0]) || at[0] == "people") && at.Joined(1)
            && WordLists.ThirdPersons.Contains(at[1]) && !WordLists.PluralNouns.Contains(at[1]) && !ThirdPersonsOrNouns.Contains(at[1])
            && at[-1] is not ("of" or "to" or "with" or "and" or "in" or "on" or "for") && at[-2] is not ("of" or "who" or "that" or "which") && !Enumerable.Range(1, 6).Any(back => at[-back].EndsWith("ing", StringComparison.Ordinal))
            ? at.Found(Rule, 0, 1, "a plural with a singular verb", $"Write the plural of the verb after “{at[0]}”.") : null;

    /// <summary>my brother work, the student want</summary>
    public static Finding? SingularAndBase(Around at)
    {
        bool mass = MassNouns.Contains(at[0]) && (at.StartsClause || (at[-1] == "the" && at[-2] is "because" or "but" or "" or "when" or "that" or "think"));
        bool determined = mass || at[-1] is "my" or "his" or "her" or "our" or "their" or "the" or "this" or "every" or "a" or "some" or "space" || at.IsFirst;
        bool verb = ClearVerbs.Contains(at[1]) || (mass && at[1] is "need" or "help" or "cause" or "cost" or "start") || (at[1] is "work" or "need" or "use" or "help" or "look" or "start" or "copy" or "play" && (WordLists.Function.Contains(at[2]) || at[2] is "many" or "lot"));
        return determined && verb && (mass || WordLists.CountedNouns.Contains(at[0])) && at.Joined(1) && !at.BaseFormAllowed && at[-2] is not ("and" or "or" or "with")
            && !(at.IsFirst && WordLists.Verbs.Contains(at[0]))
            ? at.Found(Rule, 0, 1, "a singular with a plural verb", $"Write the third person of the verb after “{at[0]}”.") : null;
    }

    /// <summary>teenager are</summary>
    public static Finding? SingularAndAre(Around at)
    {
        if (!WordLists.CountedNouns.Contains(at[0]) || at[1] is not ("are" or "were") || !at.Joined(1) || at[-1] is "and" or "or" or "of" or "what" or "number" or "majority")
        {
            return null;
        }

        // Only at the start of a clause, perhaps behind a determiner: elsewhere the subject may stand further in front.
        var before = at with { At = at.At - 1 };
        bool subject = at.IsFirst || (before[0] is "the" or "my" or "his" or "her" or "our" or "their" or "this" or "every" or "a" && (before.IsFirst || before[-1] is "because" or "if" or "when" or "but" or "that"));
        if (!subject)
        {
            return null;
        }

        return at.Found(Rule, 0, 1, "a singular with a plural verb", $"Make the verb fit its subject “{at[0]}”.");
    }

    /// <summary>there is many, there are a</summary>
    public static Finding? ThereIs(Around at)
    {
        if (at[0] != "there" || at[1] is not ("is" or "was" or "are" or "were" or "has"))
        {
            return null;
        }

        int next = at[2] is "also" or "still" or "often" or "not" ? 3 : 2;
        bool many = at[next] is "many" or "several" or "few" or "two" or "three" or "four" or "some" or "lots" or "these" or "bad" or "good" or "people" or "children" or "different"
            && (at[next] is not ("some" or "bad" or "good" or "different") || WordLists.PluralNouns.Contains(at[next + 1]));
        bool few = at[next] is "a" or "an" or "another" or "one" && !Amounts.Contains(at[next + 1]); // a lot, a wide range
        return at[1] is "is" or "was" && many ? at.Found(Rule, 0, next, "“there is” with a plural", "Write “there are” before a plural.")
            : at[1] is "are" or "were" && few ? at.Found(Rule, 0, next, "“there are” with a singular", "Write “there is” before a singular.")
            : at[1] == "has" ? at.Found(Rule, 0, 1, "“there has” instead of “there is”", "Write “there is” or “there are”.", at[2] == "been" ? 0 : 1) : null;
    }

    // The Netherlands is one country.
    private static bool IsName(Around at) => char.IsUpper(at.Text.Text[at.Text.Words[at.At].Start]) && !at.IsFirst;

    private static bool IsPlural(string word) =>
        WordLists.PluralNouns.Contains(word) || word is "childrens"
        || (word.Length > 3 && char.IsLetter(word[0]) && word[^1] == 's' && word[^2] is not ('s' or 'u' or 'i') && !word.Contains('\'', StringComparison.Ordinal) && !word.EndsWith("ics", StringComparison.Ordinal)
            && !SingularInS.Contains(word) && !WordLists.Function.Contains(word) && !WordLists.ThirdPersons.Contains(word));
}
