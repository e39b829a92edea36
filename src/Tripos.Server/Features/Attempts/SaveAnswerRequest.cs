using System.Buffers;
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

    private static string RawText(ref Utf8JsonReader reader, ReadOnlySequence<byte> body)
    {
        reader.Read();
        long start = reader.TokenStartIndex;
        reader.Skip();
        return Encoding.UTF8.GetString(body.Slice(start, reader.BytesConsumed - start));
    }

    private static Outcome<SaveAnswer.Request> Check(SaveAnswer.Request request, int? confidence) =>
        request.Response.Length == 0 ? Invalid("response", "The body has no \"response\".")
        : request.Sequence < 1 ? Invalid("sequence", "\"sequence\" must be 1 or more.")
        : request.BasedOn < 0 ? Invalid("basedOn", "\"basedOn\" must be 0 or more.")
        : request.ElapsedMs is < 0 or > 30L * 24 * 3_600_000 ? Invalid("elapsedMs", "\"elapsedMs\" must be between 0 and 30 days.")
        : confidence is < 1 or > 5 ? Invalid("confidence", "\"confidence\" must be between 1 and 5.")
        : request.Device?.Length > 64 ? Invalid("device", "\"device\" may have up to 64 characters.")
        : request;

    private static Problem Invalid(string field, string detail) =>
        new("bad-answer", 400, "This answer cannot be stored", detail) { Facts = new Dictionary<string, object?> { ["field"] = field } };
}
