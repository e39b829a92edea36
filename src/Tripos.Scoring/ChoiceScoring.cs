using System.Text.Json;
using Tripos.Questions;

namespace Tripos.Scoring;

/// <summary>Rules for choosing among options.</summary>
public static class ChoiceScoring
{
    /// <summary>Full marks for exactly the right options, else nothing.</summary>
    /// <param name="body">The question with its key.</param>
    /// <param name="response"><c>{"chosen": [ids]}</c> without repeats.</param>
    /// <returns>Fraction 0 or 1.</returns>
    public static ItemScore AllOrNothing(ChoiceBody body, JsonElement response)
    {
        var (right, wrong) = Count(body, response);
        bool correct = wrong == 0 && right == body.Key.Count;
        return new ItemScore(correct ? 1 : 0, correct);
    }

    /// <summary>Right options add 1/R, wrong ones take 1/W, never below 0 (R right and W wrong options offered).</summary>
    /// <param name="body">The question with its key.</param>
    /// <param name="response"><c>{"chosen": [ids]}</c> without repeats.</param>
    /// <returns>Fraction in [0, 1]; choosing everything earns nothing unless everything is right.</returns>
    /// <remarks>Worked examples in docs/scoring.md.</remarks>
    public static ItemScore RightMinusWrong(ChoiceBody body, JsonElement response)
    {
        var (right, wrong) = Count(body, response);
        int wrongOptions = body.Options.Count - body.Key.Count;
        double penalty = wrongOptions == 0 ? 0 : (double)wrong / wrongOptions;
        double fraction = Math.Max(0, (double)right / body.Key.Count - penalty);
        return new ItemScore(fraction, wrong == 0 && right == body.Key.Count);
    }

    private static (int Right, int Wrong) Count(ChoiceBody body, JsonElement response)
    {
        int right = 0, wrong = 0;
        foreach (var id in response.GetProperty("chosen").EnumerateArray())
        {
            bool inKey = false;
            foreach (string key in body.Key)
            {
                inKey |= id.ValueEquals(key);
            }

            _ = inKey ? right++ : wrong++;
        }

        return (right, wrong);
    }
}
