using System.Text.Json.Serialization;

namespace Tripos.Questions;

/// <summary>One option of a choice question.</summary>
/// <param name="Id">Unique within the question, at most 64 characters, stable when options are shuffled or edited.</param>
/// <param name="Text">What the learner reads, in the question's format.</param>
/// <param name="Explanation">Why this option is right or wrong, shown in review; null when the author gave none.</param>
public sealed record Option(string Id, string Text, string? Explanation = null);

/// <summary>A question answered by choosing among options: <see cref="SingleChoice"/> or <see cref="MultipleChoice"/>.</summary>
public abstract record ChoiceBody : QuestionBody
{
    /// <summary>The options in the author's order; at least two, ids unique.</summary>
    public required IReadOnlyList<Option> Options { get; init; }

    /// <summary>Ids of the right options; empty while the key is unknown.</summary>
    public IReadOnlyList<string> Key { get; init; } = [];

    /// <summary>False keeps the author's order even where the test shuffles ("none of these" comes last).</summary>
    public bool ShuffleOptions { get; init; } = true;

    /// <inheritdoc />
    [JsonIgnore]
    public override bool NeedsKey => Key.Count == 0;

    internal override IEnumerable<string> ContentParts => Options.Select(option => option.Text);
}

/// <summary>Exactly one option is right and at most one can be chosen.</summary>
public sealed record SingleChoice : ChoiceBody;

/// <summary>Several options may be right.</summary>
public sealed record MultipleChoice : ChoiceBody
{
    /// <summary>The most options a learner may choose; null for as many as there are.</summary>
    public int? MaxResponses { get; init; }
}

/// <summary>The response to a choice question.</summary>
/// <param name="Chosen">Ids of the chosen options, in any order, without repeats; empty means "no answer".</param>
public sealed record ChoiceResponse(IReadOnlyList<string> Chosen);
