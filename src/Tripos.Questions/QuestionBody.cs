using System.Text.Json.Serialization;

namespace Tripos.Questions;

/// <summary>Source code shown with a question, kept apart from the prompt so that it can be highlighted.</summary>
/// <param name="Text">The code as typed, lines separated by <c>\n</c>.</param>
/// <param name="Language">Lower-case name such as <c>python</c>; null when unknown.</param>
public sealed record CodeBlock(string Text, string? Language = null);

/// <summary>What one version of a question says: the part every kind has in common.</summary>
/// <remarks>Bodies are values: never changed once stored, compared by content, safe to cache.</remarks>
public abstract record QuestionBody
{
    /// <summary>The format of <see cref="Prompt"/>, of option texts and of all explanations.</summary>
    public ContentFormat Format { get; init; }

    /// <summary>What is asked. Never empty.</summary>
    public required string Prompt { get; init; }

    /// <summary>Code the prompt refers to; null when there is none.</summary>
    public CodeBlock? Code { get; init; }

    /// <summary>Why the right answer is right, shown in review; null when the author gave none.</summary>
    public string? Explanation { get; init; }

    /// <summary>True while nothing says which answer is right: such a question is never offered to learners.</summary>
    [JsonIgnore]
    public abstract bool NeedsKey { get; }

    /// <summary>The texts a learner reads beside prompt and code, in any order; used to recognise the same content again.</summary>
    internal abstract IEnumerable<string> ContentParts { get; }
}
