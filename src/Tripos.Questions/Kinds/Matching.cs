using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tripos.Questions;

/// <summary>One thing to be matched, ordered or placed.</summary>
/// <param name="Id">Unique in its list, at most 64 characters.</param>
/// <param name="Text">What the learner reads, in the question's format.</param>
public sealed record Part(string Id, string Text);

/// <summary>Each premise belongs to one of the answers.</summary>
public sealed record Matching : QuestionBody
{
    /// <summary>What is to be matched, in the author's order.</summary>
    public required IReadOnlyList<Part> Premises { get; init; }

    /// <summary>What it is matched with; may hold more than are needed, and one may serve several premises.</summary>
    public required IReadOnlyList<Part> Answers { get; init; }

    /// <summary>Premise id → id of its answer; empty while the key is unknown.</summary>
    public IReadOnlyDictionary<string, string> Key { get; init; } = new Dictionary<string, string>();

    /// <inheritdoc />
    [JsonIgnore]
    public override bool NeedsKey => Key.Count == 0;

    internal override IEnumerable<string> ContentParts => Premises.Concat(Answers).Select(part => part.Text);
}

/// <summary>Matching: the response is <c>{"pairs": {"premise id": "answer id"}}</c>; premises may be left out.</summary>
public sealed class MatchingKind : QuestionKind<Matching>
{
    /// <inheritdoc />
    public override string Interaction => "matching";

    /// <inheritdoc />
    public override bool IsEmpty(JsonElement response) => !response.GetProperty("pairs").EnumerateObject().Any();

    private protected override string? Fault(Matching body, JsonElement response)
    {
        if (!ResponseParts.TryObject(response, "pairs", out var pairs))
        {
            return "Pairs are sent as {\"pairs\": {\"premise id\": \"answer id\"}}.";
        }

        HashSet<string> seen = [];
        foreach (var pair in pairs.EnumerateObject())
        {
            if (!body.Premises.Any(premise => premise.Id == pair.Name) || !seen.Add(pair.Name))
            {
                return seen.Contains(pair.Name) ? $"\"{pair.Name}\" is matched twice." : $"There is no premise \"{pair.Name}\" in this question.";
            }

            if (pair.Value.ValueKind != JsonValueKind.String || !body.Answers.Any(answer => pair.Value.ValueEquals(answer.Id)))
            {
                return $"\"{pair.Name}\" is matched with something that is none of the answers.";
            }
        }

        return null;
    }

    private protected override IEnumerable<BodyFault> Faults(Matching body)
    {
        foreach (var fault in BodyParts.FaultsOf(body.Premises, "premises", "premise", 1, part => part.Id, part => part.Text)
            .Concat(BodyParts.FaultsOf(body.Answers, "answers", "answer", 2, part => part.Id, part => part.Text)))
        {
            yield return fault;
        }

        if (!body.NeedsKey && (body.Premises.Any(premise => !body.Key.ContainsKey(premise.Id)) || body.Key.Values.Any(id => body.Answers.All(answer => answer.Id != id))))
        {
            yield return new("key", "Not every premise has one of the answers as its right one. Choose an answer for each.");
        }
    }

    private protected override Matching Hidden(Matching body, long seed, int position, bool shuffle) =>
        body with { Key = new Dictionary<string, string>(), Answers = SeededShuffle.Order(body.Answers, seed, position) };
}
