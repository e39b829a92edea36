using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Live;

/// <summary>What happened lately with one learner of a session: events of their page and what was done for them, newest first.</summary>
public static class ReadLearner
{
    private const int Newest = 12;

    /// <param name="Action">Null for an event of the learner's page.</param>
    public sealed record Happening(DateTimeOffset At, string Kind, short? Position, LiveMessages.ActionState? Action);

    public static async Task<IReadOnlyList<Happening>> RunAsync(Guid sessionId, Guid learnerId, NpgsqlDataSource source, CancellationToken ct)
    {
        var events = await source.QueryAsync("SELECT at, kind, position FROM live_events WHERE session_id = $1 AND learner_id = $2 ORDER BY at DESC, id DESC LIMIT $3",
            row => new Happening(row.Time(0), row.GetString(1), row.Maybe<short?>(2), null), ct, sessionId, learnerId, Newest);
        var concerning = await source.QueryAsync("SELECT a.id FROM live_actions a JOIN live_receipts r ON r.action_id = a.id WHERE a.session_id = $1 AND r.learner_id = $2 ORDER BY a.at DESC LIMIT $3",
            row => row.GetGuid(0), ct, sessionId, learnerId, Newest);
        var actions = await ReadActions.OfAsync(concerning, source, ct);
        return [.. events.Concat(actions.Select(action => new Happening(action.At, action.Kind, null, action))).OrderByDescending(each => each.At).Take(Newest)];
    }
}
