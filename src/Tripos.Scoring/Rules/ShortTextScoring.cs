using System.Text.Json;
using Tripos.Questions;

namespace Tripos.Scoring;

/// <summary>Full marks for one of the accepted answers, else nothing.</summary>
internal static class ShortTextScoring
{
    public static ItemScore Accepted(ShortText body, JsonElement response)
    {
        string typed = response.GetProperty("text").GetString()!;
        return AnswerText.IsOneOf(typed, body.Accepted, body.CaseSensitive) || AnswerText.IsOneOf(typed.AsSpan().TrimEnd().TrimEnd('.'), body.Accepted, body.CaseSensitive)
            ? ItemScore.Full
            : ItemScore.None;
    }
}
