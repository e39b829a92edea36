using System.Text.Json.Serialization;

namespace Tripos.Questions;

/// <summary>Source code shown with a question, kept apart from the prompt so that it can be highlighted.</summary>
/// <param name="Text">The code as typed, lines separated by <c>\n</c>.</param>
/// <param name="Language">Lower-case name such as <c>python</c>; null when unknown.</param>
public sealed record CodeBlock(string Text, string? Language = null);

/// <summary>A picture or a sound, named by what is in it.</summary>
/// <param name="Hash">SHA-256 of the bytes, 64 lower-case hexadecimal digits; in files that travel, the path of the file beside them.</param>
/// <param name="Type">Media type such as <c>audio/ogg</c> or <c>image/svg+xml</c>.</param>
public sealed record Media(string Hash, string Type)
{
    /// <summary>Length of a sound in ms; null when unknown or not a sound.</summary>
    public long? DurationMs { get; init; }

    /// <summary>Width of a picture in CSS pixels; null when unknown.</summary>
    public int? Width { get; init; }

    /// <summary>Height of a picture in CSS pixels; null when unknown.</summary>
    public int? Height { get; init; }

    /// <summary>What a learner who cannot see the picture is told instead. Says what kind of picture it is without answering the question.</summary>
    public string? Alt { get; init; }

    /// <summary>Everything the picture shows, for authors and for the review.</summary>
    public string? Description { get; init; }
}

/// <summary>The clock of one item. Null members are "as long as you like".</summary>
public sealed record ItemTiming
{
    /// <summary>Time to get ready before answering, in ms; for recordings the countdown before the microphone opens.</summary>
    public long? PrepareMs { get; init; }

    /// <summary>Time to answer, in ms; for recordings the longest take.</summary>
    public long? AnswerMs { get; init; }

    /// <summary>Silence before the sound starts, in ms.</summary>
    public long? AudioDelayMs { get; init; }

    /// <summary>How often the sound may be played in an exam; null for as often as one likes. Practice never limits it.</summary>
    public int? AudioPlays { get; init; }
}

/// <summary>What one version of a question says: the part every kind has in common.</summary>
/// <remarks>Bodies are values: never changed once stored, compared by content, safe to cache.</remarks>
public abstract record QuestionBody
{
    /// <summary>The format of <see cref="Prompt"/>, <see cref="Passage"/>, of option texts and of all explanations.</summary>
    public ContentFormat Format { get; init; }

    /// <summary>What is asked. Never empty.</summary>
    public required string Prompt { get; init; }

    /// <summary>A text to read before answering; null when there is none.</summary>
    public string? Passage { get; init; }

    /// <summary>A sound to listen to before answering; null when there is none.</summary>
    public Media? Audio { get; init; }

    /// <summary>What <see cref="Audio"/> says, plain text; shown in review only.</summary>
    public string? Transcript { get; init; }

    /// <summary>A picture to look at; null when there is none.</summary>
    public Media? Image { get; init; }

    /// <summary>Code the prompt refers to; null when there is none.</summary>
    public CodeBlock? Code { get; init; }

    /// <summary>Why the right answer is right, shown in review; null when the author gave none.</summary>
    public string? Explanation { get; init; }

    /// <summary>Other times than the kind's own (<see cref="QuestionKind.Timing"/>); null for the kind's.</summary>
    public ItemTiming? Timing { get; init; }

    /// <summary>True while nothing says which answer is right: such a question is never offered to learners.</summary>
    [JsonIgnore]
    public abstract bool NeedsKey { get; }

    /// <summary>The texts a learner reads beside prompt and code, in any order; used to recognise the same content again.</summary>
    internal abstract IEnumerable<string> ContentParts { get; }

    /// <summary>The pictures and sounds this body shows, in any order.</summary>
    [JsonIgnore]
    public IEnumerable<Media> AllMedia => ((Media?[])[Audio, Image]).OfType<Media>();
}

/// <summary>Something in a body that keeps the question from being offered.</summary>
/// <param name="Field">The member, in camel case as in JSON, with indexes: <c>options[2].text</c>.</param>
/// <param name="Message">What is wrong and what to do, in one or two sentences.</param>
public sealed record BodyFault(string Field, string Message);
