using Tripos.Server.Features.Attempts;

namespace Tripos.Server.Features.Live;

/// <summary>Takes what happens at this server: shows it on the boards here at once, and keeps it for the next notice to the other servers.</summary>
internal sealed class LiveNews
{
    /// <summary>A learner came or went. Its id is made with it, so that storing it twice keeps it once.</summary>
    internal sealed record Coming(Guid Id, Guid Session, Guid Learner, string Kind, DateTimeOffset At);

    private readonly Lock _lock = new();
    private readonly LiveBoards _boards;
    private readonly TimeProvider _clock;
    private Dictionary<(Guid Session, Guid Learner), ParticipantChange> _outgoing = [];
    private List<Coming> _comings = [];
    private readonly HashSet<(Guid Session, Guid Learner)> _strangers = []; // whom a board here has to read, or to read again

    public LiveNews(LiveBoards boards, AnswerNews answers, TimeProvider clock)
    {
        _boards = boards;
        _clock = clock;
        answers.Stored += Hear;
    }

    /// <summary>Names this process among the servers on one database.</summary>
    public Guid Node { get; } = Guid.CreateVersion7();

    public void Tell(Guid sessionId, ParticipantChange change)
    {
        lock (_lock)
        {
            _outgoing[(sessionId, change.Learner)] = _outgoing.TryGetValue((sessionId, change.Learner), out var before) ? before.With(change) : change;
        }

        Show(sessionId, change);
    }

    /// <summary>For the timeline: a learner came or went.</summary>
    public void TellComing(Guid sessionId, Guid learnerId, string kind)
    {
        lock (_lock)
        {
            _comings.Add(new Coming(Guid.CreateVersion7(), sessionId, learnerId, kind, _clock.GetUtcNow()));
        }
    }

    /// <summary>Somebody has joined, or got an attempt: every server that has the session reads them again.</summary>
    public void TellJoined(Guid sessionId, Guid learnerId)
    {
        Tell(sessionId, new ParticipantChange { Learner = learnerId, Joined = true });
    }

    /// <summary>On the board of this server, if it has one.</summary>
    public void Show(Guid sessionId, ParticipantChange change)
    {
        var found = _boards.FindAsync(sessionId);
        if (found.IsCompletedSuccessfully)
        {
            ShowOn(found.Result, sessionId, change);
        }
        else
        {
            _ = ShowLaterAsync(found, sessionId, change); // being read at this moment
        }
    }

    /// <summary>What is to be told to the other servers since the last call.</summary>
    public ILookup<Guid, ParticipantChange> TakeOutgoing()
    {
        lock (_lock)
        {
            var taken = _outgoing;
            _outgoing = [];
            return taken.ToLookup(each => each.Key.Session, each => each.Value);
        }
    }

    /// <summary>It could not be told; what came since is newer.</summary>
    public void PutBack(ILookup<Guid, ParticipantChange> outgoing)
    {
        lock (_lock)
        {
            foreach (var session in outgoing)
            {
                foreach (var change in session)
                {
                    _outgoing[(session.Key, change.Learner)] = _outgoing.TryGetValue((session.Key, change.Learner), out var newer) ? change.With(newer) : change;
                }
            }
        }
    }

    public IReadOnlyList<Coming> TakeComings()
    {
        lock (_lock)
        {
            var taken = _comings;
            _comings = [];
            return taken;
        }
    }

    public void PutBack(IEnumerable<Coming> comings)
    {
        lock (_lock)
        {
            _comings.InsertRange(0, comings);
        }
    }

    public (Guid Session, Guid Learner)[] TakeStrangers()
    {
        lock (_lock)
        {
            (Guid Session, Guid Learner)[] taken = [.. _strangers];
            _strangers.Clear();
            return taken;
        }
    }

    private void Hear(StoredAnswer answer) => Tell(answer.SessionId, new ParticipantChange
    {
        Learner = answer.LearnerId,
        Answered = [answer.IsEmpty ? (short)-answer.Position : answer.Position],
        AnsweredAt = answer.At.ToUnixTimeMilliseconds(),
    });

    private async Task ShowLaterAsync(ValueTask<SessionBoard?> reading, Guid sessionId, ParticipantChange change)
    {
        try
        {
            ShowOn(await reading, sessionId, change);
        }
        catch (Npgsql.NpgsqlException)
        {
            // Whoever asked for the board was told; there is none to show it on.
        }
    }

    private void ShowOn(SessionBoard? board, Guid sessionId, ParticipantChange change)
    {
        if (board is not null && (!board.Apply(change) || change.Joined))
        {
            lock (_lock)
            {
                _strangers.Add((sessionId, change.Learner)); // joined at another server, or a moment ago: read at the next tick
            }
        }
    }
}
