namespace Tripos.Measurement.Ratings;

/// <summary>One opponent of a rating period.</summary>
/// <param name="Points">Rating of the opponent, in points.</param>
/// <param name="Deviation">Its deviation, in points.</param>
/// <param name="Score">1 won, 0.5 drawn, 0 lost; for a learner, the share of the item's points earned.</param>
public readonly record struct GlickoResult(double Points, double Deviation, double Score);

/// <summary>Glicko-1 (Glickman 1999, "Parameter estimation in large dynamic paired comparison experiments"), as published.</summary>
public static class Glicko
{
    private const double Q = RatingScale.LogitsPerPoint;

    /// <summary>Chance to win against an opponent, by the opponent's uncertainty alone.</summary>
    /// <param name="points">One's own rating, in points.</param>
    /// <param name="opponent">The opponent's rating, in points.</param>
    /// <param name="opponentDeviation">The opponent's deviation, in points.</param>
    public static double Expected(double points, double opponent, double opponentDeviation) =>
        RatingScale.Sigmoid(RatingScale.Trust(opponentDeviation * opponentDeviation) * Q * (points - opponent));

    /// <summary>The rating and deviation after a period with these results. One answer is one period here, but a period may hold many.</summary>
    /// <param name="points">Rating before, in points.</param>
    /// <param name="deviation">Deviation before, in points, more than 0.</param>
    /// <param name="results">Everybody met in the period.</param>
    public static (double Points, double Deviation) Period(double points, double deviation, ReadOnlySpan<GlickoResult> results)
    {
        double information = 0, surprise = 0;
        foreach (var result in results)
        {
            double trust = RatingScale.Trust(result.Deviation * result.Deviation), expected = Expected(points, result.Points, result.Deviation);
            information += Q * Q * trust * trust * expected * (1 - expected);
            surprise += trust * (result.Score - expected);
        }

        double variance = 1 / (1 / (deviation * deviation) + information);
        return (points + Q * variance * surprise, Math.Sqrt(variance));
    }

    /// <summary>The deviation after idle time: <c>min(350, sqrt(RD² + c² t))</c>; never smaller than before.</summary>
    /// <param name="deviation">Deviation before, in points.</param>
    /// <param name="variancePerDay">c²: variance gained per day, in points squared.</param>
    /// <param name="days">Days without an answer; below 0 counts as 0.</param>
    public static double AfterIdle(double deviation, double variancePerDay, double days) =>
        Math.Max(deviation, Math.Min(RatingScale.MaxDeviation, Math.Sqrt(deviation * deviation + variancePerDay * Math.Max(0, days))));
}
