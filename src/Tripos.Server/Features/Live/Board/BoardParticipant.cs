namespace Tripos.Server.Features.Live;

/// <summary>What the database knows of a participant.</summary>
/// <param name="AttemptStatus">As stored; null before there is an attempt.</param>
public sealed record ParticipantRow(
    Guid LearnerId, string Name, Guid? AttemptId, DateTimeOffset JoinedAt, DateTimeOffset? RemovedAt, string? AttemptStatus, DateTimeOffset? DeadlineAt, int ItemCount, short[] Answered,
    DateTimeOffset LastSeen, bool Connected, short Position, int Events, LastEvent? Event, int Highlights, int WaitingReceipts);

/// <summary>One learner on the board of a session; only touched under the lock of its board.</summary>
internal sealed class BoardParticipant(ParticipantRow row)
{
    private readonly HashSet<short> _answered = [.. row.Answered];
    private long _seen = row.LastSeen.ToUnixTimeMilliseconds();
    private long _left = row.Connected ? 0 : row.LastSeen.ToUnixTimeMilliseconds();
    private long _answeredAt;
    private int? _rttMs;
    private bool _visible = true;
    private short _position = row.Position;
    private int _events = row.Events;
    private LastEvent? _event = row.Event;
    private int _highlights = row.Highlights;

    public ParticipantRow Row { get; private set; } = row;

    /// <summary>Connections of this server only.</summary>
    public HashSet<string> Connections { get; } = [];

    /// <summary>Walls have not been told yet.</summary>
    public bool IsNew { get; set; } = true;

    /// <summary>The database has not been told yet.</summary>
    public bool IsUnsaved { get; set; }

    public bool IsConnected => _seen > _left;

    public int Answered => _answered.Count;

    /// <summary>What is durable is read again; what only memory knows stays.</summary>
    /// <param name="fresh">As the database has it.</param>
    /// <param name="readFrom">When the reading began: answers stored since then may be missing in it.</param>
    public void Refresh(ParticipantRow fresh, DateTimeOffset readFrom)
    {
        Row = fresh;
        if (_answeredAt < readFrom.ToUnixTimeMilliseconds())
        {
            _answered.Clear();
        }

        _answered.UnionWith(fresh.Answered);
        _events = Math.Max(_events, fresh.Events);
        _event ??= fresh.Event;
        _highlights = fresh.Highlights;
        IsNew = true;
    }

    /// <returns>Whether the set of answered questions changed.</returns>
    public bool Apply(ParticipantChange change)
    {
        _seen = Math.Max(_seen, change.Seen);
        _left = Math.Max(_left, change.Left);
        _answeredAt = Math.Max(_answeredAt, change.AnsweredAt);
        _rttMs = change.RttMs ?? _rttMs;
        _visible = change.Visible ?? _visible;
        _position = change.Position ?? _position;
        _events = Math.Max(_events, change.Events ?? 0);
        _event = change.Event ?? _event;
        _highlights = change.Highlights ?? _highlights;
        Row = Row with { WaitingReceipts = Math.Max(0, Row.WaitingReceipts - (change.Acknowledged?.Count ?? 0)) };
        foreach (short position in change.Answered ?? [])
        {
            _ = position > 0 ? _answered.Add(position) : _answered.Remove((short)-position);
        }

        IsNew = true;
        return change.Answered is { Count: > 0 };
    }

    public SavedState State => new(Row.LearnerId, DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(_seen, _left)), IsConnected, _position, (short)_answered.Count);

    public LiveMessages.ParticipantState ToMessage() => new(
        Row.LearnerId, Row.Name, Row.AttemptId, Row.JoinedAt, StatusOf(Row), IsConnected, DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(_seen, _left)), _rttMs, _visible, _position,
        _answered.Count, Row.ItemCount, Row.DeadlineAt, _answeredAt == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(_answeredAt), _events, _event, _highlights, Row.WaitingReceipts);

    /// <summary>The four columns that come from memory.</summary>
    internal readonly record struct SavedState(Guid LearnerId, DateTimeOffset LastSeen, bool Connected, short Position, short Answered);

    private static string StatusOf(ParticipantRow row) => row switch
    {
        { RemovedAt: not null } => "removed",
        { AttemptStatus: null } => "waiting",
        { AttemptStatus: "in_progress" } => "working",
        { AttemptStatus: "paused" } => "paused",
        _ => "submitted",
    };
}
