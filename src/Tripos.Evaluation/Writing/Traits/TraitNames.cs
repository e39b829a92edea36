using Tripos.Scoring;

namespace Tripos.Evaluation.Writing;

/// <summary>Finds the judge for a trait by its name, and for authors' traits by well-known names.</summary>
internal static class TraitNames
{
    private static readonly (string[] Names, Func<Examination, Judged> Judge)[] Judges =
    [
        (["grammar", "accuracy", "grammatical", "punctuation", "mechanics"], GrammarJudge.Judge),
        (["spelling", "orthography"], SpellingJudge.Judge),
        (["linguistic-range", "range", "linguistic", "style", "sentences"], RangeJudge.Judge),
        (["vocabulary", "lexis", "lexical", "wording", "words"], VocabularyJudge.Judge),
        (["discourse", "structure", "organisation", "organization", "coherence", "cohesion", "development", "paragraphs"], DiscourseJudge.Judge),
        (["content", "key-points", "keypoints", "completeness", "coverage", "relevance", "task", "facts", "explanation"], ContentJudge.Judge),
        (["language", "english"], WholeJudge.Language),
        (["answer", "overall", "whole", "quality"], WholeJudge.Judge),
    ];

    public static Judged Judge(ProfileTrait trait, Examination x)
    {
        string name = trait.Name.Trim().ToLowerInvariant();
        if (x.Answer.Kind.Name == "prompt-draft" && name is "clarity" or "constraints" or "iteration" or "tool")
        {
            return PromptJudge.Judge(name, x);
        }

        return Find([name]) is { } exact ? exact(x)
            : Find(Parts(name)) is { } part ? part(x)
            : Find(Parts(trait.Title)) is { } titled ? titled(x)
            : Judged.Nothing("the local evaluator does not know how to judge this trait.");
    }

    private static Func<Examination, Judged>? Find(IEnumerable<string> names) =>
        names.Select(name => Judges.FirstOrDefault(judge => judge.Names.Contains(name)).Judge).FirstOrDefault(judge => judge is not null);

    private static string[] Parts(string name) => name.ToLowerInvariant().Split([' ', '-', '_', '/', ',', '.', ':'], StringSplitOptions.RemoveEmptyEntries);
}
