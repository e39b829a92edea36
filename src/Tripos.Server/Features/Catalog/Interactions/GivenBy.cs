namespace Tripos.Server.Features.Catalog.Interactions;

/// <summary>Who gave the points of a trait, in words.</summary>
public static class GivenBy
{
    /// <param name="by">As in <see cref="Scoring.TraitScore.By"/>.</param>
    /// <returns>Null where a rule decided, or nobody has.</returns>
    public static string? Words(string? by) => by switch
    {
        "local" => "estimate of the local evaluator",
        "model" => "estimate of a language model",
        "teacher" => "decided by a teacher",
        _ => null,
    };
}
