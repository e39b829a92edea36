using System.Text.Json;
using Tripos.Questions;

namespace Tripos.Scoring;

/// <summary>One point for each premise with its right answer; a wrong one costs nothing but its own point.</summary>
internal static class MatchingScoring
{
    public static ItemScore Pairs(Matching body, JsonElement response)
    {
        int right = 0;
        foreach (var pair in response.GetProperty("pairs").EnumerateObject())
        {
            foreach (var (premise, answer) in body.Key)
            {
                right += pair.NameEquals(premise) && pair.Value.ValueEquals(answer) ? 1 : 0;
            }
        }

        return ItemScore.Of(right, body.Key.Count);
    }
}
