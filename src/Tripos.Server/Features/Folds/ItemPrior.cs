namespace Tripos.Server.Features.Folds;

/// <summary>Where the rating of a question starts before anybody has answered it.</summary>
public static class ItemPrior
{
    private const double PointsPerStep = 75; // foundation 1350, core 1500, challenge 1650

    /// <param name="difficulty">What the author thought, 1-5; 3 is the middle.</param>
    /// <returns>Rating points relative to the topic.</returns>
    public static double Points(int difficulty) => (difficulty - 3) * PointsPerStep;
}
