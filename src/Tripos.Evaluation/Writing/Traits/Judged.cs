namespace Tripos.Evaluation.Writing;

/// <summary>What one judge says of one trait.</summary>
/// <param name="Share">Share of the points, cut off at [0, 1] later; null where it cannot be judged.</param>
/// <param name="Why">Sentences for the learner.</param>
/// <param name="Evidence">What it rests on.</param>
/// <param name="Suggestions">The most useful first.</param>
internal sealed record Judged(double? Share, string Why, IReadOnlyList<Evidence> Evidence, IReadOnlyList<Suggestion> Suggestions)
{
    public const int MostEvidence = 12;

    public static Judged Nothing(string why) => new(null, $"Not evaluated: {why}", [], []);

    /// <summary>“1 mistake”, “3 mistakes”.</summary>
    public static string Count(int count, string one, string? many = null) => $"{count} {(count == 1 ? one : many ?? $"{one}s")}";

    /// <summary>The first places of findings, and one suggestion for each rule.</summary>
    public static (IReadOnlyList<Evidence> Evidence, IReadOnlyList<Suggestion> Suggestions) Of(IEnumerable<Finding> findings, Examination x) =>
        ([.. findings.Take(MostEvidence).Select(finding => new Evidence(finding.Says, x.At(finding.Place)))],
         [.. findings.OrderByDescending(finding => finding.Weight).DistinctBy(finding => finding.Rule).Take(3).Select(finding => new Suggestion(finding.Advice, null, x.At(finding.Place)))]);
}
