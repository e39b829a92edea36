using System.Text.Json;
using Tripos.Questions;

namespace Tripos.Scoring;

/// <summary>One point for each gap filled rightly; a wrong filling costs nothing but its own point.</summary>
internal static class GapScoring
{
    /// <summary>Typed gaps: one of the accepted spellings, or a number near enough.</summary>
    public static ItemScore Typed(TypedGaps body, JsonElement response)
    {
        int right = 0;
        foreach (var filling in response.GetProperty("gaps").EnumerateObject())
        {
            foreach (var gap in body.Gaps)
            {
                if (filling.NameEquals(gap.Id))
                {
                    right += IsRight(gap, filling.Value.GetString()!) ? 1 : 0;
                    break;
                }
            }
        }

        return ItemScore.Of(right, body.Gaps.Count);
    }

    /// <summary>Gaps with their own lists: the right option's id.</summary>
    public static ItemScore Chosen(ChosenGaps body, JsonElement response)
    {
        int right = 0;
        foreach (var filling in response.GetProperty("gaps").EnumerateObject())
        {
            foreach (var gap in body.Gaps)
            {
                right += filling.NameEquals(gap.Id) && filling.Value.ValueEquals(gap.Key) ? 1 : 0;
            }
        }

        return ItemScore.Of(right, body.Gaps.Count);
    }

    /// <summary>Gaps from one list of words: the right word's id.</summary>
    public static ItemScore FromBank(WordBank body, JsonElement response)
    {
        int right = 0;
        foreach (var filling in response.GetProperty("gaps").EnumerateObject())
        {
            foreach (var (gap, word) in body.Key)
            {
                right += filling.NameEquals(gap) && filling.Value.ValueEquals(word) ? 1 : 0;
            }
        }

        return ItemScore.Of(right, body.Key.Count);
    }

    private static bool IsRight(TypedGap gap, string typed)
    {
        bool isNumber = gap.Tolerance is not null && Numeric.TryParse(gap.Accepted[0], out _);
        return isNumber && Numeric.TryParse(gap.Accepted[0], out double value) && Numeric.TryParse(typed, out double number)
            ? NumericScoring.IsNear(number, value, gap.Tolerance!.Value)
            : AnswerText.IsOneOf(typed, gap.Accepted, gap.CaseSensitive);
    }
}
