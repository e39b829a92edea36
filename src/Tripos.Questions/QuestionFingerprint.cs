using System.Security.Cryptography;
using System.Text;

namespace Tripos.Questions;

/// <summary>Recognises the same question again, whatever the order of its options and the white space in its texts.</summary>
public static class QuestionFingerprint
{
    /// <summary>Hash of everything a learner reads; key, explanations and option ids are not part of it.</summary>
    /// <param name="kind">Permanent name of the kind.</param>
    /// <param name="body">The body.</param>
    /// <returns>The first 128 bits of a SHA-256, as a Guid (which is not a valid RFC 9562 UUID).</returns>
    public static Guid OfContent(string kind, QuestionBody body) =>
        Hash([kind, .. Prompt(body), .. body.ContentParts.Select(Normalise).Order(StringComparer.Ordinal)]);

    /// <summary>Hash of prompt and code alone: the same question after its options were edited.</summary>
    /// <param name="body">The body.</param>
    /// <returns>The first 128 bits of a SHA-256, as a Guid.</returns>
    public static Guid OfPrompt(QuestionBody body) => Hash(Prompt(body));

    private static IEnumerable<string> Prompt(QuestionBody body) => [Normalise(body.Prompt), body.Code?.Text.Trim() ?? ""];

    private static string Normalise(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static Guid Hash(IEnumerable<string> parts)
    {
        byte[] bytes = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', parts)));
        return new Guid(bytes.AsSpan(0, 16));
    }
}
