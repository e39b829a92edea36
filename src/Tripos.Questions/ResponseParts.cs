using System.Text.Json;

namespace Tripos.Questions;

/// <summary>What the kinds share in looking at responses.</summary>
internal static class ResponseParts
{
    public const int LongestText = 20_000;

    public static bool TryArray(JsonElement response, string name, out JsonElement array) =>
        response.TryGetProperty(name, out array) && array.ValueKind == JsonValueKind.Array;

    public static bool TryObject(JsonElement response, string name, out JsonElement value) =>
        response.TryGetProperty(name, out value) && value.ValueKind == JsonValueKind.Object;

    /// <summary>The fault of a text member, or null.</summary>
    public static string? FaultOfText(JsonElement response, string name, int longest = LongestText) =>
        !response.TryGetProperty(name, out var text) || text.ValueKind != JsonValueKind.String ? $"The answer is sent as {{\"{name}\": \"…\"}}."
        : text.GetString()!.Length > longest ? $"The answer has {text.GetString()!.Length:N0} characters; at most {longest:N0} are possible."
        : null;

    public static bool IsBlank(JsonElement response, string name) => string.IsNullOrWhiteSpace(response.GetProperty(name).GetString());

    /// <summary>The fault of a list of ids: each must be known and stand there once.</summary>
    public static string? FaultOfIds(JsonElement ids, string what, Func<JsonElement, bool> isKnown)
    {
        int count = ids.GetArrayLength();
        for (int i = 0; i < count; i++)
        {
            if (ids[i].ValueKind != JsonValueKind.String)
            {
                return $"The ids of {what}s are strings.";
            }

            if (!isKnown(ids[i]))
            {
                return $"There is no {what} \"{ids[i].GetString()}\" in this question.";
            }

            for (int earlier = 0; earlier < i; earlier++)
            {
                if (ids[i].ValueEquals(ids[earlier].GetString()))
                {
                    return $"The {what} \"{ids[i].GetString()}\" is there twice.";
                }
            }
        }

        return null;
    }
}

/// <summary>What the kinds share in looking at bodies.</summary>
internal static class BodyParts
{
    public const int MostParts = 100;

    /// <summary>Faults of a list of parts with ids: too few, too many, an id missing or used twice, a text missing.</summary>
    public static IEnumerable<BodyFault> FaultsOf<T>(IReadOnlyList<T> parts, string field, string what, int fewest, Func<T, string> id, Func<T, string?> text)
    {
        if (parts.Count < fewest || parts.Count > MostParts)
        {
            yield return new(field, $"There are {parts.Count} {what}s; {fewest} to {MostParts} are possible. {(parts.Count < fewest ? "Add some." : "Remove some.")}");
        }

        for (int i = 0; i < parts.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(text(parts[i])))
            {
                yield return new($"{field}[{i}].text", $"The {what} {i + 1} says nothing. Write its text, or remove it.");
            }

            if (id(parts[i]) is not { Length: > 0 and <= 64 })
            {
                yield return new($"{field}[{i}].id", $"The {what} {i + 1} has no id of 1 to 64 characters. Give it one.");
            }
            else if (parts.Take(i).Any(other => id(other) == id(parts[i])))
            {
                yield return new($"{field}[{i}].id", $"The id \"{id(parts[i])}\" is used twice. Give every {what} its own.");
            }
        }
    }
}
