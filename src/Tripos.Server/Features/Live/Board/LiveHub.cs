using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Npgsql;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Live;

/// <summary>Push for learners and walls. Nothing that must last goes this way: answers, events, actions and receipts are HTTP requests.</summary>
[Authorize(Policy = Policies.SignedIn)]
internal sealed class LiveHub(LiveBoards boards, LiveNews news, LiveNodes nodes, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock) : Hub
{
    private const string Attending = "attending";
    private const string Watching = "watching";

    public static string Everybody(Guid sessionId) => $"session {sessionId}";

    public static string One(Guid sessionId, Guid learnerId) => $"learner {sessionId} {learnerId}";

    public static string Wall(Guid sessionId) => $"wall {sessionId}";

    public static string QuestionsOf(Guid sessionId) => $"questions {sessionId}";

    private CurrentUser Me => CurrentUser.From(Context.User!)!;

    /// <summary>A learner who has joined says: here I am. Called again after every loss of the connection.</summary>
    public async Task<LiveMessages.Attended> Attend(Guid sessionId)
    {
        var board = await boards.GetAsync(sessionId) ?? throw new HubException(LiveProblems.NotFound.Code);
        if (board.Find(Me.Id) is null)
        {
            await boards.RefreshAsync(board, [Me.Id], Context.ConnectionAborted); // joined at another server
        }

        var me = board.Find(Me.Id) ?? throw new HubException(LiveProblems.NotFound.Code);
        if (me.Status == "removed")
        {
            throw new HubException(LiveProblems.Removed.Code);
        }

        await Groups.AddToGroupAsync(Context.ConnectionId, Everybody(sessionId));
        await Groups.AddToGroupAsync(Context.ConnectionId, One(sessionId, Me.Id));
        Context.Items[Attending] = board;
        if (board.Connect(Me.Id, Context.ConnectionId))
        {
            news.TellComing(sessionId, Me.Id, "connected");
        }

        See(board, new(null, true, null));
        var actions = await ReadActions.WaitingAsync(sessionId, Me.Id, source, Context.ConnectionAborted);
        return new(LiveMessages.SessionState.Of(board.Session, clock.GetUtcNow()), board.Find(Me.Id)!, actions, clock.GetUtcNow());
    }

    /// <summary>A heartbeat, every five seconds and whenever the learner goes to another question.</summary>
    public LiveMessages.Beaten Beat(LiveMessages.Beat beat)
    {
        if (Context.Items[Attending] is SessionBoard board)
        {
            See(board, beat);
        }

        return new(clock.GetUtcNow());
    }

    /// <summary>Whoever runs a session looks at its wall.</summary>
    public async Task<LiveMessages.Watched> Watch(Guid sessionId)
    {
        var board = await FindMineAsync(sessionId);
        await Groups.AddToGroupAsync(Context.ConnectionId, Wall(sessionId));
        Context.Items[Watching] = board;
        board.Watch(Context.ConnectionId);
        await boards.RefreshAsync(board, null, Context.ConnectionAborted); // what was committed a moment ago may not have been heard yet
        var actions = await ReadActions.OfSessionAsync(sessionId, 50, source, Context.ConnectionAborted);
        return new(LiveMessages.SessionState.Of(board.Session, clock.GetUtcNow()), board.All(), actions, clock.GetUtcNow(), nodes.Count);
    }

    /// <summary>How the class is answering; it comes again whenever it changes, until it is switched off.</summary>
    public async Task<QuestionsState?> WatchQuestions(Guid sessionId, bool on)
    {
        var board = await FindMineAsync(sessionId);
        board.WatchQuestions(Context.ConnectionId, on);
        if (!on)
        {
            await Groups.RemoveFromGroupAsync(Context.ConnectionId, QuestionsOf(sessionId));
            return null;
        }

        await Groups.AddToGroupAsync(Context.ConnectionId, QuestionsOf(sessionId));
        return await ReadQuestions.RunAsync(sessionId, source, versions, Context.ConnectionAborted);
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        if (Context.Items[Watching] is SessionBoard watched)
        {
            watched.Unwatch(Context.ConnectionId);
        }

        if (Context.Items[Attending] is SessionBoard board && board.Disconnect(Me.Id, Context.ConnectionId))
        {
            news.TellComing(board.Session.Id, Me.Id, "disconnected");
            news.Tell(board.Session.Id, new ParticipantChange { Learner = Me.Id, Left = clock.GetUtcNow().ToUnixTimeMilliseconds() });
            board.MarkUnsaved(Me.Id);
        }

        return base.OnDisconnectedAsync(exception);
    }

    private void See(SessionBoard board, LiveMessages.Beat beat)
    {
        news.Tell(board.Session.Id, new ParticipantChange
        {
            Learner = Me.Id,
            Seen = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            Position = beat.Position is > 0 and <= 1000 ? beat.Position : null,
            Visible = beat.Visible,
            RttMs = beat.RttMs is >= 0 and < 600_000 ? beat.RttMs : null,
        });
        board.MarkUnsaved(Me.Id);
    }

    private async Task<SessionBoard> FindMineAsync(Guid sessionId) =>
        await boards.GetAsync(sessionId) is { } board && board.Session.IsRunBy(Me) ? board : throw new HubException(LiveProblems.NotFound.Code);
}
