using System.Text.Json;
using Tripos.Questions;

namespace Tripos.Scoring;

/// <summary>Rules for choosing among options; worked examples in docs/scoring.md.</summary>
public static class ChoiceScoring
{
    /// <summary>Scores by the rule the question names; one right option is all or nothing.</summary>
    /// <param name="body">The question with its key.</param>
    /// <param name="response"><c>{"chosen": [ids]}</c> without repeats.</param>
    /// <returns>Fraction in [0, 1].</returns>
    public static ItemScore AsTheQuestionSays(ChoiceBody body, JsonElement response) => (body as MultipleChoice)?.Rule switch
    {
        ChoiceRule.RightMinusWrong => RightMinusWrong(body, response),
        ChoiceRule.Weights => Weights(body, response),
        _ => AllOrNothing(body, response),
    };

    /// <summary>Full marks for exactly the right options, else nothing.</summary>
    /// <param name="body">The question with its key.</param>
    /// <param name="response"><c>{"chosen": [ids]}</c> without repeats.</param>
    /// <returns>Fraction 0 or 1.</returns>
    public static ItemScore AllOrNothing(ChoiceBody body, JsonElement response)
    {
        var (right, wrong) = Count(body, response);
        return wrong == 0 && right == body.Key.Count ? ItemScore.Full : ItemScore.None;
    }

    /// <summary>Right options add 1/R, wrong ones take 1/W, never below 0 (R right and W wrong options offered).</summary>
    /// <param name="body">The question with its key.</param>
    /// <param name="response"><c>{"chosen": [ids]}</c> without repeats.</param>
    /// <returns>Fraction in [0, 1]; choosing everything earns nothing unless everything is right.</returns>
    public static ItemScore RightMinusWrong(ChoiceBody body, JsonElement response)
    {
        var (right, wrong) = Count(body, response);
        int wrongOptions = body.Options.Count - body.Key.Count;
        double penalty = wrongOptions == 0 ? 0 : (double)wrong / wrongOptions;
        double fraction = Math.Max(0, (double)right / body.Key.Count - penalty);
        return new ItemScore(fraction, wrong == 0 && right == body.Key.Count);
    }

    /// <summary>One point for each right option, one point less for each wrong one, never below 0; R points are possible.</summary>
    /// <param name="body">The question with its key.</param>
    /// <param name="response"><c>{"chosen": [ids]}</c> without repeats.</param>
    /// <returns>Fraction of R points, in [0, 1].</returns>
    /// <remarks>The rule of PTE multiple choice with several answers; see docs/scoring.md.</remarks>
    public static ItemScore Points(ChoiceBody body, JsonElement response)
    {
        var (right, wrong) = Count(body, response);
        return ItemScore.Of(Math.Max(0, right - wrong), body.Key.Count);
    }

    /// <summary>The sum of the weights of the chosen options, kept within [0, 1].</summary>
    /// <param name="body">The question; options without a weight count 0.</param>
    /// <param name="response"><c>{"chosen": [ids]}</c> without repeats.</param>
    /// <returns>Fraction in [0, 1]; correct when it is 1.</returns>
    public static ItemScore Weights(ChoiceBody body, JsonElement response)
    {
        double sum = 0;
        foreach (var id in response.GetProperty("chosen").EnumerateArray())
        {
            foreach (var option in body.Options)
            {
                sum += id.ValueEquals(option.Id) ? option.Weight ?? 0 : 0;
            }
        }

        double fraction = Math.Clamp(sum, 0, 1);
        return fraction > 1 - ItemScore.Rounding ? ItemScore.Full : new ItemScore(fraction, false);
    }

    private static (int Right, int Wrong) Count(ChoiceBody body, JsonElement response)
    {
        int right = 0, wrong = 0;
        foreach (var id in response.GetProperty("chosen").EnumerateArray())
        {
            bool inKey = false;
            for (int i = 0; i < body.Key.Count && !inKey; i++)
            {
                inKey = id.ValueEquals(body.Key[i]);
            }

            _ = inKey ? right++ : wrong++;
        }

        return (right, wrong);
    }
}
