using Tripos.Questions;

namespace Tripos.Server.Features.Interchange;

/// <summary>The same question with another key, and with the kind that key asks for.</summary>
internal static class KeyedBody
{
    public static ChoiceBody Of(ChoiceBody body, IReadOnlyList<string> key, bool multiple, int? maxResponses) => multiple
        ? new MultipleChoice
        {
            Format = body.Format, Prompt = body.Prompt, Code = body.Code, Explanation = body.Explanation, Options = body.Options,
            ShuffleOptions = body.ShuffleOptions, Key = key, MaxResponses = maxResponses,
        }
        : new SingleChoice
        {
            Format = body.Format, Prompt = body.Prompt, Code = body.Code, Explanation = body.Explanation, Options = body.Options,
            ShuffleOptions = body.ShuffleOptions, Key = key,
        };

    /// <summary>More than one right option makes it multiple choice; it stays so when the key shrinks again.</summary>
    public static ChoiceBody WithKey(ChoiceBody body, IReadOnlyList<string> key)
    {
        int? most = (body as MultipleChoice)?.MaxResponses;
        return Of(body, [.. body.Options.Select(o => o.Id).Where(key.Contains)], body is MultipleChoice || key.Count > 1, most < key.Count ? null : most);
    }
}
