using Tripos.Questions;

namespace Tripos.Scoring;

/// <summary>A rubric that comes with the program.</summary>
/// <param name="Name">Unique, shown to people.</param>
/// <param name="Kind">The kind of question it is made for.</param>
/// <param name="Traits">In order.</param>
public sealed record BuiltInRubric(string Name, string Kind, IReadOnlyList<RubricTrait> Traits);

/// <summary>The rubrics that come with the program: the four traits of prompt drafts, and those of the profiles.</summary>
public static class BuiltInRubrics
{
    /// <summary>All of them; the prompt drafts first, then the newest profile.</summary>
    public static IReadOnlyList<BuiltInRubric> All { get; } =
    [
        new("Prompt draft", "prompt-draft", Plain(FreeAnswerTraits.PromptDraft)),
        .. from profile in ScoringProfiles.All.Reverse()
           from kind in profile.Kinds
           where kind.Value.Traits.Count > 0
           select new BuiltInRubric($"{QuestionKinds.Find(kind.Key).Title} ({profile.Name})", kind.Key, Plain(kind.Value.Traits)),
    ];

    private static IReadOnlyList<RubricTrait> Plain(IReadOnlyList<ProfileTrait> traits) =>
        [.. traits.Select(trait => new RubricTrait(trait.Name, trait.Title, trait.Max, trait.Guide) { Weight = FreeAnswerTraits.WeightOf(trait) })];
}
