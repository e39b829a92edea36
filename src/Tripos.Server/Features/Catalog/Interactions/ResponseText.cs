using System.Text.Json;

namespace Tripos.Server.Features.Catalog.Interactions;

/// <summary>Stored responses as values.</summary>
public static class ResponseText
{
    public static JsonElement? Parse(string? json) => json is null ? null : JsonSerializer.Deserialize<JsonElement>(json);

    /// <summary>The chosen option ids of <c>{"chosen": [...]}</c>; empty for anything else.</summary>
    public static IReadOnlyList<string> Chosen(JsonElement? response) =>
        response is { ValueKind: JsonValueKind.Object } given && given.TryGetProperty("chosen", out var chosen)
            ? [.. chosen.EnumerateArray().Select(id => id.GetString()!)]
            : [];
}
