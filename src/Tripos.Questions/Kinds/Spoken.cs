using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tripos.Questions;

/// <summary>What a spoken answer is compared with.</summary>
public enum SpokenKey
{
    /// <summary>Nothing: it is judged by traits alone.</summary>
    None,

    /// <summary><see cref="Spoken.Script"/>, shown to the learner, who reads it aloud.</summary>
    ShownScript,

    /// <summary><see cref="Spoken.Script"/>, heard by the learner, who repeats it.</summary>
    HeardScript,

    /// <summary><see cref="Spoken.Accepted"/>: one or a few words.</summary>
    Words,
}

/// <summary>An answer spoken into a microphone.</summary>
public sealed record Spoken : FreeAnswer
{
    /// <summary>The words that are to be said, plain text; null where the learner finds their own.</summary>
    public string? Script { get; init; }

    /// <summary>Short answers that count, plain text; empty where the answer is free.</summary>
    public IReadOnlyList<string> Accepted { get; init; } = [];

    /// <inheritdoc />
    [JsonIgnore]
    public override bool NeedsKey => false;

    internal override IEnumerable<string> ContentParts => ((string?[])[Script, Passage, Audio?.Hash, Image?.Hash]).OfType<string>();
}

/// <summary>Spoken answers: the response is <c>{"recording": "uuid", "durationMs": 38000}</c>; <c>{"recording": null}</c> means "no answer".
/// A member <c>trouble</c> (<c>denied</c>, <c>lost</c>, <c>silent</c>, <c>unsupported</c>) says why there is none.</summary>
public sealed class SpokenKind : QuestionKind<Spoken>
{
    private static readonly string[] Troubles = ["denied", "lost", "silent", "unsupported"];

    /// <summary>What the answer is compared with.</summary>
    public SpokenKey Key { get; init; }

    /// <inheritdoc />
    public override string Interaction => "spoken";

    /// <inheritdoc />
    public override bool IsEmpty(JsonElement response) => response.GetProperty("recording").ValueKind == JsonValueKind.Null;

    private protected override string? Fault(Spoken body, JsonElement response)
    {
        if (!response.TryGetProperty("recording", out var recording) || !(recording.ValueKind == JsonValueKind.Null || (recording.ValueKind == JsonValueKind.String && recording.TryGetGuid(out _))))
        {
            return "A recording is sent as {\"recording\": \"its id\", \"durationMs\": 38000}.";
        }

        if (recording.ValueKind == JsonValueKind.String
            && !(response.TryGetProperty("durationMs", out var duration) && duration.ValueKind == JsonValueKind.Number && duration.TryGetInt64(out long ms) && ms is >= 0 and <= 3_600_000))
        {
            return "The length of a recording is sent as durationMs, from 0 to an hour.";
        }

        return !response.TryGetProperty("trouble", out var trouble) || (trouble.ValueKind == JsonValueKind.String && Troubles.Any(known => trouble.ValueEquals(known)))
            ? null
            : $"The trouble is one of {string.Join(", ", Troubles)}.";
    }

    private protected override IEnumerable<BodyFault> Faults(Spoken body)
    {
        if (Key is SpokenKey.ShownScript or SpokenKey.HeardScript && string.IsNullOrWhiteSpace(body.Script))
        {
            yield return new("script", "Nothing says which words are to be spoken. Write them.");
        }

        if (Key == SpokenKey.Words && body.Accepted.Count == 0)
        {
            yield return new("accepted", "Nothing says which answers count. Write at least one.");
        }

        foreach (var fault in RubricFaults.Of(body.Rubric))
        {
            yield return fault;
        }
    }

    private protected override Spoken Hidden(Spoken body, long seed, int position, bool shuffle) =>
        body with { Script = Key == SpokenKey.ShownScript ? body.Script : null, Accepted = [], ModelAnswer = null, KeyPoints = [] };
}
