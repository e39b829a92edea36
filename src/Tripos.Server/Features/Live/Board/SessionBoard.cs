namespace Tripos.Server.Features.Live;

/// <summary>One session in the memory of this server: a projection of rows and of what learners' pages say. It can be thrown away and read again at any time.</summary>
internal sealed class SessionBoard(LiveSession session)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, BoardParticipant> _participants = [];
    private readonly HashSet<string> _watchers = [];
    private readonly HashSet<string> _questionWatchers = [];
    private bool _questionsChanged;

    public LiveSession Session { get; private set; } = session;

    /// <summary>Somebody here looks at the wall.</summary>
    public bool IsWatched => _watchers.Count > 0;

    public DateTimeOffset UsedAt { get; set; }

    public void Refresh(LiveSession fresh, IEnumerable<ParticipantRow> rows, DateTimeOffset readFrom)
    {
        lock (_lock)
        {
            Session = fresh;
            foreach (var row in rows)
            {
                if (_participants.TryGetValue(row.LearnerId, out var known))
                {
                    known.Refresh(row, readFrom);
                }
                else
                {
                    _participants[row.LearnerId] = new BoardParticipant(row);
                }
            }
        }
    }

    /// <returns>False when nobody of that id is known here yet.</returns>
    public bool Apply(ParticipantChange change)
    {
        lock (_lock)
        {
            if (!_participants.TryGetValue(change.Learner, out var participant))
            {
                return false;
            }

            _questionsChanged |= participant.Apply(change);
            return true;
        }
    }

    /// <summary>A page of theirs is connected to this server.</summary>
    /// <returns>Whether it is the first one.</returns>
    public bool Connect(Guid learnerId, string connection)
    {
        lock (_lock)
        {
            return _participants.TryGetValue(learnerId, out var participant) && participant.Connections.Add(connection) && participant.Connections.Count == 1;
        }
    }

    /// <returns>Whether it was the last one.</returns>
    public bool Disconnect(Guid learnerId, string connection)
    {
        lock (_lock)
        {
            return _participants.TryGetValue(learnerId, out var participant) && participant.Connections.Remove(connection) && participant.Connections.Count == 0;
        }
    }

    /// <summary>What memory knows of them is to be written.</summary>
    public void MarkUnsaved(Guid learnerId)
    {
        lock (_lock)
        {
            _participants.GetValueOrDefault(learnerId)?.IsUnsaved = true;
        }
    }

    public LiveMessages.ParticipantState? Find(Guid learnerId)
    {
        lock (_lock)
        {
            return _participants.GetValueOrDefault(learnerId)?.ToMessage();
        }
    }

    public List<LiveMessages.ParticipantState> All()
    {
        lock (_lock)
        {
            return [.. _participants.Values.Select(participant => participant.ToMessage()).OrderBy(participant => participant.Name, StringComparer.CurrentCultureIgnoreCase)];
        }
    }

    /// <summary>Those with a page open at this server.</summary>
    public List<LiveMessages.ParticipantState> ConnectedHere()
    {
        lock (_lock)
        {
            return [.. _participants.Values.Where(participant => participant.Connections.Count > 0).Select(participant => participant.ToMessage())];
        }
    }

    /// <summary>Who changed since the last call.</summary>
    public List<LiveMessages.ParticipantState> TakeNews()
    {
        lock (_lock)
        {
            List<LiveMessages.ParticipantState> news = [];
            foreach (var participant in _participants.Values.Where(participant => participant.IsNew))
            {
                participant.IsNew = false;
                news.Add(participant.ToMessage());
            }

            return news;
        }
    }

    /// <summary>What is to be written since the last call.</summary>
    public List<BoardParticipant.SavedState> TakeUnsaved()
    {
        lock (_lock)
        {
            List<BoardParticipant.SavedState> unsaved = [];
            foreach (var participant in _participants.Values.Where(participant => participant.IsUnsaved))
            {
                participant.IsUnsaved = false;
                unsaved.Add(participant.State);
            }

            return unsaved;
        }
    }

    public void Watch(string connection)
    {
        lock (_lock)
        {
            _watchers.Add(connection);
        }
    }

    public void WatchQuestions(string connection, bool on)
    {
        lock (_lock)
        {
            _ = on ? _questionWatchers.Add(connection) : _questionWatchers.Remove(connection);
        }
    }

    public void Unwatch(string connection)
    {
        lock (_lock)
        {
            _watchers.Remove(connection);
            _questionWatchers.Remove(connection);
        }
    }

    /// <summary>Whether somebody looks at the questions and they have changed since the last call.</summary>
    public bool TakeQuestionsChanged()
    {
        lock (_lock)
        {
            bool changed = _questionsChanged && _questionWatchers.Count > 0;
            _questionsChanged &= !changed;
            return changed;
        }
    }

    /// <summary>Nothing here needs it: no page of a learner, no wall.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_lock)
            {
                return _watchers.Count == 0 && _participants.Values.All(participant => participant.Connections.Count == 0 && !participant.IsUnsaved);
            }
        }
    }
}
