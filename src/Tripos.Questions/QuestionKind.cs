using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tripos.Questions;

/// <summary>Families of kinds, in the order authors see them.</summary>
public enum KindGroup
{
    /// <summary>For any subject.</summary>
    General,

    /// <summary>PTE part 1, speaking.</summary>
    PteSpeaking,

    /// <summary>PTE part 1, writing.</summary>
    PteWriting,

    /// <summary>PTE part 2.</summary>
    PteReading,

    /// <summary>PTE part 3.</summary>
    PteListening,
}

/// <summary>One kind of question: its permanent name and how its body and its responses are read.</summary>
/// <remarks>The engine asks a kind for everything it needs to know, so a new kind is a new row in <see cref="QuestionKinds"/>. Several kinds may
/// share an <see cref="Interaction"/>: the way an answer is given, which has one body, one response, one part of the player and one editor.</remarks>
public abstract class QuestionKind
{
    /// <summary>Permanent name in files, columns and URLs: lower-case words joined by hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>Name shown to people, in sentence case.</summary>
    public required string Title { get; init; }

    /// <summary>One sentence for authors: what the learner does.</summary>
    public required string Summary { get; init; }

    /// <summary>Where authors find it.</summary>
    public KindGroup Group { get; init; }

    /// <summary>What the learner must be given beside the prompt.</summary>
    public Stimuli Requires { get; init; }

    /// <summary>The clock of the kind, unless a body says otherwise.</summary>
    public ItemTiming Timing { get; init; } = new();

    /// <summary>How an answer is given, such as <c>choice</c>: names the part of the player, of the review and of the editor.</summary>
    public abstract string Interaction { get; }

    /// <summary>The type of body, the same for every kind with this interaction.</summary>
    public abstract Type BodyType { get; }

    /// <summary>The clock of one question.</summary>
    /// <param name="body">Whose own times go first, member by member.</param>
    public ItemTiming TimingOf(QuestionBody body) => body.Timing is not { } own ? Timing : new ItemTiming
    {
        PrepareMs = own.PrepareMs ?? Timing.PrepareMs,
        AnswerMs = own.AnswerMs ?? Timing.AnswerMs,
        AudioDelayMs = own.AudioDelayMs ?? Timing.AudioDelayMs,
        AudioPlays = own.AudioPlays ?? Timing.AudioPlays,
    };

    /// <summary>Reads a stored body.</summary>
    /// <param name="json">The JSON written by <see cref="WriteBody"/>.</param>
    /// <returns>The body.</returns>
    /// <exception cref="JsonException"><paramref name="json"/> is not a body of this kind.</exception>
    public QuestionBody ReadBody(string json) =>
        (QuestionBody?)JsonSerializer.Deserialize(json, BodyType, QuestionJson.Options) ?? throw new JsonException("A question body cannot be null.");

    /// <summary>Writes a body as JSON, the inverse of <see cref="ReadBody"/>.</summary>
    /// <param name="body">A body of this kind.</param>
    /// <returns>One line of JSON in camel case, without null members.</returns>
    public string WriteBody(QuestionBody body) => JsonSerializer.Serialize(body, BodyType, QuestionJson.Options);

    /// <summary>Everything that keeps a question from being offered to learners. A missing key is no fault; see <see cref="QuestionBody.NeedsKey"/>.</summary>
    /// <param name="body">A body of this kind.</param>
    /// <returns>Nothing when it can be played and, once it has its key, scored.</returns>
    public IEnumerable<BodyFault> Faults(QuestionBody body)
    {
        if (string.IsNullOrWhiteSpace(body.Prompt))
        {
            yield return new("prompt", "The question has no text. Write what is asked.");
        }

        if (Requires.HasFlag(Stimuli.Passage) && string.IsNullOrWhiteSpace(body.Passage))
        {
            yield return new("passage", $"{Title} needs a text to read. Write it, or paste it.");
        }

        if (Requires.HasFlag(Stimuli.Audio) && body.Audio is null)
        {
            yield return new("audio", $"{Title} needs a sound to listen to. Choose one from the media library.");
        }

        if (Requires.HasFlag(Stimuli.Image) && body.Image is null)
        {
            yield return new("image", $"{Title} needs a picture. Choose one from the media library.");
        }

        if (body.Image is { } image && string.IsNullOrWhiteSpace(image.Alt))
        {
            yield return new("image.alt", "The picture has no alternative text. Say in a few words what kind of picture it is.");
        }

        foreach (var fault in OwnFaults(body))
        {
            yield return fault;
        }
    }

    /// <summary>The body as a learner may have it: without key, transcript, explanations and model answers, and with its parts in the attempt's order.</summary>
    /// <param name="body">A body of this kind.</param>
    /// <param name="seed">The attempt's seed.</param>
    /// <param name="position">The position in the attempt, 1 or more: tells apart the orders of several items.</param>
    /// <param name="shuffle">Whether parts whose order is free are shuffled; parts that must be put in order always are.</param>
    public QuestionBody Present(QuestionBody body, long seed, int position, bool shuffle) =>
        Hide(body, seed, position, shuffle) with { Explanation = null, Transcript = null, Image = body.Image is { } image ? image with { Description = null } : null };

    /// <summary>Says what is wrong with a response, so that nothing is stored that cannot be scored.</summary>
    /// <param name="body">The version the learner sees.</param>
    /// <param name="response">The response as sent.</param>
    /// <returns>One sentence naming the fault, or null when the response is well formed (right or wrong does not matter).</returns>
    public abstract string? FaultOf(QuestionBody body, JsonElement response);

    /// <summary>Whether a response says anything; an emptied answer counts as unanswered.</summary>
    /// <param name="response">A response <see cref="FaultOf"/> found no fault with.</param>
    public abstract bool IsEmpty(JsonElement response);

    private protected abstract IEnumerable<BodyFault> OwnFaults(QuestionBody body);

    private protected abstract QuestionBody Hide(QuestionBody body, long seed, int position, bool shuffle);
}

/// <summary>What a learner is given beside the prompt.</summary>
[Flags]
public enum Stimuli
{
    /// <summary>Nothing is required.</summary>
    None = 0,

    /// <summary><see cref="QuestionBody.Passage"/>.</summary>
    Passage = 1,

    /// <summary><see cref="QuestionBody.Audio"/>.</summary>
    Audio = 2,

    /// <summary><see cref="QuestionBody.Image"/>.</summary>
    Image = 4,
}

/// <summary>A kind whose bodies are of one type.</summary>
/// <typeparam name="TBody">The body.</typeparam>
public abstract class QuestionKind<TBody> : QuestionKind
    where TBody : QuestionBody
{
    // Whatever is no object gets the sentence that says how the answer of this kind is sent.
    private static readonly JsonElement NoMembers = JsonDocument.Parse("{}").RootElement;

    /// <inheritdoc />
    public sealed override Type BodyType => typeof(TBody);

    /// <inheritdoc />
    public sealed override string? FaultOf(QuestionBody body, JsonElement response) =>
        Fault((TBody)body, response.ValueKind == JsonValueKind.Object ? response : NoMembers);

    private protected sealed override IEnumerable<BodyFault> OwnFaults(QuestionBody body) => Faults((TBody)body);

    private protected sealed override QuestionBody Hide(QuestionBody body, long seed, int position, bool shuffle) => Hidden((TBody)body, seed, position, shuffle);

    private protected abstract string? Fault(TBody body, JsonElement response);

    private protected abstract IEnumerable<BodyFault> Faults(TBody body);

    private protected abstract TBody Hidden(TBody body, long seed, int position, bool shuffle);
}

/// <summary>JSON as bodies and responses are written: camel case, enums as words, nulls left out.</summary>
public static class QuestionJson
{
    /// <summary>The one set of options every body and response is read and written with.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
