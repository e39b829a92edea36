using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tripos.Questions;

/// <summary>One kind of question: its permanent name and how its body and its responses are read.</summary>
/// <remarks>The engine asks a kind for everything it needs to know, so a new kind is a new row in <see cref="QuestionKinds"/>.</remarks>
public abstract class QuestionKind
{
    /// <summary>Permanent name in files, columns and URLs: lower-case words joined by hyphens.</summary>
    public abstract string Name { get; }

    /// <summary>Name shown to people, in sentence case.</summary>
    public abstract string Title { get; }

    /// <summary>Reads a stored body.</summary>
    /// <param name="json">The JSON written by <see cref="WriteBody"/>.</param>
    /// <returns>The body.</returns>
    /// <exception cref="JsonException"><paramref name="json"/> is not a body of this kind.</exception>
    public abstract QuestionBody ReadBody(string json);

    /// <summary>Writes a body as JSON, the inverse of <see cref="ReadBody"/>.</summary>
    /// <param name="body">A body of this kind.</param>
    /// <returns>One line of JSON in camel case, without null members.</returns>
    public virtual string WriteBody(QuestionBody body) => JsonSerializer.Serialize(body, body.GetType(), QuestionJson.Options);

    /// <summary>Says what is wrong with a response, so that nothing is stored that cannot be scored.</summary>
    /// <param name="body">The version the learner sees.</param>
    /// <param name="response">The response as sent.</param>
    /// <returns>One sentence naming the fault, or null when the response is well formed (right or wrong does not matter).</returns>
    public abstract string? FaultOf(QuestionBody body, JsonElement response);

    /// <summary>Whether a response says anything; an emptied answer counts as unanswered.</summary>
    /// <param name="response">A response <see cref="FaultOf"/> found no fault with.</param>
    public abstract bool IsEmpty(JsonElement response);
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
