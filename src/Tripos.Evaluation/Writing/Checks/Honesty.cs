using System.Text.RegularExpressions;

namespace Tripos.Evaluation.Writing;

/// <summary>Attempts to get points without answering: what is found is not judged, and pointed out.</summary>
/// <param name="Orders">Sentences that give orders to whoever marks.</param>
/// <param name="Repeats">Sentences that stood there before.</param>
/// <param name="Copied">Words in runs of five that stand in the question.</param>
/// <param name="CopiedShare">Their share of all words, in [0, 1].</param>
/// <param name="FunctionShare">Share of words such as “the” and “of”, in [0, 1]; English prose has 0.4 to 0.6.</param>
/// <param name="VerblessShare">Share of words in sentences without any verb, in [0, 1].</param>
/// <param name="IsEnglish">Whether it is English at all.</param>
internal sealed partial record Honesty(IReadOnlyList<Stretch> Orders, IReadOnlyList<Stretch> Repeats, IReadOnlyList<Stretch> Copied, double CopiedShare, double FunctionShare, double VerblessShare, bool IsEnglish)
{
    private const int Run = 5;
    private const int Enough = 12;

    /// <summary>A heap of key words, not sentences.</summary>
    public bool IsStuffed => FunctionShare < 0.2 || (FunctionShare < 0.3 && VerblessShare > 0.5);

    public static Honesty Of(WrittenText text, string question, Func<string, bool>? isWord)
    {
        List<Stretch> orders = [], repeats = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (var sentence in text.Sentences)
        {
            string words = string.Join(' ', text.In(sentence).Select(word => word.Lower));
            if (IsOrder().IsMatch(words))
            {
                orders.Add(sentence);
            }
            else if (!seen.Add(words) && sentence.Count > 2)
            {
                repeats.Add(sentence);
            }
        }

        if (orders.Count > 0)
        {
            HashSet<Stretch> known = [.. orders];
            orders.AddRange(text.Sentences.Where(sentence => !known.Contains(sentence) && BelongsToOrder().IsMatch(string.Join(' ', text.In(sentence).Select(word => word.Lower)))));
            orders.Sort((one, other) => one.First.CompareTo(other.First));
        }

        var copied = CopiedFrom(text, question);
        int count = text.Words.Count, function = text.Words.Count(word => word.IsFunction);
        int verbless = text.Sentences.Where(sentence => !text.In(sentence).Any(SentenceRules.MayBeVerb)).Sum(sentence => sentence.Count);
        double share = count < Enough ? 0.4 : (double)function / count;
        return new(orders, repeats, copied, (double)copied.Sum(run => run.Count) / Math.Max(1, count), share, (double)verbless / Math.Max(1, count), English(text, share, isWord));
    }

    // Without dictionaries the common words have to do.
    private static bool English(WrittenText text, double functionShare, Func<string, bool>? isWord)
    {
        int letters = text.Text.Count(char.IsLetter), plain = text.Text.Count(char.IsAsciiLetter);
        if (letters > 0 && plain < letters * 0.8)
        {
            return false;
        }

        if (text.Words.Count < Enough || functionShare > 0.25)
        {
            return true;
        }

        var words = text.Words.Where(word => char.IsLetter(word.Lower[0])).Select(word => word.Lower).Distinct().ToList();
        return words.Count == 0 || words.Count(word => isWord?.Invoke(word) ?? WordLists.CommonStems.Contains(Stems.Of(word))) >= words.Count * (isWord is null ? 0.25 : 0.6);
    }

    private static List<Stretch> CopiedFrom(WrittenText text, string question)
    {
        var asked = WrittenText.Of(question).Words;
        HashSet<string> runs = [.. Enumerable.Range(0, Math.Max(0, asked.Count - Run + 1)).Select(i => string.Join(' ', asked.Skip(i).Take(Run).Select(word => word.Lower)))];
        List<Stretch> copied = [];
        for (int i = 0; i + Run <= text.Words.Count; i++)
        {
            if (runs.Contains(string.Join(' ', Enumerable.Range(i, Run).Select(j => text.Words[j].Lower))))
            {
                if (copied is [.., var last] && last.End >= i)
                {
                    copied[^1] = new(last.First, i + Run);
                }
                else
                {
                    copied.Add(new(i, i + Run));
                }
            }
        }

        return copied;
    }

    // What no answer says to its reader. Honest sentences about rules and marks ("pupils ignore the rules", "she got full marks") must pass.
    [GeneratedRegex(
        @"^(please )?(ignore|disregard|forget|override) (all |any |every |the |this |your |these |above |previous |prior |earlier |and )*(rubric|instructions?|criteria|guidelines|marking)"
        + @"|\b(ignore|disregard|forget|override) (all |the |your |any )*(rubric|marking scheme|(previous|prior|above|earlier) instructions?)"
        + @"|^(please )?(give|award|assign|output|grant|return) .{0,60}\b(full|maximum|top|highest|perfect) (possible )?(marks?|scores?|points?|grades?)"
        + @"|\b(this|the|my) (essay|answer|summary|response|text|prompt) deserves\b"
        + @"|\b(evaluator|examiner|grader|marker|assessor|rater|judge) (must|should|has to) (not |always )?(give|output|award|assign|mark|score|deduct|accept)"
        + @"|\b(score|grade|mark) (must|should|has to|is to) be (the |a )?(highest|maximum|full|perfect|best)"
        + @"|\b(do not|don't|must not|never) (deduct|subtract) (any |no )?(points?|marks?)"
        + @"|\byou are now (an? )?(\w+ )?(examiner|grader|evaluator|marker|teacher)\b"
        + @"|\b(content|clarity|grammar|vocabulary|constraints|iteration|discourse|tool|range) (is |= )?[0-9]+\b.*\b(content|clarity|grammar|vocabulary|constraints|iteration|discourse|tool|range) (is |= )?[0-9]+\b", RegexOptions.CultureInvariant)]
    private static partial Regex IsOrder();

    // Beside an order, these belong to it.
    [GeneratedRegex(@"\b(examiner|evaluator|grader|marker|rubric|full marks|deduct|highest|maximum|score|already (agreed|checked|confirmed|approved)|(has|have) been (checked|confirmed) by)\b", RegexOptions.CultureInvariant)]
    private static partial Regex BelongsToOrder();
}
