namespace Tripos.Server.Features.Folds;

/// <summary>When the difficulty of a question counts as known.</summary>
public static class SettledRating
{
    /// <summary>At most, in rating points.</summary>
    public const int Deviation = 60;

    public const int Answers = 50;

    /// <summary>Different people among those who answered.</summary>
    public const int Learners = 30;

    /// <summary>The same as a condition of SQL over three expressions of it.</summary>
    public static string Sql(string deviation, string answers, string learners) => $"{deviation} <= {Deviation} AND {answers} >= {Answers} AND {learners} >= {Learners}";

    /// <param name="deviation">Of the question within its topic.</param>
    public static bool Is(double? deviation, int answers, int learners) => deviation <= Deviation && answers >= Answers && learners >= Learners;
}
