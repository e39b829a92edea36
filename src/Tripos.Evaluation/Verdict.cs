using System.Text.Json.Serialization;
using Tripos.Scoring;

namespace Tripos.Evaluation;

/// <summary>What a place is counted in.</summary>
public enum PlaceUnit
{
    /// <summary>UTF-16 characters of the answer as it was sent.</summary>
    Text,

    /// <summary>Milliseconds of the recording.</summary>
    Sound,
}

/// <summary>A stretch of an answer.</summary>
/// <param name="Unit">What it is counted in.</param>
/// <param name="Start">Where it begins, 0 or more.</param>
/// <param name="End">Where it ends, exclusive, not before <paramref name="Start"/>.</param>
/// <param name="Quote">The words that stand, or are heard, there; null where it is silent.</param>
public sealed record Place(PlaceUnit Unit, int Start, int End, string? Quote = null)
{
    /// <summary>A stretch of a written answer.</summary>
    /// <param name="answer">The whole answer.</param>
    /// <param name="start">First character.</param>
    /// <param name="length">How many characters.</param>
    /// <exception cref="ArgumentOutOfRangeException">It does not lie within the answer.</exception>
    public static Place InText(string answer, int start, int length) => new(PlaceUnit.Text, start, start + length, answer.Substring(start, length));
}

/// <summary>Something in an answer that speaks for or against points.</summary>
/// <param name="Says">What is there, in a few words a learner understands: "repeated", "two verbs without a link", "1.8 s of silence".</param>
/// <param name="Place">Where; null for something that is missing, or about the whole.</param>
public sealed record Evidence(string Says, Place? Place = null)
{
    /// <summary>Speaks for the answer, not against it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsGood { get; init; }
}

/// <summary>What an evaluator says of one trait.</summary>
/// <param name="Name">Name of the trait in the rubric.</param>
/// <param name="Score">Points in [0, <paramref name="Max"/>]; null where this evaluator cannot judge it.</param>
/// <param name="Max">The most points, more than 0.</param>
/// <param name="Why">One or a few sentences a learner understands, also for "not evaluated".</param>
/// <param name="Evidence">What the points rest on, in the order of the answer.</param>
public sealed record TraitVerdict(string Name, double? Score, double Max, string Why, IReadOnlyList<Evidence> Evidence)
{
    /// <summary>Something a person should look at, such as <c>template</c> or <c>off-topic</c>; null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Flag { get; init; }

    /// <summary>A trait this evaluator does not judge.</summary>
    /// <param name="trait">The trait.</param>
    /// <param name="why">Why not.</param>
    public static TraitVerdict NotEvaluated(ProfileTrait trait, string why) => new(trait.Name, null, trait.Max, $"Not evaluated: {why}", []);
}

/// <summary>What a learner could do better.</summary>
/// <param name="Text">One concrete sentence in the imperative.</param>
/// <param name="Trait">The trait it would raise; null for all.</param>
/// <param name="Place">Where in the answer; null when it is about something missing.</param>
public sealed record Suggestion(string Text, string? Trait = null, Place? Place = null);

/// <summary>What one evaluator, program or person, says of one answer.</summary>
/// <param name="Traits">One for each trait it was asked for, in that order.</param>
/// <param name="Summary">Two or three sentences for the learner.</param>
/// <param name="Suggestions">The most useful first; at most five.</param>
public sealed record Verdict(IReadOnlyList<TraitVerdict> Traits, string Summary, IReadOnlyList<Suggestion> Suggestions)
{
    /// <summary>What was heard, for spoken answers; null for written ones and where nothing could be recognised.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HeardSpeech? Heard { get; init; }

    /// <summary>The trait scores as the scorer takes them.</summary>
    /// <param name="by"><c>local</c>, <c>model</c> or <c>teacher</c>.</param>
    public IReadOnlyList<TraitScore> Scores(string by) =>
        [.. Traits.Where(trait => trait.Score is not null).Select(trait => new TraitScore(trait.Name, trait.Score, trait.Max, trait.Why) { Flag = trait.Flag, By = by })];
}

/// <summary>How a heard word stands to what should have been said.</summary>
public enum HeardAs
{
    /// <summary>As the script has it, or free speech.</summary>
    Right,

    /// <summary>Another word than the script's.</summary>
    Replaced,

    /// <summary>Not in the script.</summary>
    Inserted,

    /// <summary>Said again.</summary>
    Repeated,

    /// <summary>A hesitation such as "uh".</summary>
    Filler,
}

/// <summary>One word as the recogniser heard it.</summary>
/// <param name="Word">Lower case.</param>
/// <param name="StartMs">Where it begins.</param>
/// <param name="EndMs">Where it ends.</param>
/// <param name="Sureness">How sure the recogniser is, in [0, 1]; null where it does not say.</param>
/// <param name="As">How it stands to the script.</param>
public sealed record HeardWord(string Word, int StartMs, int EndMs, double? Sureness = null, HeardAs As = HeardAs.Right);

/// <summary>A recording as a recogniser heard it.</summary>
/// <param name="DurationMs">Length of the recording.</param>
/// <param name="Words">In order.</param>
/// <param name="Omitted">Words of the script that were not heard, in its order.</param>
/// <param name="Loudness">Loudness over time for drawing, in equal steps over the whole recording, each in [0, 1].</param>
public sealed record HeardSpeech(int DurationMs, IReadOnlyList<HeardWord> Words, IReadOnlyList<string> Omitted, IReadOnlyList<double> Loudness)
{
    /// <summary>The words, joined.</summary>
    [JsonIgnore]
    public string Transcript => string.Join(' ', Words.Select(word => word.Word));
}
