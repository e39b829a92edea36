using System.Globalization;
using System.Text.Json;
using Tripos.Spacing;

namespace Tripos.Bench.Spacing;

/// <summary>A place in a file of vectors, which knows its name when something there is wrong.</summary>
public readonly struct VectorNode(string file, string place, JsonElement value)
{
    public JsonElement Value => value;

    public VectorNode this[string name] => TryGet(name) ?? throw Wrong($"has no \"{name}\"");

    public VectorNode this[int index] => value.ValueKind == JsonValueKind.Array && index < value.GetArrayLength()
        ? new(file, $"{place}[{index}]", value[index])
        : throw Wrong($"is not a list of at least {index + 1} values");

    public int Length => value.ValueKind == JsonValueKind.Array ? value.GetArrayLength() : throw Wrong("is not a list");

    public double Number => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : throw Wrong("is not a number");

    public int Whole => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int whole) ? whole : throw Wrong("is not a whole number");

    public bool Flag => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong("is neither true nor false");

    public Recall Recall => Whole is >= 1 and <= 4 and var rating ? (Recall)rating : throw Wrong("is no rating from 1 to 4");

    public DateTime Time => value.ValueKind == JsonValueKind.String && DateTime.TryParse(value.GetString(), CultureInfo.InvariantCulture,
        DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time) ? time : throw Wrong("is not a time like 2024-01-02T03:04:05Z");

    /// <summary>A step such as "1m", "2h" or "1d".</summary>
    public TimeSpan Wait => (value.ValueKind == JsonValueKind.String ? value.GetString() : null) is [.. var number, var unit] && double.TryParse(number, CultureInfo.InvariantCulture, out double count)
        ? unit switch { 'm' => TimeSpan.FromMinutes(count), 'h' => TimeSpan.FromHours(count), 'd' => TimeSpan.FromDays(count), _ => throw Wrong("is no step like \"10m\"") }
        : throw Wrong("is no step like \"10m\"");

    public bool IsNull => value.ValueKind == JsonValueKind.Null;

    public VectorNode? TryGet(string name) => value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var found)
        ? new(file, place.Length == 0 ? name : $"{place}.{name}", found)
        : null;

    public BadInputException Wrong(string what) => new($"{file}: {(place.Length == 0 ? "the file" : place)} {what}. Make it with the generator of the other vectors, or leave it out.");
}
