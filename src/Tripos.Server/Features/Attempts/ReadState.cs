using System.Text.Json;
using Npgsql;
using Tripos.Server.Features.Catalog.Interactions;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Attempts;

/// <summary>What a browser needs to agree with the server again after it was away: the clock and what is stored.</summary>
public static class ReadState
{
    public sealed record State(AttemptStatus Status, DateTimeOffset ServerNow, DateTimeOffset? DeadlineAt, DateTimeOffset? LateUntil, short? Part, DateTimeOffset? PartDeadlineAt, IReadOnlyList<StoredAnswer> Answers);

    public sealed record StoredAnswer(int Position, int Sequence, JsonElement? Response, short? Confidence, bool Flagged, DateTimeOffset? SavedAt);

    public static async Task<Outcome<State>> RunAsync(Guid attemptId, CurrentUser learner, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        batch.With("SELECT status, deadline_at, late_until, part, part_deadline_at FROM attempts WHERE id = $1 AND learner_id = $2", attemptId, learner.Id)
            .With("SELECT position, sequence, response::text, confidence, flagged, changed_at FROM answers WHERE attempt_id = $1 ORDER BY position", attemptId);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct))
        {
            return AttemptProblems.NotFound;
        }

        var state = new State(reader.Word<AttemptStatus>(0), clock.GetUtcNow(), reader.MaybeTime(1), reader.MaybeTime(2), reader.Maybe<short?>(3), reader.MaybeTime(4), []);
        await reader.NextResultAsync(ct);
        return state with
        {
            Answers = await reader.ReadAllAsync(row => new StoredAnswer(
                row.GetInt16(0), row.GetInt32(1), ResponseText.Parse(row.Maybe<string>(2)), row.Maybe<short?>(3), row.GetBoolean(4), row.MaybeTime(5)), ct),
        };
    }
}
