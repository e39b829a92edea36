using System.Text.Json;
using Npgsql;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Features.Catalog.Interactions;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Live;

/// <summary>Reads what the database knows of the participants of a session.</summary>
public static class ReadParticipants
{
    private const string Sql = """
        SELECT p.learner_id, u.display_name, p.attempt_id, p.joined_at, p.removed_at, a.status, a.deadline_at, COALESCE(a.item_count, 0)::integer, p.last_seen, p.state = 1, p.position,
            (SELECT count(*)::integer FROM live_events e WHERE e.session_id = p.session_id AND e.learner_id = p.learner_id AND e.kind = ANY ($3)),
            last.kind, last.at, last.position,
            (SELECT count(*)::integer FROM annotations n WHERE n.attempt_id = p.attempt_id AND n.removed_at IS NULL),
            (SELECT count(*)::integer FROM live_actions x JOIN live_receipts r ON r.action_id = x.id WHERE x.session_id = p.session_id AND r.learner_id = p.learner_id AND r.acknowledged_at IS NULL)
        FROM live_participants p JOIN users u ON u.id = p.learner_id LEFT JOIN attempts a ON a.id = p.attempt_id
            LEFT JOIN LATERAL (SELECT kind, at, position FROM live_events e WHERE e.session_id = p.session_id AND e.learner_id = p.learner_id AND e.kind = ANY ($3) ORDER BY at DESC LIMIT 1) last ON true
        WHERE p.session_id = $1 AND ($2::uuid[] IS NULL OR p.learner_id = ANY ($2))
        """;

    private sealed record Given(Guid AttemptId, short Position, int VersionId, string? Response);

    /// <param name="sessionId">The session.</param>
    /// <param name="learnerIds">Null for all.</param>
    /// <param name="source">The database.</param>
    /// <param name="versions">To tell an answer from one that was taken back.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<List<ParticipantRow>> RunAsync(Guid sessionId, Guid[]? learnerIds, NpgsqlDataSource source, QuestionVersions versions, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        var rows = await connection.QueryAsync(Sql, Read, ct, sessionId, learnerIds, StoreEvents.Notable);
        var given = await connection.QueryAsync("SELECT attempt_id, position, question_version_id, response::text FROM answers WHERE attempt_id = ANY ($1) AND response IS NOT NULL",
            row => new Given(row.GetGuid(0), row.GetInt16(1), row.GetInt32(2), row.Maybe<string>(3)), ct, (object)rows.Select(row => row.AttemptId).OfType<Guid>().ToArray());
        var loaded = await versions.LoadAsync([.. given.Select(answer => answer.VersionId)], ct);
        var answered = given.Index().Where(answer => ResponseText.Parse(answer.Item.Response) is { } response && !loaded[answer.Index].Kind.IsEmpty(response)).ToLookup(answer => answer.Item.AttemptId, answer => answer.Item.Position);
        return [.. rows.Select(row => row with { Answered = row.AttemptId is { } attempt ? [.. answered[attempt]] : [] })];
    }

    private static ParticipantRow Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.Maybe<Guid?>(2), row.Time(3), row.MaybeTime(4), row.Maybe<string>(5), row.MaybeTime(6), row.GetInt32(7), [], row.Time(8), row.GetBoolean(9), row.GetInt16(10),
        row.GetInt32(11), row.Maybe<string>(12) is { } kind ? new LastEvent(kind, row.Time(13), row.Maybe<short?>(14)) : null, row.GetInt32(15), row.GetInt32(16));
}
