using System.Security.Cryptography;
using Tripos.Scoring;

namespace Tripos.Server.Features.Evaluation;

/// <summary>How free answers of a test are marked.</summary>
/// <param name="Blind">Markers see neither the learner's name nor what others gave or recommend.</param>
/// <param name="SecondPercent">Share of the answers that two people mark, 0 to 100.</param>
/// <param name="Tolerance">By how many points of the whole answer two marks may differ and still be averaged.</param>
public sealed record MarkingPlan(bool Blind = false, int SecondPercent = 0, double Tolerance = 1)
{
    /// <summary>Once, and openly.</summary>
    public static MarkingPlan Usual { get; } = new();
}

/// <summary>What marks make of an answer. Pure.</summary>
public static class MarkingRules
{
    /// <summary>Up to this many points half ones are given too; up to <see cref="MostWhole"/> a key gives each.</summary>
    private const double MostHalved = 6;
    private const double MostWhole = 9;

    /// <summary>What the points of a trait go up by: a half, a whole, or a tenth where the maximum is no multiple of these.</summary>
    public static double StepOf(double max) => max <= MostHalved && IsMultiple(max, 0.5) ? 0.5 : IsMultiple(max, 1) ? 1 : 0.1;

    /// <summary>Every number of points of a trait, from 0; empty where there are too many to choose from, and the number is typed.</summary>
    public static IReadOnlyList<double> PointsOf(double max)
    {
        double step = StepOf(max);
        return max <= MostWhole && step >= 0.5 ? [.. Enumerable.Range(0, (int)Math.Round(max / step) + 1).Select(i => i * step)] : [];
    }

    public static bool IsOnScale(double score, double max) => score >= 0 && score <= max && (IsMultiple(score, StepOf(max)) || score == max);

    /// <summary>Points of the whole answer, with the weights of its traits.</summary>
    public static double TotalOf(IEnumerable<TraitScore> traits) => traits.Sum(trait => (trait.Score ?? 0) * (trait.Weight ?? 1));

    /// <summary>Whether a second person marks the answer: nobody can choose which ones, and it is always the same ones.</summary>
    public static bool WantsSecond(MarkingPlan plan, Guid attemptId, short position)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData([.. attemptId.ToByteArray(), (byte)position, (byte)(position >> 8)], hash);
        return BitConverter.ToUInt32(hash[..4]) % 100 < plan.SecondPercent;
    }

    /// <summary>What the given marks decide.</summary>
    /// <returns>The traits only where it is decided.</returns>
    public static (MarkingState State, IReadOnlyList<TraitScore>? Decided) Settle(IReadOnlyCollection<Mark> given, MarkingPlan plan, bool wantsSecond)
    {
        Mark? Of(MarkPart part) => given.FirstOrDefault(mark => mark.Part == part);
        return (Of(MarkPart.First), Of(MarkPart.Second), Of(MarkPart.Decision)) switch
        {
            (_, _, { } decision) => (MarkingState.Decided, decision.Traits),
            ({ } first, { } second, _) when Math.Abs(first.Total - second.Total) <= plan.Tolerance + 1e-6 => (MarkingState.Decided, Mean(first.Traits, second.Traits)),
            ({ }, { }, _) => (MarkingState.Disagree, null),
            ({ } first, null, _) => wantsSecond ? (MarkingState.Second, null) : (MarkingState.Decided, first.Traits),
            _ => (MarkingState.Unmarked, null),
        };
    }

    private static List<TraitScore> Mean(IReadOnlyList<TraitScore> first, IReadOnlyList<TraitScore> second) =>
        [.. first.Select(one => second.FirstOrDefault(other => other.Name == one.Name) is { } two ? one with { Score = Rounded((one.Score + two.Score) / 2, one.Max), Why = Both(one.Why, two.Why) } : one)];

    /// <summary>To the step of the trait; halves of it in the learner's favour.</summary>
    private static double? Rounded(double? score, double max) => score is { } points ? Math.Min(max, Math.Round(points / StepOf(max), MidpointRounding.AwayFromZero) * StepOf(max)) : null;

    private static string? Both(string? one, string? two) => string.Join(' ', new[] { one, two }.OfType<string>().Distinct()) is { Length: > 0 } text ? text : null;

    private static bool IsMultiple(double value, double step) => Math.Abs(value / step - Math.Round(value / step)) < 1e-6;
}
