using Npgsql;
using NpgsqlTypes;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Attempts;

/// <summary>The one statement that stores answers: many changes, at most one per item, judged, written and logged in one transaction.</summary>
public static class AnswerBatch
{
    /// <summary>
    /// Locks the attempts against submission (FOR SHARE waits for SubmitAttempt and sees its result), lets through what is open, in time and newer
    /// than what is stored, and logs every change that is not a mere repetition
    /// and that will not be sent again after a pause. One statement, so one commit answers the whole batch.
    /// </summary>
    public const string StoreAnswersSql = """
        WITH incoming AS MATERIALIZED (
            SELECT * FROM unnest($1::uuid[], $2::smallint[], $3::integer[], $4::integer[], $5::jsonb[], $6::smallint[], $7::bigint[], $8::text[], $9::timestamptz[], $10::timestamptz[])
                WITH ORDINALITY AS t(attempt_id, position, sequence, based_on, response, confidence, elapsed_ms, device, answered_at, received_at, ord)
        ), held AS MATERIALIZED (
            SELECT id, status, paused_at, submitted_at, part_first, part_last, LEAST(deadline_at, part_deadline_at) AS deadline_at,
                LEAST(deadline_at, part_deadline_at) + COALESCE(late_until - deadline_at, interval '2 minutes') AS late_until
            FROM attempts WHERE id = ANY ($1) ORDER BY id FOR SHARE
        ), judged AS MATERIALIZED (
            SELECT i.*, h.deadline_at, h.submitted_at, CASE
                WHEN h.status = 'paused' AND i.answered_at > h.paused_at THEN 'paused'
                WHEN h.status NOT IN ('in_progress', 'paused') THEN 'closed'
                WHEN i.position NOT BETWEEN h.part_first AND h.part_last THEN 'late'
                WHEN h.deadline_at IS NULL OR i.received_at <= h.deadline_at THEN 'open'
                WHEN i.answered_at <= h.deadline_at AND i.received_at <= h.late_until THEN 'open'
                ELSE 'late' END AS verdict
            FROM incoming i JOIN held h ON h.id = i.attempt_id
        ), saved AS (
            UPDATE answers a SET response = j.response, sequence = j.sequence, device = j.device, confidence = j.confidence,
                elapsed_ms = GREATEST(a.elapsed_ms, j.elapsed_ms), answered_at = COALESCE(a.answered_at, j.received_at), changed_at = j.received_at
            FROM judged j
            WHERE a.attempt_id = j.attempt_id AND a.position = j.position AND j.verdict = 'open'
                AND a.checked_at IS NULL AND j.sequence > a.sequence AND (j.based_on IS NULL OR j.based_on = a.sequence)
            RETURNING j.ord
        ), decided AS MATERIALIZED (
            SELECT j.*, old.sequence AS old_sequence, old.response AS old_response, old.confidence AS old_confidence, old.changed_at AS old_changed_at, CASE
                WHEN s.ord IS NOT NULL THEN 'accepted'
                WHEN old.sequence = j.sequence AND old.device IS NOT DISTINCT FROM j.device AND old.response IS NOT DISTINCT FROM j.response
                    AND old.confidence IS NOT DISTINCT FROM j.confidence THEN 'repeated'
                WHEN j.verdict = 'open' THEN 'stale'
                ELSE j.verdict END AS outcome
            FROM judged j LEFT JOIN saved s ON s.ord = j.ord
                LEFT JOIN LATERAL (SELECT * FROM answers a WHERE s.ord IS NULL AND a.attempt_id = j.attempt_id AND a.position = j.position) old ON true
        ), logged AS (
            INSERT INTO answer_events (attempt_id, position, sequence, outcome, response, confidence, elapsed_ms, device, answered_at, received_at)
            SELECT attempt_id, position, sequence, outcome, response, confidence, elapsed_ms, device, answered_at, received_at FROM decided WHERE outcome NOT IN ('repeated', 'paused')
        )
        SELECT ord, outcome, old_sequence, old_response::text, old_confidence, old_changed_at, deadline_at, submitted_at FROM decided
        """;

    /// <param name="passOverLocked">Changes of attempts that another transaction holds come back as <see cref="ChangeVerdict.Locked"/> instead of waiting.</param>
    public static NpgsqlCommand CreateCommand(NpgsqlConnection connection, bool passOverLocked = false)
    {
        var command = new NpgsqlCommand(passOverLocked ? StoreAnswersSql.Replace("FOR SHARE", "FOR SHARE SKIP LOCKED", StringComparison.Ordinal) : StoreAnswersSql, connection);
        ReadOnlySpan<NpgsqlDbType> types =
        [
            NpgsqlDbType.Uuid, NpgsqlDbType.Smallint, NpgsqlDbType.Integer, NpgsqlDbType.Integer, NpgsqlDbType.Jsonb,
            NpgsqlDbType.Smallint, NpgsqlDbType.Bigint, NpgsqlDbType.Text, NpgsqlDbType.TimestampTz, NpgsqlDbType.TimestampTz,
        ];
        foreach (var type in types)
        {
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | type });
        }

        return command;
    }

    /// <summary>Runs the statement; the results stand in the order of the changes. A change whose attempt was passed over stays Locked.</summary>
    public static async Task<JudgedChange[]> StoreAsync(NpgsqlCommand command, IReadOnlyList<AnswerChange> changes, CancellationToken ct)
    {
        Fill(command.Parameters, changes);
        var judged = new JudgedChange[changes.Count];
        Array.Fill(judged, new JudgedChange(ChangeVerdict.Locked));
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var verdict = reader.Word<ChangeVerdict>(1);
            judged[reader.GetInt64(0) - 1] = verdict == ChangeVerdict.Accepted
                ? new JudgedChange(verdict)
                : new JudgedChange(verdict, reader.Maybe<int>(2), reader.Maybe<string>(3), reader.Maybe<short?>(4), reader.MaybeTime(5), reader.MaybeTime(6), reader.MaybeTime(7));
        }

        return judged;
    }

    private static void Fill(NpgsqlParameterCollection parameters, IReadOnlyList<AnswerChange> changes)
    {
        parameters[0].Value = Column(changes, change => change.AttemptId);
        parameters[1].Value = Column(changes, change => change.Position);
        parameters[2].Value = Column(changes, change => change.Sequence);
        parameters[3].Value = Column(changes, change => change.BasedOn);
        parameters[4].Value = Column(changes, change => change.Response);
        parameters[5].Value = Column(changes, change => change.Confidence);
        parameters[6].Value = Column(changes, change => change.ElapsedMs);
        parameters[7].Value = Column(changes, change => change.Device);
        parameters[8].Value = Column(changes, change => change.AnsweredAt.UtcDateTime);
        parameters[9].Value = Column(changes, change => change.ReceivedAt.UtcDateTime);
    }

    private static T[] Column<T>(IReadOnlyList<AnswerChange> changes, Func<AnswerChange, T> value)
    {
        var column = new T[changes.Count];
        for (int i = 0; i < column.Length; i++)
        {
            column[i] = value(changes[i]);
        }

        return column;
    }
}
