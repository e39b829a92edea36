using Tripos.Questions;
using Tripos.Scoring;

namespace Tripos.Evaluation.Writing;

/// <summary>Judges written answers by rules that can be read and repeated: the same answer always gets the same verdict.</summary>
/// <remarks>What each check looks at, its sources and its limits are in docs/evaluation.md.</remarks>
public static class LocalWriting
{
    /// <summary>Shown with every score it gives; the number changes when the rules do.</summary>
    public const string Name = "Local evaluator for writing 1";

    private const int MostSuggestions = 5;

    /// <summary>Judges one written answer.</summary>
    /// <param name="answer">Not blank. Code is not judged.</param>
    /// <param name="resources">Dictionaries; without them, what needs them is not evaluated.</param>
    /// <returns>One verdict for each trait that was asked for.</returns>
    public static Verdict Evaluate(AnswerToJudge answer, ScoringResources resources)
    {
        if (answer.Body is not Written || answer.Text is null)
        {
            string why = answer.Body is CodeAnswer ? "the local evaluator does not run or read code." : "there is no written text to judge.";
            return new([.. answer.Traits.Select(trait => TraitVerdict.NotEvaluated(trait, why))], "Your answer was not evaluated by this program.", []);
        }

        var examination = Examination.Of(answer, resources);
        List<(ProfileTrait Trait, Judged Judged)> judged = [.. answer.Traits.Select(trait => (trait, TraitNames.Judge(trait, examination)))];
        var flagged = judged.FirstOrDefault(item => item.Judged.Share is not null).Trait; // one flag for the answer, where its points begin
        judged = [.. judged.Select(item => (item.Trait, Gate.Apply(item.Judged, examination, shows: item.Trait == flagged)))];
        return new([.. judged.Select(item => Verdict(item.Trait, item.Judged, item.Trait == flagged ? examination.Flag : null))], Feedback.Summary(judged, examination), [.. Feedback.Suggestions(judged, examination).Take(MostSuggestions)]);
    }

    private static TraitVerdict Verdict(ProfileTrait trait, Judged judged, string? flag) =>
        new(trait.Name, judged.Share is { } share ? Ramp.Points(share, trait.Max) : null, trait.Max, judged.Why, [.. judged.Evidence.OrderBy(item => item.Place?.Start ?? int.MaxValue)])
        {
            Flag = flag,
        };
}
