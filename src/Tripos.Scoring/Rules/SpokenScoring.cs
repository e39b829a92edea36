using System.Text.Json;

namespace Tripos.Scoring;

/// <summary>Spoken answers: without a recording nothing is earned; whatever was said waits for an evaluator.</summary>
internal static class SpokenScoring
{
    public static ItemScore Traits(ScoringInput input) => ItemScore.Of([.. FreeAnswerTraits.Of(input).Select(trait => FreeAnswerTraits.Open(trait))]);

    public static ItemScore NoRecording(ScoringInput input) => FreeAnswerTraits.AllZero(input, Trouble(input.Response) switch
    {
        "denied" => "Nothing was recorded: the browser was not allowed to use the microphone",
        "lost" => "Nothing was recorded: the microphone was lost",
        "silent" => "Nothing was recorded: the microphone heard nothing",
        "unsupported" => "Nothing was recorded: the browser cannot record",
        _ => "Nothing was recorded",
    });

    private static string? Trouble(JsonElement? response) =>
        response is { ValueKind: JsonValueKind.Object } given && given.TryGetProperty("trouble", out var trouble) ? trouble.GetString() : null;
}
