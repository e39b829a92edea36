using System.Collections.Concurrent;
using Npgsql;
using Tripos.Server.Features.Catalog;

namespace Tripos.Server.Features.Live;

/// <summary>The sessions this server shows or has learners of, in memory.</summary>
internal sealed class LiveBoards(NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock)
{
    private static readonly TimeSpan KeptIdle = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<Guid, Lazy<Task<SessionBoard?>>> _boards = new();

    /// <summary>The board of a session, read when it is asked for first; null when there is no such session.</summary>
    public async Task<SessionBoard?> GetAsync(Guid sessionId)
    {
        var entry = _boards.GetOrAdd(sessionId, id => new(() => LoadAsync(id)));
        try
        {
            var board = await entry.Value;
            if (board is null)
            {
                _boards.TryRemove(KeyValuePair.Create(sessionId, entry));
            }
            else
            {
                board.UsedAt = clock.GetUtcNow();
            }

            return board;
        }
        catch (NpgsqlException)
        {
            _boards.TryRemove(KeyValuePair.Create(sessionId, entry)); // the next one tries again
            throw;
        }
    }

    /// <summary>The board if this server has it or is reading it.</summary>
    public async ValueTask<SessionBoard?> FindAsync(Guid sessionId) => _boards.TryGetValue(sessionId, out var entry) ? await entry.Value : null;

    /// <summary>Boards that are there; those being read are left out.</summary>
    public IEnumerable<SessionBoard> Loaded => _boards.Values.Where(entry => entry.IsValueCreated && entry.Value.IsCompletedSuccessfully).Select(entry => entry.Value.Result).OfType<SessionBoard>();

    /// <summary>Reads again what is durable, of all or of some participants.</summary>
    public async Task RefreshAsync(SessionBoard board, Guid[]? learnerIds, CancellationToken ct)
    {
        var from = clock.GetUtcNow();
        if (await LiveSession.LoadAsync(board.Session.Id, source, ct) is { } session)
        {
            board.Refresh(session, await ReadParticipants.RunAsync(session.Id, learnerIds, source, versions, ct), from);
        }
    }

    public void DropIdle()
    {
        foreach (var (id, entry) in _boards)
        {
            if (entry is { IsValueCreated: true, Value.IsCompletedSuccessfully: true } && entry.Value.Result is { IsIdle: true } board && clock.GetUtcNow() - board.UsedAt > KeptIdle)
            {
                _boards.TryRemove(KeyValuePair.Create(id, entry));
            }
        }
    }

    private async Task<SessionBoard?> LoadAsync(Guid sessionId)
    {
        if (await LiveSession.LoadAsync(sessionId, source, CancellationToken.None) is not { } session)
        {
            return null;
        }

        var board = new SessionBoard(session);
        board.Refresh(session, await ReadParticipants.RunAsync(sessionId, null, source, versions, CancellationToken.None), clock.GetUtcNow());
        return board;
    }
}
