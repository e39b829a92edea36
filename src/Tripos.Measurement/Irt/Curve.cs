namespace Tripos.Measurement.Irt;

/// <summary>An item as slope and intercept, which is how its likelihood is simplest: P = c + (1 - c) / (1 + e^-(aθ + d)), b = -d / a.</summary>
internal readonly record struct Curve(double A, double D, double C)
{
    public double B => -D / A;

    public double Known(double theta) => ItemResponse.Logistic((A * theta) + D);
}
