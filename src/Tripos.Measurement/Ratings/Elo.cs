namespace Tripos.Measurement.Ratings;

/// <summary>Plain Elo for a learner and an item: what <see cref="RatingModel"/> is measured against, and enough where nobody needs a deviation.</summary>
public static class Elo
{
    /// <summary>The usual step, in points.</summary>
    public const double DefaultStep = 32;

    /// <summary>The chance of a correct answer: <c>c + (1 - c) / (1 + 10^((item - learner) / 400))</c>.</summary>
    /// <param name="learner">Rating of the learner, in points.</param>
    /// <param name="item">Rating of the item, in points.</param>
    /// <param name="guess">Chance of a correct answer by guessing, in [0, 1).</param>
    public static double Predict(double learner, double item, double guess = 0) =>
        guess + (1 - guess) * RatingScale.Sigmoid((learner - item) * RatingScale.LogitsPerPoint);

    /// <summary>Learns from one answer: what the learner wins, the item loses, in proportion to their steps.</summary>
    /// <param name="learner">Rating of the learner, in points.</param>
    /// <param name="item">Rating of the item, in points.</param>
    /// <param name="score">Share of the points earned, in [0, 1].</param>
    /// <param name="guess">Chance of a correct answer by guessing, in [0, 1).</param>
    /// <param name="learnerStep">The most points the learner can win or lose.</param>
    /// <param name="itemStep">The most points the item can win or lose.</param>
    /// <returns>What <see cref="Predict"/> said before.</returns>
    public static double Update(ref double learner, ref double item, double score, double guess = 0, double learnerStep = DefaultStep, double itemStep = DefaultStep)
    {
        double chance = Predict(learner, item, guess);
        learner += learnerStep * (score - chance);
        item -= itemStep * (score - chance);
        return chance;
    }

    /// <summary>A step that falls with experience (Pelánek 2016, Computers and Education 98: 169-179): <c>a / (1 + b n)</c>, not below a floor.</summary>
    /// <param name="answers">Earlier answers of the learner, or to the item.</param>
    /// <param name="first">a: the step of the first answer, in points; the usual 1 logit.</param>
    /// <param name="slowing">b: how quickly it falls.</param>
    /// <param name="floor">The least step, in points: learners need one of 9 to 35, so that their learning is followed; items none.</param>
    public static double Step(int answers, double first = RatingScale.PointsPerLogit, double slowing = 0.05, double floor = 0) =>
        Math.Max(floor, first / (1 + slowing * answers));
}
