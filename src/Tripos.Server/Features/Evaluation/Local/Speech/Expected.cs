using Tripos.Evaluation;
using Tripos.Evaluation.Speech;
using Tripos.Questions;

namespace Tripos.Server.Features.Evaluation.Speech;

/// <summary>What the recogniser may expect to hear.</summary>
/// <param name="Script">Empty where there is none.</param>
/// <param name="Search">Null for free speech, and where the dictionary has nothing of it.</param>
/// <param name="IsUnknown">A certain answer is asked for and the dictionary has none of its words.</param>
internal sealed record Expected(IReadOnlyList<ScriptWord> Script, GuidedSearch? Search, bool IsUnknown)
{
    public static async Task<Expected> OfAsync(AnswerToJudge judged, SpeechTools tools, CancellationToken ct) => (judged.Kind as SpokenKind)?.Key switch
    {
        SpokenKey.ShownScript or SpokenKey.HeardScript when judged.Body is Spoken { Script: { } script } => await OfScriptAsync(script, tools, ct),
        SpokenKey.Words when judged.Body is Spoken spoken => await OfAnswersAsync(spoken.Accepted, tools, ct),
        _ => new([], null, false),
    };

    private static async Task<Expected> OfScriptAsync(string text, SpeechTools tools, CancellationToken ct)
    {
        var known = await PronouncingDictionary.LookUpAsync(SpokenText.Words(text), tools, ct);
        var script = SpokenText.Script(text, known.ContainsKey);
        return script.Any(word => word.IsKnown) ? new(script, ScriptGrammar.ForScript(script, known), false) : new(script, null, true);
    }

    private static async Task<Expected> OfAnswersAsync(IReadOnlyList<string> accepted, SpeechTools tools, CancellationToken ct)
    {
        List<IReadOnlyList<string>> answers = [.. accepted.Select(SpokenText.Words).Where(words => words is not [])];
        var known = await PronouncingDictionary.LookUpAsync(answers.SelectMany(words => words), tools, ct);
        answers.RemoveAll(words => !words.All(known.ContainsKey));
        return answers is [] ? new([], null, true) : new([], ScriptGrammar.ForAnswers(answers, known), false);
    }
}
