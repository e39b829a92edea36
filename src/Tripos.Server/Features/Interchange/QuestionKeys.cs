using System.Text.Json;
using Tripos.Questions;

namespace Tripos.Server.Features.Interchange;

/// <summary>What answers are compared with, to see whether a file changes it.</summary>
internal static class QuestionKeys
{
    /// <summary>The key as one text; empty where answers are compared with nothing.</summary>
    public static string Written(QuestionBody body) => JsonSerializer.Serialize<object>(
        body switch
        {
            ChoiceBody choice => choice.Key.Order(StringComparer.Ordinal),
            Matching matching => matching.Key.OrderBy(pair => pair.Key, StringComparer.Ordinal),
            Ordering ordering => new { ordering.Key, ordering.Rule },
            TypedGaps typed => typed.Gaps,
            ChosenGaps chosen => chosen.Gaps.Select(gap => gap.Key),
            WordBank bank => bank.Key.OrderBy(pair => pair.Key, StringComparer.Ordinal),
            ShortText text => new { text.Accepted, text.CaseSensitive },
            Numeric number => new { number.Value, number.Tolerance, number.RelativeTolerance, number.Units },
            HotText hot => hot.Key.Select(word => word.Index),
            HotSpot spot => spot.Areas,
            Dictation dictation => dictation.Sentence ?? "",
            Spoken spoken => new { spoken.Script, spoken.Accepted },
            _ => "",
        }, QuestionJson.Options);
}
