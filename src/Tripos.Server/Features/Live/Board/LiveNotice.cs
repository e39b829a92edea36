using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tripos.Server.Features.Live;

/// <summary>What servers on one database tell each other through NOTIFY: that a session has changed (read it again), what happened to its learners, or only that they are alive.</summary>
public sealed record LiveNotice
{
    public const string Channel = "live";
    private const int LongestBytes = 7_500; // PostgreSQL refuses payloads of 8,000
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    /// <summary>The server that sent it, which knows it already; null where every server must act on it.</summary>
    [JsonPropertyName("n")]
    public Guid? Node { get; init; }

    [JsonPropertyName("s")]
    public Guid? Session { get; init; }

    /// <summary>An action that was committed.</summary>
    [JsonPropertyName("a")]
    public Guid? Action { get; init; }

    [JsonPropertyName("c")]
    public IReadOnlyList<ParticipantChange>? Changes { get; init; }

    public string ToText() => JsonSerializer.Serialize(this, Options);

    public static LiveNotice? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<LiveNotice>(text, Options);
        }
        catch (JsonException)
        {
            return null; // not ours
        }
    }

    /// <summary>As many notices as the changes of one session need.</summary>
    public static IEnumerable<string> Pack(Guid node, Guid session, IReadOnlyList<ParticipantChange> changes)
    {
        List<ParticipantChange> fitting = [];
        int bytes = 0;
        foreach (var change in changes)
        {
            int size = Encoding.UTF8.GetByteCount(JsonSerializer.Serialize(change, Options)) + 1;
            if (bytes + size > LongestBytes - 200 && fitting.Count > 0)
            {
                yield return new LiveNotice { Node = node, Session = session, Changes = fitting }.ToText();
                fitting = [];
                bytes = 0;
            }

            fitting.Add(change);
            bytes += size;
        }

        if (fitting.Count > 0)
        {
            yield return new LiveNotice { Node = node, Session = session, Changes = fitting }.ToText();
        }
    }
}
