using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Tripos.Server.Platform;

namespace Tripos.Server.Features.Attempts;

/// <summary>
/// Reads the body of a save. It is the one request that arrives tens of thousands of times a second when a school sits an exam,
/// so it is read by hand: one pass over the bytes, no reflection, no intermediate document but the response itself.
/// </summary>
public static class SaveAnswerRequest
{
    private const int LongestBody = SaveAnswer.LongestResponse + 1024;

    /// <returns>The request, or the problem that names what is wrong with the body.</returns>
    public static async ValueTask<Outcome<SaveAnswer.Request>> ReadAsync(HttpRequest http, CancellationToken ct)
    {
        if (!http.HasJsonContentType())
        {
            return new Problem("not-json", 415, "The body must be JSON", "Send it with Content-Type: application/json.");
        }

        while (true)
        {
            var read = await http.BodyReader.ReadAsync(ct);
            if (read.Buffer.Length > LongestBody)
            {
                return new Problem("body-too-long", 413, "The answer is too long", $"A response may have up to {SaveAnswer.LongestResponse:N0} bytes.");
            }

            if (read.IsCompleted)
            {
                var request = Parse(read.Buffer);
                http.BodyReader.AdvanceTo(read.Buffer.End);
                return request;
            }

            http.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static Outcome<SaveAnswer.Request> Parse(ReadOnlySequence<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            return ReadObject(ref reader, body);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            return Invalid("body", $"The body is not the JSON of an answer: {fault.Message}");
        }
    }

    private static Outcome<SaveAnswer.Request> ReadObject(ref Utf8JsonReader reader, ReadOnlySequence<byte> body)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return Invalid("body", "The body must be a JSON object.");
        }

        string? response = null, device = null;
        int sequence = 0;
        int? basedOn = null, confidence = null;
        long? elapsedMs = null;
        DateTimeOffset? answeredAt = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("response"u8))
            {
                response = RawText(ref reader, body);
                continue;
            }

            string name = reader.GetString()!;
            reader.Read();
            bool absent = reader.TokenType == JsonTokenType.Null;
            switch (name)
            {
                case "sequence": sequence = reader.GetInt32(); break;
                case "basedOn": basedOn = absent ? null : reader.GetInt32(); break;
                case "elapsedMs": elapsedMs = absent ? null : reader.GetInt64(); break;
                case "confidence": confidence = absent ? null : reader.GetInt32(); break;
                case "device": device = reader.GetString(); break;
                case "answeredAt": answeredAt = absent ? null : reader.GetDateTimeOffset(); break;
                default: reader.Skip(); break;
            }
        }

        return Check(new SaveAnswer.Request(response ?? "", sequence, basedOn, elapsedMs, (short?)confidence, device, answeredAt), confidence);
    }

    /// <summary>The text of the value that follows, looked through on the way: what PostgreSQL cannot store is refused here, not in a batch with others.</summary>
    private static string RawText(ref Utf8JsonReader reader, ReadOnlySequence<byte> body)
    {
        reader.Read();
        long start = reader.TokenStartIndex;
        int depth = reader.CurrentDepth;
        do
        {
            RefuseUnstorable(ref reader);
        }
        while ((reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray || reader.CurrentDepth > depth) && reader.Read());

        return Encoding.UTF8.GetString(body.Slice(start, reader.BytesConsumed - start));
    }

    private static void RefuseUnstorable(ref Utf8JsonReader reader)
    {
        // Only an escape can smuggle in U+0000 or half a surrogate pair (GetString throws on the latter).
        if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped && reader.GetString()!.Contains('\0', StringComparison.Ordinal))
        {
            throw new FormatException("the response contains the character U+0000, which cannot be stored.");
        }

        if (reader.TokenType is JsonTokenType.Number && !(reader.TryGetDouble(out double number) && double.IsFinite(number) && HasModestExponent(ref reader)))
        {
            throw new FormatException("the response contains a number too large or too small to be stored.");
        }
    }

    private static bool HasModestExponent(ref Utf8JsonReader reader)
    {
        string text = reader.HasValueSequence ? Encoding.ASCII.GetString(reader.ValueSequence) : Encoding.ASCII.GetString(reader.ValueSpan);
        int exponent = text.AsSpan().IndexOfAny('e', 'E');
        return text.Length <= 400 && (exponent < 0 || (int.TryParse(text.AsSpan(exponent + 1), CultureInfo.InvariantCulture, out int power) && Math.Abs(power) <= 300));
    }

    private static Outcome<SaveAnswer.Request> Check(SaveAnswer.Request request, int? confidence) =>
        request.Response.Length == 0 ? Invalid("response", "The body has no \"response\".")
        : request.Sequence < 1 ? Invalid("sequence", "\"sequence\" must be 1 or more.")
        : request.BasedOn < 0 ? Invalid("basedOn", "\"basedOn\" must be 0 or more.")
        : request.ElapsedMs is < 0 or > 30L * 24 * 3_600_000 ? Invalid("elapsedMs", "\"elapsedMs\" must be between 0 and 30 days.")
        : confidence is < 1 or > 5 ? Invalid("confidence", "\"confidence\" must be between 1 and 5.")
        : request.Device is { } device && (device.Length > 64 || device.Any(char.IsControl)) ? Invalid("device", "\"device\" may have up to 64 characters, and no control characters.")
        : request;

    private static Problem Invalid(string field, string detail) =>
        new("bad-answer", 400, "This answer cannot be stored", detail) { Facts = new Dictionary<string, object?> { ["field"] = field } };
}
