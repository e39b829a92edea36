namespace Tripos.Measurement.Ratings;

/// <summary>
/// Scores that count speed: fast and right earns most, fast and wrong costs most, and somebody who waits until the limit stakes nothing (Maris and van der Maas 2012,
/// Psychometrika 77: 615-633; the rule of Klinkenberg, Straatemeier and van der Maas 2011). For items with a time limit only.
/// </summary>
public static class HighSpeedHighStakes
{
    /// <summary>The score of an answer: <c>(2y - 1)(a d - a t)</c> with a = 1 / d, so that it is <c>±(1 - t / d)</c>.</summary>
    /// <param name="correct">y: whether it was correct.</param>
    /// <param name="elapsedMs">t: time taken, in ms; more than the limit counts as the limit.</param>
    /// <param name="limitMs">d: time allowed, in ms, more than 0.</param>
    /// <returns>A score in [-1, 1].</returns>
    public static double Score(bool correct, double elapsedMs, double limitMs) => (correct ? 1 : -1) * (1 - Math.Clamp(elapsedMs, 0, limitMs) / limitMs);

    /// <summary>The expected score: <c>a d (e^(2 a d z) + 1) / (e^(2 a d z) - 1) - 1 / z</c>, which is <c>coth z - 1 / z</c> as a = 1 / d.</summary>
    /// <param name="logits">z: ability minus difficulty, in logits.</param>
    /// <returns>A score in (-1, 1): 0 at z = 0, rising.</returns>
    public static double Expected(double logits) =>
        Math.Abs(logits) < 1e-3 ? logits / 3 // the series; the formula loses all its digits here
        : 1 / Math.Tanh(logits) - 1 / logits;
}
