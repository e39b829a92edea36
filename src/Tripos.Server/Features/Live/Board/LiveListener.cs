using Microsoft.AspNetCore.SignalR;
using Npgsql;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Live;

/// <summary>Hears from PostgreSQL what happens to live sessions, whichever server did it, and passes it on to the learners and walls connected here. One connection for all sessions.</summary>
internal sealed partial class LiveListener(
    LiveBoards boards, LiveNews news, LiveNodes nodes, LiveLoop loop, IHubContext<LiveHub> hub, NpgsqlDataSource source, TimeProvider clock, ILogger<LiveListener> log) : BackgroundService
{
    private static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private readonly string _settings = new NpgsqlConnectionStringBuilder(source.ConnectionString) { Pooling = false, ApplicationName = "tripos live listener" }.ConnectionString;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return; // the server is stopping, and perhaps the database before it
            }
#pragma warning disable CA1031 // whatever it was, a server must not stay deaf for it, and must not stop
            catch (Exception lost) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                nodes.IsDeaf = true;
                Lost(log, lost.Message);
                await Task.Delay(RetryAfter, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(_settings);
        await connection.OpenAsync(ct);
        Queue<(string Channel, string Payload)> heard = [];
        connection.Notification += (_, message) => heard.Enqueue((message.Channel, message.Payload));
        await connection.ExecuteAsync($"LISTEN {LiveNotice.Channel}; LISTEN {SessionNotice.Channel}", ct);
        if (nodes.IsDeaf)
        {
            nodes.IsDeaf = false;
            foreach (var board in boards.Loaded)
            {
                await CatchUpAsync(board, ct); // what was said meanwhile is lost
            }
        }

        while (true)
        {
            List<string> changed = [];
            while (heard.TryDequeue(out var notice))
            {
                if (notice.Channel == SessionNotice.Channel)
                {
                    changed.Add(notice.Payload);
                }
                else
                {
                    await HearAsync(notice.Payload, ct);
                }
            }

            await ReadAgainAsync(changed, ct);
            if (!await connection.WaitAsync(CheckEvery, ct))
            {
                await connection.ExecuteAsync("SELECT 1", ct); // a connection that died silently shows itself here
            }
        }
    }

    private async Task HearAsync(string payload, CancellationToken ct)
    {
        if (LiveNotice.Parse(payload) is not { } notice)
        {
            return;
        }

        if (notice.Node is { } node)
        {
            nodes.Hear(node);
        }

        if (notice is { Session: { } acted, Action: { } action })
        {
            await ActedAsync(acted, action, ct);
        }

        if (notice is { Session: { } session, Changes: { } changes } && notice.Node != news.Node)
        {
            foreach (var change in changes)
            {
                news.Show(session, change);
            }

            await loop.ShowActionsAsync([.. changes.SelectMany(change => change.Acknowledged ?? []).Distinct()], ct);
        }
    }

    /// <summary>A teacher, or the server in their place, has done something: sessions and attempts may have changed.</summary>
    private async Task ActedAsync(Guid sessionId, Guid actionId, CancellationToken ct)
    {
        if (await boards.FindAsync(sessionId) is not { } board)
        {
            return;
        }

        await boards.RefreshAsync(board, null, ct);
        foreach (var one in board.ConnectedHere())
        {
            await TellOneAsync(board, one, ct); // also those nothing seems to have changed for: the board may have been read again since the action, and they told what was before it
        }

        var state = LiveMessages.SessionState.Of(board.Session, clock.GetUtcNow());
        await hub.Clients.Groups(LiveHub.Everybody(sessionId), LiveHub.Wall(sessionId)).SendAsync("session", state, ct);
        foreach (var (learnerId, action) in await ReadActions.ForLearnersAsync(actionId, source, ct))
        {
            await hub.Clients.Group(LiveHub.One(sessionId, learnerId)).SendAsync("action", action, ct);
        }

        await loop.ShowActionsAsync([actionId], ct);
    }

    /// <summary>What cannot be known to have been said is said again.</summary>
    private async Task CatchUpAsync(SessionBoard board, CancellationToken ct)
    {
        var sessionId = board.Session.Id;
        await boards.RefreshAsync(board, null, ct);
        await hub.Clients.Groups(LiveHub.Everybody(sessionId), LiveHub.Wall(sessionId)).SendAsync("session", LiveMessages.SessionState.Of(board.Session, clock.GetUtcNow()), ct);
        foreach (var one in board.ConnectedHere())
        {
            await TellOneAsync(board, one, ct);
            foreach (var action in await ReadActions.WaitingAsync(sessionId, one.LearnerId, source, ct))
            {
                await hub.Clients.Group(LiveHub.One(sessionId, one.LearnerId)).SendAsync("action", action, ct);
            }
        }
    }

    /// <summary>Attempts were submitted, or something was highlighted in them.</summary>
    /// <param name="changed">See <see cref="SessionNotice"/>; a class that is ended hands in together.</param>
    /// <param name="ct">Gives up.</param>
    private async Task ReadAgainAsync(IReadOnlyList<string> changed, CancellationToken ct)
    {
        foreach (var session in changed.Select(payload => payload.Split(' ')).GroupBy(words => Guid.Parse(words[0]), words => Guid.Parse(words[1])))
        {
            if (await boards.FindAsync(session.Key) is not { } board)
            {
                continue;
            }

            Guid[] learners = [.. session.Distinct()];
            await boards.RefreshAsync(board, learners, ct);
            foreach (var one in learners.Select(board.Find).OfType<LiveMessages.ParticipantState>().Where(one => one.Status == "submitted"))
            {
                await TellOneAsync(board, one, ct);
            }
        }
    }

    private Task TellOneAsync(SessionBoard board, LiveMessages.ParticipantState one, CancellationToken ct) =>
        hub.Clients.Group(LiveHub.One(board.Session.Id, one.LearnerId)).SendAsync("mine", new LiveMessages.Mine(one.AttemptId, one.DeadlineAt, one.Status), ct);

    [LoggerMessage(Level = LogLevel.Warning, Message = "This server does not hear the others' live sessions until the database answers again: {Reason}")]
    private static partial void Lost(ILogger log, string reason);
}
