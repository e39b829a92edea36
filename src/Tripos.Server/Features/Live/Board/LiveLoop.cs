using Microsoft.AspNetCore.SignalR;
using Npgsql;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Live;

/// <summary>
/// The beat of live sessions at this server. Every quarter of a second: what is new goes to the walls here, and to the other servers in one transaction of notices.
/// Every second: what memory knows is written in one statement, walls hear that they are alive, and those who look at questions get them.
/// </summary>
internal sealed partial class LiveLoop(
    LiveBoards boards, LiveNews news, LiveNodes nodes, SaveBoards save, IHubContext<LiveHub> hub, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, ILogger<LiveLoop> log) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);
    private const int SlowEvery = 4;
    private const int IdleEvery = 4 * 60;
    private bool _away;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace);
        try
        {
            for (int turn = 0; await timer.WaitForNextTickAsync(stoppingToken); turn++)
            {
                await BeatAsync(turn, stoppingToken);
            }
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // The server is stopping.
        }
    }

    /// <summary>Everything one turn does; the walls first, since they need no database.</summary>
    internal async Task BeatAsync(int turn, CancellationToken ct)
    {
        try
        {
            await ShowAsync(turn % SlowEvery == 0, ct);
            await TellAsync(turn % SlowEvery == 0, ct);
            if (turn % SlowEvery == 0)
            {
                await save.RunAsync(boards.Loaded, ct);
                await ShowQuestionsAsync(ct);
            }

            if (turn % IdleEvery == 0)
            {
                boards.DropIdle();
            }

            _away = false;
        }
        catch (NpgsqlException failure)
        {
            if (!_away)
            {
                Unreachable(log, failure.Message); // once, until it is back; nothing is lost meanwhile
            }

            _away = true;
        }
#pragma warning disable CA1031 // one bad turn must not stop all walls for ever
        catch (Exception failure) when (!ct.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Failed(log, failure);
        }
    }

    private async Task ShowAsync(bool slow, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var board in boards.Loaded)
        {
            var changed = board.TakeNews();
            if (!board.IsWatched)
            {
                continue;
            }

            var wall = hub.Clients.Group(LiveHub.Wall(board.Session.Id));
            if (changed.Count > 0)
            {
                await wall.SendAsync("delta", new LiveMessages.Delta(changed, now), ct);
            }

            if (slow)
            {
                await wall.SendAsync("tick", new LiveMessages.Tick(now, nodes.Count, nodes.IsDeaf), ct);
            }
        }
    }

    /// <summary>Never in the transaction of an answer: notices are rare and their commits wait for each other.</summary>
    private async Task TellAsync(bool slow, CancellationToken ct)
    {
        await MeetStrangersAsync(ct);
        await StoreComingsAsync(ct);
        var outgoing = news.TakeOutgoing();
        List<string> notices = [.. outgoing.SelectMany(session => LiveNotice.Pack(news.Node, session.Key, [.. session]))];
        var acknowledged = outgoing.SelectMany(session => session).SelectMany(change => change.Acknowledged ?? []).ToHashSet();
        if (slow && boards.Loaded.Any())
        {
            notices.Add(new LiveNotice { Node = news.Node }.ToText());
        }

        try
        {
            if (notices.Count > 0)
            {
                await source.ExecuteAsync("SELECT pg_notify($1, notice) FROM unnest($2::text[]) AS notice", ct, LiveNotice.Channel, notices.ToArray());
            }
        }
        catch (Exception)
        {
            news.PutBack(outgoing);
            throw;
        }

        if (acknowledged.Count > 0)
        {
            await ShowActionsAsync(acknowledged, ct);
        }
    }

    /// <summary>Actions whose receipts have changed, to the walls here.</summary>
    internal async Task ShowActionsAsync(IReadOnlyCollection<Guid> actionIds, CancellationToken ct)
    {
        if (!boards.Loaded.Any(board => board.IsWatched))
        {
            return;
        }

        var sessions = (await source.QueryAsync("SELECT id, session_id FROM live_actions WHERE id = ANY ($1)", row => KeyValuePair.Create(row.GetGuid(0), row.GetGuid(1)), ct, (object)actionIds.ToArray())).ToDictionary();
        foreach (var action in await ReadActions.OfAsync(actionIds, source, ct))
        {
            await hub.Clients.Group(LiveHub.Wall(sessions[action.Id])).SendAsync("acted", action, ct);
        }
    }

    private async Task MeetStrangersAsync(CancellationToken ct)
    {
        foreach (var session in news.TakeStrangers().GroupBy(stranger => stranger.Session))
        {
            if (await boards.FindAsync(session.Key) is { } board)
            {
                await boards.RefreshAsync(board, [.. session.Select(stranger => stranger.Learner)], ct);
            }
        }
    }

    private async Task StoreComingsAsync(CancellationToken ct)
    {
        var comings = news.TakeComings();
        if (comings.Count == 0)
        {
            return;
        }

        try
        {
            await source.ExecuteAsync("""
                INSERT INTO live_events (session_id, learner_id, id, kind, at)
                SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[]) ON CONFLICT DO NOTHING
                """, ct, comings.Select(c => c.Session).ToArray(), comings.Select(c => c.Learner).ToArray(), comings.Select(c => c.Id).ToArray(), comings.Select(c => c.Kind).ToArray(),
                comings.Select(c => c.At.UtcDateTime).ToArray());
        }
        catch (Exception)
        {
            news.PutBack(comings);
            throw;
        }
    }

    private async Task ShowQuestionsAsync(CancellationToken ct)
    {
        foreach (var board in boards.Loaded.Where(board => board.TakeQuestionsChanged()))
        {
            await hub.Clients.Group(LiveHub.QuestionsOf(board.Session.Id)).SendAsync("questions", await ReadQuestions.RunAsync(board.Session.Id, source, versions, ct), ct);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Live sessions wait for the database; walls go on: {Reason}")]
    private static partial void Unreachable(ILogger log, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "A turn of the live sessions failed; the next one follows")]
    private static partial void Failed(ILogger log, Exception failure);
}
