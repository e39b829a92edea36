using System.Text.Json;
using Tripos.Questions;

namespace Tripos.Scoring;

/// <summary>One point for each area that is pointed at, one point less for each place that counts for none, never below 0.</summary>
internal static class HotSpotScoring
{
    public static ItemScore Points(HotSpot body, JsonElement response)
    {
        var places = response.GetProperty("points");
        int given = places.GetArrayLength();
        int hits = Hits(body, places, given);
        return ItemScore.Of(Math.Max(0, hits - (given - hits)), body.Areas.Count);
    }

    // Where areas overlap, a place may serve either: the pairing with the most hits counts (augmenting paths, Kuhn 1955).
    private static int Hits(HotSpot body, JsonElement places, int given)
    {
        int[] placeOf = new int[body.Areas.Count]; // area -> 1 + place, 0 for none
        bool[,] inside = new bool[given, body.Areas.Count];
        int place = 0;
        foreach (var point in places.EnumerateArray())
        {
            double x = point.GetProperty("x").GetDouble(), y = point.GetProperty("y").GetDouble();
            for (int area = 0; area < body.Areas.Count; area++)
            {
                inside[place, area] = Contains(body.Areas[area], x, y, body.Image);
            }

            place++;
        }

        int hits = 0;
        Span<bool> tried = placeOf.Length <= 128 ? stackalloc bool[placeOf.Length] : new bool[placeOf.Length];
        for (place = 0; place < given; place++)
        {
            tried.Clear();
            hits += Serve(place, inside, placeOf, tried) ? 1 : 0;
        }

        return hits;
    }

    private static bool Serve(int place, bool[,] inside, int[] placeOf, Span<bool> tried)
    {
        for (int area = 0; area < placeOf.Length; area++)
        {
            if (!inside[place, area] || tried[area])
            {
                continue;
            }

            tried[area] = true;
            if (placeOf[area] == 0 || Serve(placeOf[area] - 1, inside, placeOf, tried))
            {
                placeOf[area] = place + 1;
                return true;
            }
        }

        return false;
    }

    private static bool Contains(HotArea area, double x, double y, Media? image)
    {
        var at = area.Coordinates;
        switch (area.Shape)
        {
            case AreaShape.Rectangle:
                return x >= at[0] && x <= at[0] + at[2] && y >= at[1] && y <= at[1] + at[3];
            case AreaShape.Circle:
                // The radius is a share of the width: on a picture twice as wide as high, a y-share is half as long.
                double heightInWidths = image is { Width: > 0 and { } width, Height: > 0 and { } height } ? (double)height / width : 1;
                double dx = x - at[0], dy = (y - at[1]) * heightInWidths;
                return dx * dx + dy * dy <= at[2] * at[2] + 1e-12;
            default:
                return InPolygon(at, x, y);
        }
    }

    // Even-odd rule: a ray to the right crosses the outline an odd number of times from inside.
    private static bool InPolygon(IReadOnlyList<double> corners, double x, double y)
    {
        bool inside = false;
        for (int i = 0, j = corners.Count - 2; i < corners.Count; j = i, i += 2)
        {
            double xi = corners[i], yi = corners[i + 1], xj = corners[j], yj = corners[j + 1];
            if (yi > y != yj > y && x < (xj - xi) * (y - yi) / (yj - yi) + xi)
            {
                inside = !inside;
            }
        }

        return inside;
    }
}
