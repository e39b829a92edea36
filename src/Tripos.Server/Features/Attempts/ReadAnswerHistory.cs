using System.Text.Json;
using Npgsql;
using Tripos.Server.Features.Catalog.Interactions;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Attempts;

/// <summary>Every change of one answer as it arrived, accepted or refused; for the learner and for a teacher who settles a dispute.</summary>
public static class ReadAnswerHistory
{
    public sealed record Change(int Sequence, ChangeOutcome Outcome, JsonElement? Response, short? Confidence, long? ElapsedMs, string? Device, DateTimeOffset? AnsweredAt, DateTimeOffset ReceivedAt);

    public sealed record History(int Position, IReadOnlyList<Change> Changes);

    public static async Task<Outcome<History>> RunAsync(Guid attemptId, int position, CurrentUser reader, NpgsqlDataSource source, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        batch.With("""
                SELECT FROM attempts a JOIN answers x ON x.attempt_id = a.id AND x.position = $2 WHERE a.id = $1 AND (a.learner_id = $3 OR $4)
                """, attemptId, position, reader.Id, reader.IsTeacher || reader.IsAdmin)
            .With("""
                SELECT sequence, outcome, response::text, confidence, elapsed_ms, device, answered_at, received_at
                FROM answer_events WHERE attempt_id = $1 AND position = $2 ORDER BY received_at, id
                """, attemptId, position);
        await using var rows = await batch.ExecuteReaderAsync(ct);
        if (!await rows.ReadAsync(ct))
        {
            return AttemptProblems.NoSuchItem;
        }

        await rows.NextResultAsync(ct);
        return new History(position, await rows.ReadAllAsync(row => new Change(
            row.GetInt32(0), row.Word<ChangeOutcome>(1), ResponseText.Parse(row.Maybe<string>(2)), row.Maybe<short?>(3), row.Maybe<long?>(4),
            row.Maybe<string>(5), row.MaybeTime(6), row.Time(7)), ct));
    }
}
