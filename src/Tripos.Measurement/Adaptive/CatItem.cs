namespace Tripos.Measurement.Adaptive;

/// <summary>An item of a bank for adaptive tests.</summary>
/// <param name="Item">Which item.</param>
/// <param name="Content">The content area it counts for in the blueprint.</param>
/// <param name="A">Discrimination, per logit, &gt; 0; 1 when only the difficulty is known.</param>
/// <param name="B">Difficulty, in logits.</param>
/// <param name="C">Chance of a right answer by guessing, in [0, 1).</param>
/// <param name="BStandardError">How unsure the difficulty is, in logits: 0 is known.</param>
/// <param name="ExposureRate">Share of earlier sessions that saw it, in [0, 1].</param>
/// <param name="AdministrationChance">Chance to be asked once chosen, in (0, 1]: the exposure parameter of <see cref="CatRule.SympsonHetter"/>.</param>
public readonly record struct CatItem(
    int Item, int Content, double A, double B, double C, double BStandardError = 0, double ExposureRate = 0, double AdministrationChance = 1);
