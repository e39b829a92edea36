using Npgsql;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Folds;

/// <summary>One decided answer, as everything that is derived sees it: a row of the log, never changed.</summary>
/// <param name="Sequence">The place in the one order, without gaps.</param>
/// <param name="Revision">0 for the first result of the answer; more for a correction by a regrade, which carries what it replaces.</param>
/// <param name="Score">0-1, of the points that are decided.</param>
/// <param name="Difficulty">What the author thought, 1-5.</param>
/// <param name="Guess">Chance of being right without knowing.</param>
/// <param name="LocalDay">The day in the learner's own time zone.</param>
public sealed record LoggedResponse(
    long Sequence, Guid AttemptId, short Position, short Revision, Guid LearnerId, int QuestionId, int VersionId, int? TopicId, Guid? TestId, AttemptMode Mode,
    bool Answered, bool Correct, double Score, double? PreviousScore, bool? PreviousCorrect, short Difficulty, double Guess, long? ElapsedMs, short? Confidence,
    DateTimeOffset AnsweredAt, DateOnly LocalDay, DateTimeOffset LoggedAt)
{
    /// <summary>Questions without a topic share this one.</summary>
    public const int NoTopic = -1;

    public const string Columns =
        "sequence, attempt_id, position, revision, learner_id, question_id, version_id, topic_id, test_id, mode, answered, correct, score, previous_score, previous_correct, difficulty, guess, elapsed_ms, confidence, answered_at, local_day, logged_at";

    private const string AfterSql = $"SELECT {Columns} FROM responses WHERE sequence > $1 ORDER BY sequence LIMIT $2";

    public bool IsCorrection => Revision > 0;

    /// <summary>Says something about the learner: given by them, and not said before.</summary>
    public bool IsEvidence => Answered && !IsCorrection;

    public int Topic => TopicId ?? NoTopic;

    /// <summary>The time of the answer as ratings count it: days since 1970, UTC.</summary>
    public double AtDays => (AnsweredAt - DateTimeOffset.UnixEpoch).TotalDays;

    public static Task<List<LoggedResponse>> AfterAsync(NpgsqlConnection connection, long sequence, int most, CancellationToken ct) =>
        connection.QueryAsync(AfterSql, Read, ct, sequence, most);

    private static LoggedResponse Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetGuid(1), row.GetInt16(2), row.GetInt16(3), row.GetGuid(4), row.GetInt32(5), row.GetInt32(6), row.Maybe<int?>(7), row.Maybe<Guid?>(8), row.Word<AttemptMode>(9),
        row.GetBoolean(10), row.GetBoolean(11), row.GetDouble(12), row.Maybe<double?>(13), row.Maybe<bool?>(14), row.GetInt16(15), row.GetDouble(16), row.Maybe<long?>(17), row.Maybe<short?>(18),
        row.Time(19), row.GetFieldValue<DateOnly>(20), row.Time(21));

    /// <summary>Appends rows; the caller holds the log's lock.</summary>
    public static async Task AppendAsync(NpgsqlConnection connection, IReadOnlyList<LoggedResponse> rows, CancellationToken ct)
    {
        await using var copy = await connection.BeginBinaryImportAsync($"COPY responses ({Columns}) FROM STDIN (FORMAT BINARY)", ct);
        foreach (var row in rows)
        {
            await copy.WriteRowAsync(ct,
                row.Sequence, row.AttemptId, row.Position, row.Revision, row.LearnerId, row.QuestionId, row.VersionId, row.TopicId, row.TestId, AppDb.SnakeCase(row.Mode.ToString()),
                row.Answered, row.Correct, row.Score, row.PreviousScore, row.PreviousCorrect, row.Difficulty, row.Guess, row.ElapsedMs, row.Confidence, row.AnsweredAt, row.LocalDay, row.LoggedAt);
        }

        await copy.CompleteAsync(ct);
    }
}
