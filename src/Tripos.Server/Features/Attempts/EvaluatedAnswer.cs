using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tripos.Questions;
using Tripos.Scoring;
using Tripos.Server.Features.Catalog;

namespace Tripos.Server.Features.Attempts;

/// <summary>Who may judge a free answer, in the order of whose word counts: a later one replaces an earlier one, never the other way round.</summary>
public enum EvaluatorKind { Local, Model, Teacher }

/// <summary>The judgement of a free answer that counts.</summary>
/// <param name="ByName">Shown to the learner.</param>
/// <param name="Traits">Only those that were judged.</param>
public sealed record Judgement(EvaluatorKind Evaluator, string ByName, IReadOnlyList<TraitScore> Traits)
{
    /// <summary>Adds it to what the rules decided. A trait the profile does not have, or has with another maximum, stays open: it was judged by another measure.</summary>
    public ItemScore AddTo(ItemScore decided, LoadedVersion version, ScoringProfile profile)
    {
        var fitting = Fitting(version, profile);
        return fitting.Count == 0 ? decided : Scorer.WithEvaluated(version.Kind, version.Body, profile, decided, fitting, overrides: Evaluator == EvaluatorKind.Teacher);
    }

    /// <summary>What counts when this is said after that: the higher word, and the lower one for traits the higher is silent about, or was given by another measure.</summary>
    /// <returns>Null where this adds nothing.</returns>
    internal Judgement? After(Judgement? before, LoadedVersion version, ScoringProfile profile)
    {
        if (before is null || before.Evaluator == Evaluator)
        {
            return this;
        }

        var kept = before.Fitting(version, profile);
        if (before.Evaluator < Evaluator)
        {
            return this with { Traits = [.. Traits, .. kept.Where(lower => Traits.All(trait => trait.Name != lower.Name))] };
        }

        var added = Traits.Where(lower => kept.All(trait => trait.Name != lower.Name)).ToList();
        return added.Count == 0 ? null : before with { Traits = [.. kept, .. added] };
    }

    private List<TraitScore> Fitting(LoadedVersion version, ScoringProfile profile)
    {
        var asked = Scorer.TraitsOf(version.Kind, version.Body, profile);
        return [.. Traits.Where(given => asked.Any(trait => trait.Name == given.Name && trait.Max == given.Max))];
    }

    internal static Judgement? Read(string? evaluator, string? byName, string? traits) =>
        evaluator is null ? null : new(Enum.Parse<EvaluatorKind>(evaluator, ignoreCase: true), byName!, JsonSerializer.Deserialize<List<TraitScore>>(traits!, QuestionJson.Options)!);
}

/// <summary>The row of <see cref="Judgement"/>.</summary>
public sealed class EvaluatedAnswer
{
    public required Guid AttemptId { get; init; }
    public required short Position { get; init; }
    public required EvaluatorKind Evaluator { get; init; }
    public required string ByName { get; init; }
    public required string Traits { get; init; }
    public required DateTimeOffset DecidedAt { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<EvaluatedAnswer>
    {
        public void Configure(EntityTypeBuilder<EvaluatedAnswer> builder)
        {
            builder.ToTable("evaluated_answers").HasKey(x => new { x.AttemptId, x.Position });
            builder.Property(x => x.Traits).HasColumnType("jsonb");
        }
    }
}
