using System.Text.Json;
using Npgsql;
using Tripos.Formats;
using Tripos.Questions;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Features.MediaStore;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Interchange;

/// <summary>Writes a test as exam JSON, with the pictures and sounds it shows; importing that again changes nothing.</summary>
public static class ExportTest
{
    /// <summary>A test as it travels: bodies name media by path.</summary>
    /// <param name="Media">Path → what belongs there.</param>
    public sealed record Exported(string Name, ExamFile Exam, IReadOnlyDictionary<string, StoredContent> Media)
    {
        public void WriteJson(Stream stream)
        {
            ExamJsonWriter.Write(Exam, stream);
            stream.WriteByte((byte)'\n');
        }
    }

    public static async Task<Outcome<Exported>> RunAsync(Guid testId, NpgsqlDataSource source, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        var tests = await connection.QueryAsync("""
            SELECT t.title, t.type, t.description, t.time_limit_ms, t.warn_before_ms, t.pass_mark_percent, t.policy::text, t.metadata::text,
                (SELECT r.external_id FROM external_references r WHERE r.test_id = t.id AND r.source = $2 ORDER BY r.created_at LIMIT 1)
            FROM tests t WHERE t.id = $1
            """, Head, ct, testId, ImportExam.Source);
        if (tests is not [var (exam, policy)])
        {
            return InterchangeProblems.TestNotFound;
        }

        var questions = await QuestionsAsync(testId, exam.ExternalId ?? $"test:{testId}", connection, ct);
        Dictionary<string, (string Path, StoredContent Content)> media = new(StringComparer.Ordinal);
        foreach (string hash in questions.SelectMany(question => question.Body.AllMedia).Select(shown => shown.Hash).Distinct(StringComparer.Ordinal))
        {
            if ((await ReadMedia.OfLibraryAsync(hash, source, ct)).Value is { } content)
            {
                media.Add(hash, ($"media/{hash[..16]}.{MediaFormat.Find(content.MediaType)?.Extension ?? "bin"}", content));
            }
        }

        Media? Travelling(Media? shown) => shown is not null && media.TryGetValue(shown.Hash, out var found) ? shown with { Hash = found.Path } : shown;
        questions = [.. questions.Select(question => question with { Body = question.Body with { Audio = Travelling(question.Body.Audio), Image = Travelling(question.Body.Image) } })];
        return new Exported(FileNames.Safe(exam.Title), Rules.Into(exam, policy) with { Questions = questions }, media.Values.ToDictionary(file => file.Path, file => file.Content));
    }

    /// <summary>Tests meant by an id, a source id or a title.</summary>
    public static Task<List<Guid>> FindAsync(string name, NpgsqlDataSource source, CancellationToken ct) => source.QueryAsync("""
        SELECT id FROM tests WHERE id::text = lower($1)
        UNION SELECT test_id FROM external_references WHERE source = $2 AND scope = '' AND external_id = $1 AND test_id IS NOT NULL
        UNION SELECT id FROM tests WHERE lower(title) = lower($1)
        """, row => row.GetGuid(0), ct, name, ImportExam.Source);

    private static (ExamFile, TestPolicy) Head(NpgsqlDataReader row) => (new ExamFile
    {
        Title = row.GetString(0), Type = row.GetString(1), Description = row.GetString(2),
        TimeLimitMs = row.Maybe<long?>(3) ?? 0, WarnBeforeMs = row.Maybe<long?>(4) ?? 0, PassMarkPercent = row.Maybe<float?>(5),
        Metadata = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(row.GetString(7), Json.Options)!,
        ExternalId = row.Maybe<string>(8), Questions = [],
    }, JsonSerializer.Deserialize<TestPolicy>(row.GetString(6), Json.Options)!);

    private static async Task<List<ExamQuestion>> QuestionsAsync(Guid testId, string scope, NpgsqlConnection connection, CancellationToken ct)
    {
        return await connection.QueryAsync("""
            SELECT s.position, q.kind, v.body::text, v.metadata::text, q.difficulty, m.name, t.name, s.section, s.points,
                (SELECT r.external_id FROM external_references r WHERE r.question_id = q.id AND r.source = $2 AND r.scope = $3 ORDER BY r.updated_at DESC LIMIT 1),
                q.tags, q.status
            FROM test_slots s JOIN questions q ON q.id = s.question_id JOIN question_versions v ON v.id = q.current_version_id
            LEFT JOIN topics t ON t.id = q.topic_id LEFT JOIN modules m ON m.id = t.module_id
            WHERE s.test_id = $1 ORDER BY s.position
            """, Question, ct, testId, ImportExam.Source, scope);
    }

    private static ExamQuestion Question(NpgsqlDataReader row)
    {
        var kind = QuestionKinds.Find(row.GetString(1));
        return new ExamQuestion(row.GetInt16(0), kind, kind.ReadBody(row.GetString(2)))
        {
            Metadata = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(row.GetString(3), Json.Options)!,
            Difficulty = row.GetInt16(4), Module = row.Maybe<string>(5), Topic = row.Maybe<string>(6), Section = row.Maybe<string>(7),
            Points = row.GetFloat(8) is var points && points == 1 ? null : points, ExternalId = row.Maybe<string>(9),
            Tags = row.GetFieldValue<string[]>(10), IsDraft = row.GetString(11) == "draft" ? true : null,
        };
    }
}
