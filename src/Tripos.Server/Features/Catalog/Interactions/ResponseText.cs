using System.Text.Json;

namespace Tripos.Server.Features.Catalog.Interactions;

/// <summary>Stored responses as values. Whatever a response does not say is empty.</summary>
public static class ResponseText
{
    public static JsonElement? Parse(string? json) => json is null ? null : JsonSerializer.Deserialize<JsonElement>(json);

    /// <summary>The chosen option ids of <c>{"chosen": [...]}</c>.</summary>
    public static IReadOnlyList<string> Chosen(JsonElement? response) => Words(response, "chosen");

    /// <summary>A list of strings, such as <c>{"order": ["c", "a"]}</c>.</summary>
    public static IReadOnlyList<string> Words(JsonElement? response, string name) =>
        Member(response, name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(word => word.GetString()!)] : [];

    /// <summary>A list of whole numbers, such as <c>{"marked": [3, 7]}</c>.</summary>
    public static IReadOnlyList<int> Numbers(JsonElement? response, string name) =>
        Member(response, name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(number => number.GetInt32())] : [];

    /// <summary>Texts by id, such as <c>{"gaps": {"1": "word"}}</c>.</summary>
    public static IReadOnlyDictionary<string, string> Map(JsonElement? response, string name) =>
        Member(response, name) is { ValueKind: JsonValueKind.Object } map ? map.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString() ?? "") : [];

    /// <summary>The places of <c>{"points": [{"x": 0.3, "y": 0.5}]}</c>.</summary>
    public static IReadOnlyList<(double X, double Y)> Points(JsonElement? response) =>
        Member(response, "points") is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(point => (point.GetProperty("x").GetDouble(), point.GetProperty("y").GetDouble()))] : [];

    /// <summary>One text, such as <c>{"text": "…"}</c>; null when it is not there.</summary>
    public static string? Text(JsonElement? response, string name) => Member(response, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement? Member(JsonElement? response, string name) =>
        response is { ValueKind: JsonValueKind.Object } given && given.TryGetProperty(name, out var member) ? member : null;
}
