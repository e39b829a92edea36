using System.Buffers;
using System.Collections.Frozen;

namespace Tripos.Evaluation.Writing;

/// <summary>Whole sentences: how they begin and end, and whether they are one sentence.</summary>
internal static class SentenceRules
{
    private const int Rambling = 60;
    private const int MostAnds = 4;
    private static readonly SearchValues<char> MayBeginSmall = SearchValues.Create("-*•–\"“‘'(…:;");
    private static readonly SearchValues<char> EndMarks = SearchValues.Create(".!?…:;,#|*)]");
    private static readonly SearchValues<char> ClauseMarks = SearchValues.Create(";:()—–\"“”");
    private static readonly FrozenSet<string> Subordinators = WordLists.Rule("subordinators");
    private static readonly FrozenSet<string> Finite = WordLists.Rule("finite");
    private static readonly FrozenSet<string> Subjects = WordLists.Rule("subjects");

    /// <summary>What a sentence does wrong as a whole.</summary>
    /// <param name="text">The text.</param>
    /// <param name="oneSentence">A single, long sentence is asked for.</param>
    public static IEnumerable<Finding> All(WrittenText text, bool oneSentence)
    {
        HashSet<int> ends = [.. text.Paragraphs.Select(paragraph => paragraph.End)];
        for (int i = 0; i < text.Sentences.Count; i++)
        {
            var sentence = text.Sentences[i];
            var starts = new Around(text, sentence, sentence.First);
            var found = (Finding?[])[Capital(starts), Splice(starts), oneSentence ? null : TooLong(starts), Fragment(starts, i), DoubleLink(starts), oneSentence && i > 0 ? null : EndMark(text, sentence, ends)];
            foreach (var finding in found.OfType<Finding>())
            {
                yield return finding;
            }
        }
    }

    // A list, a quotation or a name may begin small.
    private static Finding? Capital(Around at)
    {
        var word = at.Text.Words[at.At];
        string before = at.Text.Between(at.At - 1, at.At);
        return char.IsLower(at.Text.Text[word.Start]) && !before.AsSpan().ContainsAny(MayBeginSmall) && word.End - word.Start > 1 && !word.Lower.Any(char.IsDigit) && (at.Sentence.Count > 1 || at.At == 0)
            && at.Text.Text.AsSpan(word.Start, word.End - word.Start).IndexOfAnyInRange('A', 'Z') < 0
            ? at.Found("capital", 0, 0, "a sentence begins small", "Begin every sentence with a capital letter.", 0.5) : null;
    }

    // Only at the end of a paragraph of several words, where nothing else can be meant.
    private static Finding? EndMark(WrittenText text, Stretch sentence, HashSet<int> ends) =>
        ends.Contains(sentence.End) && sentence.Count > 5 && !text.Between(sentence.End - 1, sentence.End).AsSpan().ContainsAny(EndMarks)
            ? new("end-mark", "the end of the sentence is not marked", "End the sentence with a full stop.", text.PlaceOf(sentence.End - 1, sentence.End - 1), 0.5) : null;

    /// <summary>Two main clauses with nothing but a comma between them.</summary>
    private static Finding? Splice(Around start)
    {
        int clause = start.Sentence.First;
        for (int i = start.Sentence.First + 1; i < start.Sentence.End - 1; i++)
        {
            string gap = start.Text.Between(i - 1, i);
            if (gap.AsSpan().ContainsAny(ClauseMarks))
            {
                clause = i;
                continue;
            }

            if (gap.TrimEnd() != ",")
            {
                continue;
            }

            var at = start with { At = i };
            bool second = Subjects.Contains(at[0]) && at.Joined(1) && (Finite.Contains(at[1]) || WordLists.VerbForms.Contains(at[1])) && !(at[0] == "this" && !Finite.Contains(at[1]));
            second |= at[0] == "that" && at[1] is "is" or "was" && at.Joined(2);
            if (second && IsMainClause(start.Text, clause, i) && !GoesOn(start.Text, i, start.Sentence.End) && at[1] is not ("think" or "said" or "say" or "says" or "believe" or "argue" or "suppose"))
            {
                return at.Found("splice", 0, Math.Min(1, start.Sentence.End - 1 - i), "two sentences with only a comma between them", $"Put a full stop or a word such as “and” or “because” before “{start.Text.Text[at.Text.Words[i].Start..at.Text.Words[i].End]}”.");
            }

            clause = i;
        }

        return null;
    }

    private static bool IsMainClause(WrittenText text, int from, int to)
    {
        int first = from < to && text.Words[from].Lower is "and" or "but" or "so" or "then" or "or" ? from + 1 : from;
        if (to - first < 3)
        {
            return false;
        }

        bool verb = false;
        for (int i = first; i < to; i++)
        {
            string word = text.Words[i].Lower;
            if (i < first + 2 && (Subordinators.Contains(word) || word.EndsWith("ing", StringComparison.Ordinal)) || word is "if" or "when" or "because" or "although" or "while" or "whether" or "unless" or "who" or "which" or "so")
            {
                return false;
            }

            verb |= i > first && (Finite.Contains(word) || (i > first && WordLists.ThirdPersons.Contains(word) && text.Words[i - 1].Lower is "he" or "she" or "it") || (Subjects.Contains(text.Words[i - 1].Lower) && WordLists.VerbForms.Contains(word)));
        }

        return verb;
    }

    // "It rings, it glows and it sings" is a list of clauses.
    private static bool GoesOn(WrittenText text, int from, int end)
    {
        for (int i = from + 1; i < end; i++)
        {
            if (text.Words[i].Lower is "and" or "or" or "but" && text.Between(i - 1, i).Contains(',', StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static Finding? TooLong(Around at)
    {
        int ands = at.Text.In(at.Sentence).Count(word => word.Lower is "and" or "but" or "so");
        return at.Sentence.Count > Rambling || (at.Sentence.Count > 45 && ands >= MostAnds)
            ? at.Found("run-on", 0, Math.Min(5, at.Sentence.Count - 1), $"a sentence of {at.Sentence.Count} words", "Split this sentence into two or three.") : null;
    }

    /// <summary>A sentence without a verb, or a subordinate clause alone.</summary>
    private static Finding? Fragment(Around at, int index)
    {
        string gap = at.Text.Between(at.Sentence.End - 1, at.Sentence.End);
        if (at.Sentence.Count is < 3 or > 25 || gap.AsSpan().ContainsAny(":?!") || !gap.Contains('.', StringComparison.Ordinal))
        {
            return null;
        }

        bool alone = index > 0 && at[0] is "because" or "although" or "which" or "whereas" && index > 0 && at.Sentence.Count <= 12 && !Enumerable.Range(at.At + 1, at.Sentence.Count - 1).Any(i => at.Text.Between(i - 1, i).Contains(',', StringComparison.Ordinal));
        bool verbless = !at.Text.In(at.Sentence).Any(MayBeVerb) && !at.Text.In(at.Sentence).Any(IsStrange) && !(at.Text.In(at.Sentence).FirstOrDefault(word => word.IsContent) is { } opening && WordLists.CountedNouns.Contains(opening.Lower));
        return alone ? at.Found("fragment", 0, at.Sentence.Count - 1, "half a sentence", "Join it to the sentence before.")
            : verbless ? at.Found("fragment", 0, at.Sentence.Count - 1, "no verb in this sentence", "Add a verb, or join it to another sentence.") : null;
    }

    /// <summary>although … but, because … so</summary>
    private static Finding? DoubleLink(Around at)
    {
        string second = at[0] switch { "although" or "though" => "but", "because" or "since" => "so", _ => "" };
        for (int i = 3; second.Length > 0 && i < at.Sentence.Count; i++)
        {
            if (at[i] == second && at.Text.Between(at.At + i - 1, at.At + i).Contains(',', StringComparison.Ordinal) && at[i + 1] is not ("much" or "that" or "many" or "only") && !Enumerable.Range(at.At + 1, i - 1).Any(j => at.Text.Between(j - 1, j).Contains(',', StringComparison.Ordinal)))
            {
                return at.Found("phrase", i, i, $"“{at[0]}” and “{second}” for the same link", $"Leave out “{at[0]}” or “{second}”.");
            }
        }

        return null;
    }

    // A word of no list could be anything, and a noun that opens a sentence an imperative ("Phone the office").
    private static bool IsStrange(Word word) => !word.IsFunction && (!WordLists.CommonStems.Contains(word.Stem) || !char.IsLetter(word.Lower[0]));

    /// <summary>Any word that could be a verb: who asks must not guess.</summary>
    internal static bool MayBeVerb(Word word) =>
        WordLists.VerbForms.Contains(word.Lower) || word.Lower.Contains('\'', StringComparison.Ordinal)
        || (word.Lower.Length > 3 && !word.IsFunction && (word.Lower.EndsWith("ed", StringComparison.Ordinal) || word.Lower.EndsWith("es", StringComparison.Ordinal) || word.Lower.EndsWith("ing", StringComparison.Ordinal) || word.Lower.EndsWith("ts", StringComparison.Ordinal) || word.Lower.EndsWith("ns", StringComparison.Ordinal)));
}
