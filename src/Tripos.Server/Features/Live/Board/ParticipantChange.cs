using System.Text.Json.Serialization;

namespace Tripos.Server.Features.Live;

/// <summary>What happened to one learner since the last tick. Values are absolute and stamped, so that it does no harm to hear of one twice or late.</summary>
public sealed record ParticipantChange
{
    [JsonPropertyName("l")]
    public required Guid Learner { get; init; }

    /// <summary>They have joined or got an attempt: what the database knows of them is to be read again.</summary>
    [JsonPropertyName("new")]
    public bool Joined { get; init; }

    /// <summary>Last heartbeat, ms since 1970.</summary>
    [JsonPropertyName("seen")]
    public long Seen { get; init; }

    /// <summary>When the last connection ended, ms since 1970.</summary>
    [JsonPropertyName("left")]
    public long Left { get; init; }

    [JsonPropertyName("rtt")]
    public int? RttMs { get; init; }

    [JsonPropertyName("vis")]
    public bool? Visible { get; init; }

    [JsonPropertyName("pos")]
    public short? Position { get; init; }

    /// <summary>Positions answered, and (negative) positions whose answer was taken back.</summary>
    [JsonPropertyName("ans")]
    public IReadOnlyList<short>? Answered { get; init; }

    [JsonPropertyName("ansAt")]
    public long AnsweredAt { get; init; }

    [JsonPropertyName("ev")]
    public LastEvent? Event { get; init; }

    /// <summary>How many events there are by now.</summary>
    [JsonPropertyName("evs")]
    public int? Events { get; init; }

    [JsonPropertyName("hl")]
    public int? Highlights { get; init; }

    /// <summary>The action their page has acknowledged.</summary>
    [JsonPropertyName("ack")]
    public IReadOnlyList<Guid>? Acknowledged { get; init; }

    /// <summary>Both, the later one winning.</summary>
    public ParticipantChange With(ParticipantChange later) => this with
    {
        Joined = Joined || later.Joined,
        Seen = Math.Max(Seen, later.Seen),
        Left = Math.Max(Left, later.Left),
        RttMs = later.RttMs ?? RttMs,
        Visible = later.Visible ?? Visible,
        Position = later.Position ?? Position,
        Answered = later.Answered is null ? Answered : [.. (Answered ?? []).Where(p => !later.Answered.Contains(p) && !later.Answered.Contains((short)-p)), .. later.Answered],
        AnsweredAt = Math.Max(AnsweredAt, later.AnsweredAt),
        Event = later.Event ?? Event,
        Events = later.Events ?? Events,
        Highlights = later.Highlights ?? Highlights,
        Acknowledged = later.Acknowledged is null ? Acknowledged : [.. Acknowledged ?? [], .. later.Acknowledged],
    };
}

/// <param name="At">ISO.</param>
public sealed record LastEvent(string Kind, DateTimeOffset At, short? Position);
