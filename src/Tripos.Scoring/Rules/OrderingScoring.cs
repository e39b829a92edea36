using System.Text.Json;
using Tripos.Questions;

namespace Tripos.Scoring;

/// <summary>Rules for putting parts in order.</summary>
internal static class OrderingScoring
{
    public static double MaxAsTheQuestionSays(Ordering body) => body.Rule == OrderRule.Exact ? 1 : Pairs(body);

    public static ItemScore AsTheQuestionSays(Ordering body, JsonElement response) => body.Rule == OrderRule.Exact ? Exact(body, response) : AdjacentPairs(body, response);

    /// <summary>n parts make n - 1 pairs of neighbours; a single part is one point, else nothing could be earned.</summary>
    public static double Pairs(Ordering body) => Math.Max(1, body.Key.Count - 1);

    /// <summary>One point for each pair of neighbours that are neighbours in the key, in that order.</summary>
    public static ItemScore AdjacentPairs(Ordering body, JsonElement response)
    {
        int pairs = 0, before = -1;
        foreach (var id in response.GetProperty("order").EnumerateArray())
        {
            int place = PlaceOf(body.Key, id);
            pairs += before >= 0 && place == before + 1 ? 1 : 0;
            before = place;
        }

        return ItemScore.Of(pairs, Pairs(body));
    }

    /// <summary>Full marks for the whole right order, else nothing.</summary>
    public static ItemScore Exact(Ordering body, JsonElement response)
    {
        int place = 0;
        foreach (var id in response.GetProperty("order").EnumerateArray())
        {
            if (place >= body.Key.Count || !id.ValueEquals(body.Key[place++]))
            {
                return ItemScore.None;
            }
        }

        return place == body.Key.Count ? ItemScore.Full : ItemScore.None;
    }

    private static int PlaceOf(IReadOnlyList<string> key, JsonElement id)
    {
        for (int i = 0; i < key.Count; i++)
        {
            if (id.ValueEquals(key[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
