using System.Text.Json;

namespace Tripos.Server.Features.Catalog.Interactions;

/// <summary>Whether two responses say the same: members in any order, and chosen options too.</summary>
public static class SameResponse
{
    public static bool Are(JsonElement one, JsonElement other) =>
        one.ValueKind == JsonValueKind.Object && one.TryGetProperty("chosen", out _)
            ? ResponseText.Chosen(one).ToHashSet().SetEquals(ResponseText.Chosen(other))
            : JsonElement.DeepEquals(one, other);
}
