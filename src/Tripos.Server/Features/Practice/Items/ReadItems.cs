using Npgsql;
using Tripos.Measurement.Ratings;
using Tripos.Questions;
using Tripos.Server.Features.Folds;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Practice;

/// <summary>Reads questions for the catalogue: all of them, or those that changed since.</summary>
internal static class ReadItems
{
    private const int UsualMs = 60_000; // until somebody has been timed
    private const int LongMs = 10 * 60_000;
    private static readonly string[] OneOfSeveral = [.. QuestionKinds.All.Where(kind => kind.BodyType == typeof(SingleChoice)).Select(kind => kind.Name)];

    private const string Sql = """
        SELECT q.id, q.current_version_id, COALESCE(q.topic_id, -1), q.status, q.needs_key, q.kind, q.difficulty, q.tags, r.points, r.deviation, r.answers, r.updated_at_days,
            COALESCE(s.learners, 0), CASE WHEN s.elapsed_count > 0 THEN (s.elapsed_ms_sum / s.elapsed_count)::bigint END,
            CASE WHEN q.kind = ANY ($1) THEN jsonb_array_length(v.body->'options') END
        FROM questions q JOIN question_versions v ON v.id = q.current_version_id LEFT JOIN item_ratings r ON r.question_id = q.id LEFT JOIN question_stats s ON s.question_id = q.id
        """;

    /// <summary>An item, or only the id of a question that cannot be chosen.</summary>
    public readonly record struct Row(int QuestionId, PracticeItem? Item);

    public static Task<List<Row>> AllAsync(NpgsqlConnection connection, CancellationToken ct) =>
        connection.QueryAsync($"{Sql} WHERE q.status IN ('live', 'experimental') AND NOT q.needs_key", Read, ct, (object)OneOfSeveral);

    /// <summary>Questions that were written or answered since; also those that may not be asked any more.</summary>
    public static Task<List<Row>> ChangedAsync(NpgsqlConnection connection, DateTimeOffset since, long sequence, CancellationToken ct) =>
        connection.QueryAsync($"{Sql} WHERE q.id IN (SELECT id FROM questions WHERE updated_at >= $2 UNION SELECT question_id FROM responses WHERE sequence > $3)", Read, ct, OneOfSeveral, since, sequence);

    private static Row Read(NpgsqlDataReader row)
    {
        int id = row.GetInt32(0);
        if (row.GetString(3) is not ("live" or "experimental") || row.GetBoolean(4) || !QuestionKinds.TryFind(row.GetString(5), out var kind) || !PracticeItem.CanBeChosen(kind))
        {
            return new Row(id, null);
        }

        var rating = row.IsDBNull(8)
            ? RatingFold.Model.NewItem(ItemPrior.Points(row.GetInt16(6)))
            : row.RatingAt(8);
        int options = row.Maybe<int>(14);
        long expected = row.Maybe<long?>(13) ?? (kind.Interaction is "written" or "code" ? LongMs : UsualMs);
        return new Row(id, new PracticeItem(
            id, row.GetInt32(1), row.GetInt32(2), row.GetString(3) == "live", kind, rating, options > 1 ? 1.0 / options : 0, (int)Math.Clamp(expected, 5_000, LongMs), row.GetFieldValue<string[]>(7), row.GetInt32(12)));
    }
}
