using Tripos.Questions;

namespace Tripos.Server.Features.Interchange;

/// <summary>The same question with another key, and with the type of body that key asks for.</summary>
internal static class KeyedBody
{
    public static ChoiceBody Of(ChoiceBody body, IReadOnlyList<string> key, bool multiple, int? maxResponses, ChoiceRule rule) => (multiple, body) switch
    {
        (true, MultipleChoice same) => same with { Key = key, MaxResponses = maxResponses, Rule = rule },
        (false, SingleChoice same) => same with { Key = key },
        (true, _) => new MultipleChoice
        {
            Format = body.Format, Prompt = body.Prompt, Passage = body.Passage, Audio = body.Audio, Transcript = body.Transcript, Image = body.Image, Code = body.Code,
            Explanation = body.Explanation, Timing = body.Timing, Options = body.Options, ShuffleOptions = body.ShuffleOptions, Key = key, MaxResponses = maxResponses, Rule = rule,
        },
        _ => new SingleChoice
        {
            Format = body.Format, Prompt = body.Prompt, Passage = body.Passage, Audio = body.Audio, Transcript = body.Transcript, Image = body.Image, Code = body.Code,
            Explanation = body.Explanation, Timing = body.Timing, Options = body.Options, ShuffleOptions = body.ShuffleOptions, Key = key,
        },
    };

    /// <summary>More than one right option makes it multiple choice; it stays so when the key shrinks again.</summary>
    public static ChoiceBody WithKey(ChoiceBody body, IReadOnlyList<string> key)
    {
        var before = body as MultipleChoice;
        return Of(body, [.. body.Options.Select(o => o.Id).Where(key.Contains)], before is not null || key.Count > 1,
            before?.MaxResponses < key.Count ? null : before?.MaxResponses, before?.Rule ?? ChoiceRule.RightMinusWrong);
    }
}
