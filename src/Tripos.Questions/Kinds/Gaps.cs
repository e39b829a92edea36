using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Tripos.Questions;

/// <summary>A text with gaps: <see cref="TypedGaps"/>, <see cref="ChosenGaps"/> or <see cref="WordBank"/>.</summary>
public abstract partial record GapBody : QuestionBody
{
    /// <summary>The text in the question's format; <c>[[1]]</c> stands where the gap with the id 1 is. Ids are letters and digits.</summary>
    public required string Text { get; init; }

    /// <summary>Ids of the gaps in the order of the text.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> GapIds => [.. Marks().Matches(Text).Select(match => match.Groups[1].Value)];

    /// <summary>What the marks in <see cref="Text"/> look like; group 1 is the id.</summary>
    [GeneratedRegex(@"\[\[([A-Za-z0-9]{1,20})\]\]", RegexOptions.CultureInvariant)]
    public static partial Regex Marks();
}

/// <summary>A gap to type into.</summary>
/// <param name="Id">As in the text.</param>
/// <param name="Accepted">Every spelling that counts; the first is shown as the right one. Empty while the key is unknown.</param>
public sealed record TypedGap(string Id, IReadOnlyList<string> Accepted)
{
    /// <summary>Capital and small letters are told apart.</summary>
    public bool CaseSensitive { get; init; }

    /// <summary>When the first accepted answer is a number: how far from it a typed number may be; null compares as text.</summary>
    public double? Tolerance { get; init; }
}

/// <summary>Gaps filled by typing.</summary>
public sealed record TypedGaps : GapBody
{
    /// <summary>One for each mark in the text.</summary>
    public required IReadOnlyList<TypedGap> Gaps { get; init; }

    /// <inheritdoc />
    [JsonIgnore]
    public override bool NeedsKey => Gaps.Any(gap => gap.Accepted.Count == 0);

    internal override IEnumerable<string> ContentParts => [Text];
}

/// <summary>A gap with its own list of options.</summary>
/// <param name="Id">As in the text.</param>
/// <param name="Options">What can be chosen, plain text.</param>
/// <param name="Key">Id of the right option; null while it is unknown.</param>
public sealed record ChosenGap(string Id, IReadOnlyList<Part> Options, string? Key = null);

/// <summary>Gaps filled by choosing from a list at each gap.</summary>
public sealed record ChosenGaps : GapBody
{
    /// <summary>One for each mark in the text.</summary>
    public required IReadOnlyList<ChosenGap> Gaps { get; init; }

    /// <inheritdoc />
    [JsonIgnore]
    public override bool NeedsKey => Gaps.Any(gap => gap.Key is null);

    internal override IEnumerable<string> ContentParts => [Text, .. Gaps.SelectMany(gap => gap.Options).Select(option => option.Text)];
}

/// <summary>Gaps filled from one list of words, each used at most once.</summary>
public sealed record WordBank : GapBody
{
    /// <summary>The words, plain text; usually more than there are gaps.</summary>
    public required IReadOnlyList<Part> Words { get; init; }

    /// <summary>Gap id → id of the right word; empty while the key is unknown.</summary>
    public IReadOnlyDictionary<string, string> Key { get; init; } = new Dictionary<string, string>();

    /// <inheritdoc />
    [JsonIgnore]
    public override bool NeedsKey => Key.Count == 0;

    internal override IEnumerable<string> ContentParts => [Text, .. Words.Select(word => word.Text)];
}

/// <summary>What the gap kinds share: the response <c>{"gaps": {"1": "…"}}</c>; empty gaps are left out or are "".</summary>
/// <typeparam name="TBody">The body.</typeparam>
public abstract class GapKind<TBody> : QuestionKind<TBody>
    where TBody : GapBody
{
    private const int LongestGap = 200;

    /// <inheritdoc />
    public override bool IsEmpty(JsonElement response) => response.GetProperty("gaps").EnumerateObject().All(gap => string.IsNullOrWhiteSpace(gap.Value.GetString()));

    private protected sealed override string? Fault(TBody body, JsonElement response)
    {
        if (!ResponseParts.TryObject(response, "gaps", out var gaps))
        {
            return "Gaps are sent as {\"gaps\": {\"gap id\": \"...\"}}.";
        }

        HashSet<string> seen = [];
        foreach (var gap in gaps.EnumerateObject())
        {
            string? fault = !seen.Add(gap.Name) ? $"The gap \"{gap.Name}\" is filled twice."
                : gap.Value.ValueKind != JsonValueKind.String ? $"The gap \"{gap.Name}\" is filled with something that is no text."
                : gap.Value.GetString()!.Length > LongestGap ? $"The gap \"{gap.Name}\" has more than {LongestGap} characters."
                : !HasGap(body, gap.Name) ? $"There is no gap \"{gap.Name}\" in this question."
                : gap.Value.ValueEquals("") ? null
                : FaultOfFilling(body, gap.Name, gap.Value);
            if (fault is not null)
            {
                return fault;
            }
        }

        return FaultOfAll(body, gaps);
    }

    private protected override IEnumerable<BodyFault> Faults(TBody body)
    {
        var marks = body.GapIds;
        if (marks.Count == 0)
        {
            yield return new("text", "The text has no gaps. Write [[1]] where the first one is.");
        }

        foreach (string id in marks.GroupBy(id => id).Where(group => group.Count() > 1).Select(group => group.Key))
        {
            yield return new("text", $"The gap [[{id}]] is there twice. Give every gap its own id.");
        }
    }

    private protected abstract bool HasGap(TBody body, string id);

    private protected abstract string? FaultOfFilling(TBody body, string id, JsonElement value);

    private protected virtual string? FaultOfAll(TBody body, JsonElement gaps) => null;

    private protected static IEnumerable<BodyFault> Unpaired(GapBody body, IEnumerable<string> ids)
    {
        var described = ids.ToHashSet();
        return body.GapIds.Where(id => !described.Contains(id)).Select(id => new BodyFault("gaps", $"Nothing says what belongs into the gap [[{id}]]. Describe it."))
            .Concat(described.Except(body.GapIds).Select(id => new BodyFault("gaps", $"The gap {id} is not in the text. Write [[{id}]] where it is, or remove it.")));
    }
}

/// <summary>Gaps typed by hand.</summary>
public sealed class TypedGapsKind : GapKind<TypedGaps>
{
    /// <inheritdoc />
    public override string Interaction => "typed-gaps";

    private protected override bool HasGap(TypedGaps body, string id) => body.Gaps.Any(gap => gap.Id == id);

    private protected override string? FaultOfFilling(TypedGaps body, string id, JsonElement value) => null;

    private protected override IEnumerable<BodyFault> Faults(TypedGaps body) => base.Faults(body).Concat(Unpaired(body, body.Gaps.Select(gap => gap.Id)));

    private protected override TypedGaps Hidden(TypedGaps body, long seed, int position, bool shuffle) =>
        body with { Gaps = [.. body.Gaps.Select(gap => new TypedGap(gap.Id, []))] };
}

/// <summary>Gaps filled from a list at each gap; the response names option ids.</summary>
public sealed class ChosenGapsKind : GapKind<ChosenGaps>
{
    /// <inheritdoc />
    public override string Interaction => "chosen-gaps";

    private protected override bool HasGap(ChosenGaps body, string id) => body.Gaps.Any(gap => gap.Id == id);

    private protected override string? FaultOfFilling(ChosenGaps body, string id, JsonElement value) =>
        body.Gaps.First(gap => gap.Id == id).Options.Any(option => value.ValueEquals(option.Id)) ? null : $"The gap \"{id}\" has no option \"{value.GetString()}\".";

    private protected override IEnumerable<BodyFault> Faults(ChosenGaps body)
    {
        var gaps = body.Gaps.SelectMany((gap, i) => BodyParts.FaultsOf(gap.Options, $"gaps[{i}].options", "option", 2, option => option.Id, option => option.Text));
        var keys = body.Gaps.Index().Where(gap => gap.Item.Key is { } key && gap.Item.Options.All(option => option.Id != key))
            .Select(gap => new BodyFault($"gaps[{gap.Index}].key", $"The right option of the gap [[{gap.Item.Id}]] is not among its options. Choose it again."));
        return base.Faults(body).Concat(Unpaired(body, body.Gaps.Select(gap => gap.Id))).Concat(gaps).Concat(keys);
    }

    private protected override ChosenGaps Hidden(ChosenGaps body, long seed, int position, bool shuffle) =>
        body with { Gaps = [.. body.Gaps.Select((gap, i) => gap with { Key = null, Options = shuffle ? SeededShuffle.Order(gap.Options, seed + i, position) : gap.Options })] };
}

/// <summary>Gaps filled from one list of words; the response names word ids, each at most once.</summary>
public sealed class WordBankKind : GapKind<WordBank>
{
    /// <inheritdoc />
    public override string Interaction => "word-bank";

    private protected override bool HasGap(WordBank body, string id) => body.GapIds.Contains(id);

    private protected override string? FaultOfFilling(WordBank body, string id, JsonElement value) =>
        body.Words.Any(word => value.ValueEquals(word.Id)) ? null : $"There is no word \"{value.GetString()}\" in this question.";

    private protected override string? FaultOfAll(WordBank body, JsonElement gaps)
    {
        var used = gaps.EnumerateObject().Select(gap => gap.Value.GetString()!).Where(id => id.Length > 0).GroupBy(id => id).FirstOrDefault(group => group.Count() > 1);
        return used is null ? null : $"The word \"{used.Key}\" is used twice.";
    }

    private protected override IEnumerable<BodyFault> Faults(WordBank body)
    {
        var words = BodyParts.FaultsOf(body.Words, "words", "word", 2, word => word.Id, word => word.Text);
        var keys = body.NeedsKey ? [] : Unpaired(body, body.Key.Keys).Concat(body.Key.Where(pair => body.Words.All(word => word.Id != pair.Value))
            .Select(pair => new BodyFault("key", $"The right word of the gap [[{pair.Key}]] is not among the words. Choose it again.")));
        return base.Faults(body).Concat(words).Concat(keys);
    }

    private protected override WordBank Hidden(WordBank body, long seed, int position, bool shuffle) =>
        body with { Key = new Dictionary<string, string>(), Words = SeededShuffle.Order(body.Words, seed, position) };
}
