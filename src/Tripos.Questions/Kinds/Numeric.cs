using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tripos.Questions;

/// <summary>A unit a number may be given in.</summary>
/// <param name="Name">As the learner chooses it, such as <c>km</c>.</param>
/// <param name="Factor">One of it in the unit of <see cref="Numeric.Value"/>: 1000 for km when the value is in m. Not 0.</param>
public sealed record Unit(string Name, double Factor);

/// <summary>A number, right within a tolerance, with or without a unit.</summary>
public sealed record Numeric : QuestionBody
{
    /// <summary>The right number; null while the key is unknown.</summary>
    public double? Value { get; init; }

    /// <summary>How far off still counts, in the unit of <see cref="Value"/>; 0 or more.</summary>
    public double Tolerance { get; init; }

    /// <summary>How far off still counts, as a share of the value (0.05 = 5 %); the larger of the two tolerances is used.</summary>
    public double RelativeTolerance { get; init; }

    /// <summary>The units to choose from; empty when there is none to choose.</summary>
    public IReadOnlyList<Unit> Units { get; init; } = [];

    /// <inheritdoc />
    [JsonIgnore]
    public override bool NeedsKey => Value is null;

    internal override IEnumerable<string> ContentParts => Units.Select(unit => unit.Name);

    /// <summary>Reads a number as people write it: <c>3.5</c>, <c>3,5</c>, <c>1 200</c>, <c>1e3</c>, <c>-0.5</c>.</summary>
    /// <param name="text">What was typed. A single comma is a decimal comma; spaces group digits.</param>
    /// <param name="value">The number.</param>
    /// <returns>False when it is not one finite number.</returns>
    public static bool TryParse(string text, out double value)
    {
        string plain = string.Concat(text.Where(c => !char.IsWhiteSpace(c))).Replace('\u2212', '-');
        plain = plain.Count(c => c == ',') == 1 && !plain.Contains('.', StringComparison.Ordinal) ? plain.Replace(',', '.') : plain;
        return double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }
}

/// <summary>Numeric: the response is <c>{"value": "3.5", "unit": "km"}</c>, the number as it was typed; a blank value means "no answer".</summary>
public sealed class NumericKind : QuestionKind<Numeric>
{
    private const int Longest = 100;

    /// <inheritdoc />
    public override string Interaction => "numeric";

    /// <inheritdoc />
    public override bool IsEmpty(JsonElement response) => ResponseParts.IsBlank(response, "value");

    private protected override string? Fault(Numeric body, JsonElement response) =>
        ResponseParts.FaultOfText(response, "value", Longest)
        ?? (!response.TryGetProperty("unit", out var unit) || unit.ValueKind == JsonValueKind.Null || unit.ValueEquals("") ? null
            : unit.ValueKind == JsonValueKind.String && body.Units.Any(known => unit.ValueEquals(known.Name)) ? null
            : $"\"{unit}\" is none of the units of this question.");

    private protected override IEnumerable<BodyFault> Faults(Numeric body)
    {
        if (body.Tolerance < 0 || body.RelativeTolerance is < 0 or > 1)
        {
            yield return new("tolerance", "A tolerance is 0 or more, and a relative one at most 1 (100 %).");
        }

        if (body.Units.Any(unit => unit.Factor == 0 || string.IsNullOrWhiteSpace(unit.Name)) || body.Units.DistinctBy(unit => unit.Name).Count() < body.Units.Count)
        {
            yield return new("units", "Every unit needs a name of its own and a factor other than 0.");
        }
    }

    private protected override Numeric Hidden(Numeric body, long seed, int position, bool shuffle) =>
        body with { Value = null, Tolerance = 0, RelativeTolerance = 0, Units = [.. body.Units.Select(unit => unit with { Factor = 1 })] };
}
