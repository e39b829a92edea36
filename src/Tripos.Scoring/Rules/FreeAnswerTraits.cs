using Tripos.Questions;

namespace Tripos.Scoring;

/// <summary>What a free answer is judged by, and how its traits make a score.</summary>
internal static class FreeAnswerTraits
{
    public const string NotEvaluated = "Not evaluated yet";

    private static readonly ProfileTrait[] WholeAnswer = [new("answer", "Answer", 1)];

    public static readonly ProfileTrait[] PromptDraft = [new("clarity", "Clarity", 5), new("constraints", "Constraints", 5), new("iteration", "Iteration", 5), new("tool", "Choice of tool", 5)];

    /// <summary>The profile's traits, else the question's rubric, else what its kind is usually judged by.</summary>
    public static IReadOnlyList<ProfileTrait> Of(in ScoringInput input)
    {
        if (input.Settings is { Traits.Count: > 0 } settings)
        {
            return settings.Traits;
        }

        var body = (FreeAnswer)input.Body;
        return body.Rubric.Count > 0 ? [.. body.Rubric.Select(trait => OfRubric(trait, body))]
            : input.Kind.Name == "prompt-draft" ? PromptDraft
            : WholeAnswer;
    }

    public static double Max(ScoringInput input) => Of(input).Sum(trait => trait.Weight * trait.Max);

    /// <summary>No answer: every trait is decided.</summary>
    public static ItemScore Nothing(ScoringInput input) => AllZero(input, "Nothing was answered");

    public static ItemScore AllZero(in ScoringInput input, string why) => ItemScore.Of([.. Of(input).Select(trait => Given(trait, 0, why))]);

    public static TraitScore Open(ProfileTrait trait, string? evidence = null) =>
        Given(trait, null, evidence is null ? NotEvaluated : $"{NotEvaluated}. {evidence}");

    /// <summary>What a trait earned; its weight comes with it.</summary>
    public static TraitScore Given(ProfileTrait trait, double? score, string? why) => new(trait.Name, score, trait.Max, why) { Weight = WeightOf(trait) };

    public static double? WeightOf(ProfileTrait trait) => trait.Weight == 1 ? null : trait.Weight;

    /// <summary>The score of the traits: where one that zeroes the item earned nothing, nothing else does and nothing is open.</summary>
    public static ItemScore Total(IReadOnlyList<ProfileTrait> plan, IReadOnlyList<TraitScore> traits)
    {
        var zero = plan.FirstOrDefault(trait => trait.Zeroes && traits.Any(score => score.Name == trait.Name && score.Score == 0));
        if (zero is null)
        {
            return ItemScore.Of(traits);
        }

        string why = $"Counts as 0 because {zero.Title.ToLowerInvariant()} is 0";
        return ItemScore.Of([.. traits.Select(score => score.Name == zero.Name ? score : score with { Score = 0, Why = score.Score is > 0 && score.Why is { } known ? $"{why}. {known}" : why })]);
    }

    public static ItemScore Merge(in ScoringInput input, ItemScore decided, IReadOnlyList<TraitScore> evaluated, bool overrides)
    {
        var plan = input.Body is FreeAnswer ? Of(input) : [];
        if (evaluated.FirstOrDefault(given => plan.All(trait => trait.Name != given.Name)) is { } unknown)
        {
            throw new ArgumentException($"{input.Kind.Name} has no trait \"{unknown.Name}\".", nameof(evaluated));
        }

        if (evaluated.FirstOrDefault(given => given.Score is { } points && !(points >= 0 && points <= plan.First(trait => trait.Name == given.Name).Max)) is { } wrong)
        {
            throw new ArgumentException($"{wrong.Score} points for \"{wrong.Name}\" are not between 0 and its maximum.", nameof(evaluated));
        }

        return decided.OpenFraction <= 0 && !overrides ? decided : Total(plan, [.. decided.Traits.Select(trait => Merged(trait, evaluated, overrides))]);
    }

    private static TraitScore Merged(TraitScore trait, IReadOnlyList<TraitScore> evaluated, bool overrides) =>
        (overrides || trait.Score is null) && evaluated.LastOrDefault(given => given.Name == trait.Name) is { Score: not null } given
            ? trait with { Score = given.Score, Why = given.Why, Flag = given.Flag ?? trait.Flag, By = given.By }
            : trait;

    // An author's trait called "form" is decided by the lengths the question asks for.
    private static ProfileTrait OfRubric(RubricTrait trait, FreeAnswer body)
    {
        bool counts = trait.Name == "form" && body is Written { MinWords: not null } or Written { MaxWords: not null };
        var written = body as Written;
        return new(trait.Name, trait.Title, trait.Max)
        {
            Guide = trait.Guide,
            Weight = trait.Weight ?? 1,
            Form = counts && trait.Name == "form" ? new FormRule([new FormBand(trait.Max, written!.MinWords ?? 0, written.MaxWords)]) : null,
        };
    }
}
