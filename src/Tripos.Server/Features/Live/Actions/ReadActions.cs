using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Live;

/// <summary>Reads what was done in a session, for those who did it and for those it concerns.</summary>
public static class ReadActions
{
    private sealed record Row(Guid Id, string Kind, bool ToAll, string? By, DateTimeOffset At, string? Text, long? Ms);

    private sealed record Receipt(Guid ActionId, Guid LearnerId, DateTimeOffset? AcknowledgedAt);

    /// <summary>What the page of a learner has not shown yet, oldest first.</summary>
    public static Task<List<LiveMessages.LearnerAction>> WaitingAsync(Guid sessionId, Guid learnerId, NpgsqlDataSource source, CancellationToken ct) => source.QueryAsync("""
        SELECT a.id, a.kind, a.details->>'text', (r.details->>'deadlineAt')::timestamptz, a.at
        FROM live_actions a JOIN live_receipts r ON r.action_id = a.id WHERE a.session_id = $1 AND r.learner_id = $2 AND r.acknowledged_at IS NULL ORDER BY a.at, a.id
        """, ToLearner, ct, sessionId, learnerId);

    /// <summary>One action as each learner it concerns has to show it.</summary>
    public static Task<List<(Guid LearnerId, LiveMessages.LearnerAction Action)>> ForLearnersAsync(Guid actionId, NpgsqlDataSource source, CancellationToken ct) => source.QueryAsync("""
        SELECT a.id, a.kind, a.details->>'text', (r.details->>'deadlineAt')::timestamptz, a.at, r.learner_id
        FROM live_actions a JOIN live_receipts r ON r.action_id = a.id WHERE a.id = $1
        """, row => (row.GetGuid(5), ToLearner(row)), ct, actionId);

    /// <summary>The newest actions of a session, newest first.</summary>
    public static Task<IReadOnlyList<LiveMessages.ActionState>> OfSessionAsync(Guid sessionId, int most, NpgsqlDataSource source, CancellationToken ct) =>
        ReadAsync("a.session_id = $1 ORDER BY a.at DESC, a.id DESC LIMIT $2", source, ct, sessionId, most);

    public static Task<IReadOnlyList<LiveMessages.ActionState>> OfAsync(IReadOnlyCollection<Guid> actionIds, NpgsqlDataSource source, CancellationToken ct) =>
        ReadAsync("a.id = ANY ($1) ORDER BY a.at, a.id", source, ct, actionIds.ToArray());

    private static async Task<IReadOnlyList<LiveMessages.ActionState>> ReadAsync(string which, NpgsqlDataSource source, CancellationToken ct, params object?[] values)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        var rows = await connection.QueryAsync($"""
            SELECT a.id, a.kind, a.to_all, u.display_name, a.at, a.details->>'text', (a.details->>'ms')::bigint FROM live_actions a LEFT JOIN users u ON u.id = a.actor_id WHERE {which}
            """, row => new Row(row.GetGuid(0), row.GetString(1), row.GetBoolean(2), row.Maybe<string>(3), row.Time(4), row.Maybe<string>(5), row.Maybe<long?>(6)), ct, values);
        var receipts = (await connection.QueryAsync("SELECT action_id, learner_id, acknowledged_at FROM live_receipts WHERE action_id = ANY ($1)",
            row => new Receipt(row.GetGuid(0), row.GetGuid(1), row.MaybeTime(2)), ct, (object)rows.Select(row => row.Id).ToArray())).ToLookup(receipt => receipt.ActionId);
        return [.. rows.Select(row => new LiveMessages.ActionState(row.Id, row.Kind, row.ToAll, row.By, row.At, row.Text, row.Ms, receipts[row.Id].Count(), receipts[row.Id].Count(r => r.AcknowledgedAt is not null),
            [.. receipts[row.Id].Select(r => new LiveMessages.Receipt(r.LearnerId, r.AcknowledgedAt))]))];
    }

    private static LiveMessages.LearnerAction ToLearner(NpgsqlDataReader row) => new(row.GetGuid(0), row.GetString(1), row.Maybe<string>(2), row.MaybeTime(3), row.Time(4));
}
