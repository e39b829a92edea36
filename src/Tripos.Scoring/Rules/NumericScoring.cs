using System.Text.Json;
using Tripos.Questions;

namespace Tripos.Scoring;

/// <summary>Full marks for a number within the tolerance, in one of the units when there are any; else nothing.</summary>
internal static class NumericScoring
{
    public static ItemScore WithinTolerance(Numeric body, JsonElement response)
    {
        if (!Numeric.TryParse(response.GetProperty("value").GetString()!, out double number) || FactorOf(body, response) is not { } factor)
        {
            return ItemScore.None;
        }

        double value = body.Value!.Value;
        return IsNear(number * factor, value, Math.Max(body.Tolerance, body.RelativeTolerance * Math.Abs(value))) ? ItemScore.Full : ItemScore.None;
    }

    /// <summary>Whether two numbers differ by no more than the tolerance; what binary fractions cannot hold (0.1 + 0.2) never counts as a difference.</summary>
    public static bool IsNear(double number, double value, double tolerance) =>
        Math.Abs(number - value) <= tolerance + 1e-9 * Math.Max(Math.Abs(value), tolerance);

    private static double? FactorOf(Numeric body, JsonElement response)
    {
        if (body.Units.Count == 0)
        {
            return 1;
        }

        if (response.TryGetProperty("unit", out var unit) && unit.ValueKind == JsonValueKind.String)
        {
            foreach (var known in body.Units)
            {
                if (unit.ValueEquals(known.Name))
                {
                    return known.Factor;
                }
            }
        }

        return null; // a number without its unit says nothing
    }
}
