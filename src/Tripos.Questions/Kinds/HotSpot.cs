using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tripos.Questions;

/// <summary>The shape of an area of a picture.</summary>
public enum AreaShape
{
    /// <summary>Coordinates x, y, width, height.</summary>
    Rectangle,

    /// <summary>Coordinates centre x, centre y, radius (a share of the picture's width).</summary>
    Circle,

    /// <summary>Coordinates x1, y1, x2, y2, … of at least three corners.</summary>
    Polygon,
}

/// <summary>An area of a picture.</summary>
/// <param name="Id">Unique in the question.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Coordinates">As <see cref="AreaShape"/> says, as shares of the picture's width and height, in [0, 1], from the top left corner.</param>
/// <param name="Label">What is there, for authors and the review.</param>
public sealed record HotArea(string Id, AreaShape Shape, IReadOnlyList<double> Coordinates, string Label);

/// <summary>Places to be pointed at in a picture.</summary>
public sealed record HotSpot : QuestionBody
{
    /// <summary>The right areas; empty while the key is unknown.</summary>
    public IReadOnlyList<HotArea> Areas { get; init; } = [];

    /// <summary>The most places a learner may point at; at least the number of areas.</summary>
    public int MostPoints { get; init; } = 1;

    /// <inheritdoc />
    [JsonIgnore]
    public override bool NeedsKey => Areas.Count == 0;

    internal override IEnumerable<string> ContentParts => [Image?.Hash ?? ""];
}

/// <summary>Hot spot: the response is <c>{"points": [{"x": 0.31, "y": 0.5}]}</c>, shares of the picture; empty means "no answer".</summary>
public sealed class HotSpotKind : QuestionKind<HotSpot>
{
    /// <inheritdoc />
    public override string Interaction => "hot-spot";

    /// <inheritdoc />
    public override bool IsEmpty(JsonElement response) => response.GetProperty("points").GetArrayLength() == 0;

    private protected override string? Fault(HotSpot body, JsonElement response)
    {
        if (!ResponseParts.TryArray(response, "points", out var points))
        {
            return "Places are sent as {\"points\": [{\"x\": 0.5, \"y\": 0.5}]}.";
        }

        return points.GetArrayLength() > body.MostPoints ? $"At most {body.MostPoints} places can be marked, but {points.GetArrayLength()} were."
            : points.EnumerateArray().All(point => point.ValueKind == JsonValueKind.Object && IsShare(point, "x") && IsShare(point, "y")) ? null
            : "A place has x and y between 0 and 1.";
    }

    private protected override IEnumerable<BodyFault> Faults(HotSpot body)
    {
        for (int i = 0; i < body.Areas.Count; i++)
        {
            var area = body.Areas[i];
            bool fits = area.Shape switch
            {
                AreaShape.Rectangle => area.Coordinates.Count == 4,
                AreaShape.Circle => area.Coordinates.Count == 3,
                _ => area.Coordinates.Count >= 6 && area.Coordinates.Count % 2 == 0,
            };
            if (!fits || area.Coordinates.Any(share => share is < 0 or > 1) || body.Areas.Take(i).Any(other => other.Id == area.Id))
            {
                yield return new($"areas[{i}]", $"The area {i + 1} has no valid place: shares between 0 and 1, and an id of its own. Set it again.");
            }
        }

        if (body.MostPoints < Math.Max(1, body.Areas.Count))
        {
            yield return new("mostPoints", $"There are {body.Areas.Count} areas, but only {body.MostPoints} places may be marked. Raise the limit.");
        }
    }

    private protected override HotSpot Hidden(HotSpot body, long seed, int position, bool shuffle) => body with { Areas = [] };

    private static bool IsShare(JsonElement point, string name) =>
        point.TryGetProperty(name, out var share) && share.ValueKind == JsonValueKind.Number && share.TryGetDouble(out double value) && value is >= 0 and <= 1;
}
