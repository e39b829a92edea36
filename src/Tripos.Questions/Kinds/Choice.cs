using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tripos.Questions;

/// <summary>One option of a choice question.</summary>
/// <param name="Id">Unique within the question, at most 64 characters, stable when options are shuffled or edited.</param>
/// <param name="Text">What the learner reads, in the question's format.</param>
/// <param name="Explanation">Why this option is right or wrong, shown in review; null when the author gave none.</param>
/// <param name="Weight">Share of the item's points this option adds (or takes, when negative), in [-1, 1]; only <see cref="ChoiceRule.Weights"/> looks at it.</param>
public sealed record Option(string Id, string Text, string? Explanation = null, double? Weight = null);

/// <summary>How several right options are scored.</summary>
public enum ChoiceRule
{
    /// <summary>Each right option adds 1/R, each wrong one takes 1/W, never below 0.</summary>
    RightMinusWrong,

    /// <summary>Full marks for exactly the right options, else nothing.</summary>
    AllOrNothing,

    /// <summary>The sum of the chosen options' weights, kept within [0, 1].</summary>
    Weights,
}

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

    /// <summary>How it is scored, unless the scoring profile has a rule for the kind.</summary>
    public ChoiceRule Rule { get; init; }
}

/// <summary>What the choice kinds share: the response <c>{"chosen": ["a"]}</c>, option ids in any order without repeats; empty means "no answer".</summary>
/// <typeparam name="TBody">The body.</typeparam>
public abstract class ChoiceKind<TBody> : QuestionKind<TBody>
    where TBody : ChoiceBody
{
    /// <inheritdoc />
    public sealed override string Interaction => "choice";

    /// <inheritdoc />
    public override bool IsEmpty(JsonElement response) => response.GetProperty("chosen").GetArrayLength() == 0;

    private protected sealed override string? Fault(TBody body, JsonElement response)
    {
        if (!ResponseParts.TryArray(response, "chosen", out var chosen))
        {
            return "A choice is sent as {\"chosen\": [\"option id\", ...]}.";
        }

        return chosen.GetArrayLength() > MostChoices(body)
            ? $"At most {MostChoices(body)} of the options can be chosen, but {chosen.GetArrayLength()} were."
            : ResponseParts.FaultOfIds(chosen, "option", id => body.Options.Any(option => id.ValueEquals(option.Id)));
    }

    private protected override IEnumerable<BodyFault> Faults(TBody body)
    {
        foreach (var fault in BodyParts.FaultsOf(body.Options, "options", "option", 2, option => option.Id, option => option.Text))
        {
            yield return fault;
        }

        foreach (string id in body.Key.Where(id => body.Options.All(option => option.Id != id)))
        {
            yield return new("key", $"The key names \"{id}\", which is none of the options. Mark the right options again.");
        }
    }

    private protected sealed override TBody Hidden(TBody body, long seed, int position, bool shuffle)
    {
        IReadOnlyList<Option> shown = [.. body.Options.Select(option => option with { Explanation = null, Weight = null })];
        return body with { Options = shuffle && body.ShuffleOptions ? SeededShuffle.Order(shown, seed, position) : shown, Key = [] };
    }

    private protected abstract int MostChoices(TBody body);
}

/// <summary>A kind in which one option is right.</summary>
public sealed class SingleChoiceKind : ChoiceKind<SingleChoice>
{
    private protected override int MostChoices(SingleChoice body) => 1;

    private protected override IEnumerable<BodyFault> Faults(SingleChoice body)
    {
        var own = body.Key.Count > 1 ? [new BodyFault("key", $"{body.Key.Count} options are marked as right; exactly one can be. Use a kind with several right options.")] : Array.Empty<BodyFault>();
        return base.Faults(body).Concat(own);
    }
}

/// <summary>A kind in which several options may be right.</summary>
public sealed class MultipleChoiceKind : ChoiceKind<MultipleChoice>
{
    private protected override int MostChoices(MultipleChoice body) => body.MaxResponses ?? body.Options.Count;

    private protected override IEnumerable<BodyFault> Faults(MultipleChoice body)
    {
        foreach (var fault in base.Faults(body))
        {
            yield return fault;
        }

        if (body.MaxResponses is { } most && (most < 1 || most < body.Key.Count))
        {
            yield return new("maxResponses", $"At most {most} options may be chosen, but {body.Key.Count} are right. Raise the limit, or leave it empty.");
        }

        if (body.Rule == ChoiceRule.Weights && body.Options.Any(option => option.Weight is null or < -1 or > 1))
        {
            yield return new("options", "Scoring by weights needs a weight between -1 and 1 on every option.");
        }
    }
}

/// <summary>The response to a choice question.</summary>
/// <param name="Chosen">Ids of the chosen options, in any order, without repeats; empty means "no answer".</param>
public sealed record ChoiceResponse(IReadOnlyList<string> Chosen);
