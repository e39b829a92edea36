using System.Text.RegularExpressions;

namespace Tripos.Server.Features.Evaluation.Model;

/// <summary>
/// Finds sentences of an answer that speak to whoever grades it instead of to the question: "ignore the rubric", "give full marks", pieces of chat protocols,
/// ready-made verdicts. They are not sent to the model, and a person is asked to look. A sentence that only mentions marking is left alone.
/// </summary>
public static partial class AddressedToTheGrader
{
    /// <summary>What stands in their place: as long as the sentence, so that places in the answer stay where they are.</summary>
    public const char Mask = '□';

    /// <returns>Stretches of the text in order, none overlapping.</returns>
    public static IReadOnlyList<(int Start, int Length)> Find(string text)
    {
        List<(int Start, int Length)> found = [];
        foreach (Match sentence in Sentence().Matches(text))
        {
            string plain = Plain(sentence.Value);
            if (Disguise().IsMatch(sentence.Value) || Order().IsMatch(plain) || Award().IsMatch(plain) || Address().IsMatch(plain) || Protocol().IsMatch(plain))
            {
                found.Add((sentence.Index, sentence.Length));
            }
        }

        return found;
    }

    public static string Masked(string text, IReadOnlyList<(int Start, int Length)> found)
    {
        char[] masked = text.ToCharArray();
        foreach (var (start, length) in found)
        {
            for (int i = start; i < start + length; i++)
            {
                masked[i] = char.IsWhiteSpace(masked[i]) ? masked[i] : Mask;
            }
        }

        return new string(masked);
    }

    // Invisible letters are an old trick.
    private static string Plain(string sentence) => Invisible().Replace(sentence, "").Replace('’', '\'').Trim();

    [GeneratedRegex(@"[^.!?\n\r]+[.!?]*")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"[\p{Cf}\p{Mn}]")]
    private static partial Regex Invisible();

    // Letters that only look like those of an English answer: full width, mathematical, circled, or two alphabets in one word.
    [GeneratedRegex(@"[\uFF21-\uFF3A\uFF41-\uFF5A\u24B6-\u24E9]{3}|(\uD835[\uDC00-\uDFFF]){3}|[a-zA-Z][\u0370-\u04FF][a-zA-Z]")]
    private static partial Regex Disguise();

    [GeneratedRegex(@"\b(ignore|disregard|forget|override|bypass|do not (follow|use|apply))\b.{0,60}\b(instruction|rubric|criteria|guideline|prompt|rules?|above|previous|prior|system|marking scheme)", RegexOptions.IgnoreCase)]
    private static partial Regex Order();

    [GeneratedRegex(@"(^|[,;:]\s*|\b(please|must|should|shall|now|then|you|and|to)\s+)(give|award|assign|grant|return|output|respond with|answer with|print|set|rate|grade|score|mark)\b.{0,60}\b(full|maximum|max|highest|perfect|top|best|all|every|\d+\s*(/|out of)\s*\d+|100\s*%?)\b.{0,30}\b(marks?|points?|scores?|grades?|traits?|bands?|credits?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Award();

    [GeneratedRegex(@"\b(dear|hello|hi|hey|attention|note to( the)?|message (to|for)( the)?)\s+(grader|examiner|marker|evaluator|scorer|assessor|assistant|ai|language model|llm|chatgpt|gpt)\b|\b(you are|act as|pretend to be|as)\s+(now\s+)?(a|an|the)\s+(\w+\s+){0,3}(grader|examiner|marker|evaluator|scorer|language model|llm|assistant)\b|\bthis (answer|essay|response|text) (deserves|should (get|receive|be given)|must (get|receive|be given)|has (already )?been (graded|marked|scored|awarded))\b", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex(@"<\|?/?(im_start|im_end|system|assistant|user|endoftext|answer|verdict|rubric)\b|\[/?(INST|SYS)|<<SYS|^\s*#*\s*(system|assistant|developer)\s*:|""?\b(score|traits|verdict|summary)\b""?\s*:\s*[\[{""\d]|```", RegexOptions.IgnoreCase)]
    private static partial Regex Protocol();
}
