using System.Text.Json;
using Tripos.Questions;

namespace Tripos.Scoring;

/// <summary>One point for each right word marked, one point less for each other one, never below 0.</summary>
internal static class HotTextScoring
{
    public static ItemScore Points(HotText body, JsonElement response)
    {
        int points = 0;
        foreach (var marked in response.GetProperty("marked").EnumerateArray())
        {
            points += IsKey(body.Key, marked.GetInt32()) ? 1 : -1;
        }

        return ItemScore.Of(Math.Max(0, points), body.Key.Count);
    }

    private static bool IsKey(IReadOnlyList<HotWord> key, int index)
    {
        for (int i = 0; i < key.Count; i++)
        {
            if (key[i].Index == index)
            {
                return true;
            }
        }

        return false;
    }
}
