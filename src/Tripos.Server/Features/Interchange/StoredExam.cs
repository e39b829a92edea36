using System.Text.Json;
using Npgsql;
using Tripos.Questions;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Interchange;

/// <summary>A question as it is now. <see cref="IsShared"/>: another test uses it too.</summary>
internal sealed record StoredQuestion(
    int Id, QuestionKind Kind, QuestionBody Body, Guid ContentHash, int? TopicId, short Difficulty, string? Media, bool IsShared, string[] Tags, ContentStatus Status)
{
    public Guid PromptHash { get; } = QuestionFingerprint.OfPrompt(Body);

    /// <summary>Content without the kind, which a file may only guess.</summary>
    public Guid Likeness { get; } = Match.LikenessOf(Body);
}

internal sealed record StoredSlot(int QuestionId, float Points, string? Section);

/// <summary>A test as it is now, with its questions and what the ids of its source mean.</summary>
internal sealed record StoredExam(
    Guid Id, string Title, int Version, long? TimeLimitMs, long? WarnBeforeMs, float? PassMarkPercent, TestPolicy Policy, string Description,
    IReadOnlyList<StoredSlot> Slots, IReadOnlyDictionary<int, StoredQuestion> Questions, IReadOnlyDictionary<string, int> References)
{
    private const string Question = """
        SELECT q.id, q.kind, v.body::text, q.content_hash, q.topic_id, q.difficulty,
            concat_ws(' ', v.metadata->>'audioSrc', v.metadata->>'timeLimitInSeconds'),
            EXISTS (SELECT FROM test_slots o WHERE o.question_id = q.id AND o.test_id IS DISTINCT FROM $2), q.tags, q.status
        FROM questions q JOIN question_versions v ON v.id = q.current_version_id
        """;

    public static async Task<StoredExam> ReadAsync(Guid id, string scope, ImportFiles.Work work)
    {
        var slots = await work.Connection.QueryAsync("SELECT question_id, points, section FROM test_slots WHERE test_id = $1 ORDER BY position",
            row => new StoredSlot(row.GetInt32(0), row.GetFloat(1), row.Maybe<string>(2)), work.Ct, id);
        var references = await work.Connection.QueryAsync("SELECT external_id, question_id FROM external_references WHERE source = $1 AND scope = $2 AND question_id IS NOT NULL",
            row => (Id: row.GetString(0), Question: row.GetInt32(1)), work.Ct, ImportExam.Source, scope);
        var questions = await QuestionsAsync([.. slots.Select(s => s.QuestionId).Union(references.Select(r => r.Question))], id, work);
        return (await work.Connection.QueryAsync("SELECT title, version, time_limit_ms, warn_before_ms, pass_mark_percent, policy::text, description FROM tests WHERE id = $1",
            row => new StoredExam(id, row.GetString(0), row.GetInt32(1), row.Maybe<long?>(2), row.Maybe<long?>(3), row.Maybe<float?>(4),
                JsonSerializer.Deserialize<TestPolicy>(row.GetString(5), Json.Options)!, row.GetString(6), slots, questions, references.ToDictionary(r => r.Id, r => r.Question)),
            work.Ct, id)).Single();
    }

    /// <summary>Questions of any test with one of these contents: a question that stands in two exams is one question.</summary>
    public static Task<List<StoredQuestion>> FindAsync(Guid[] contentHashes, Guid? exceptTest, ImportFiles.Work work) => work.Connection.QueryAsync(
        Question + " WHERE q.content_hash = ANY($1) AND q.status <> 'retired' AND EXISTS (SELECT FROM test_slots s WHERE s.question_id = q.id) ORDER BY q.id",
        Read, work.Ct, contentHashes, exceptTest ?? Guid.Empty);

    private static async Task<Dictionary<int, StoredQuestion>> QuestionsAsync(int[] ids, Guid test, ImportFiles.Work work) =>
        (await work.Connection.QueryAsync(Question + " WHERE q.id = ANY($1)", Read, work.Ct, ids, test)).ToDictionary(q => q.Id);

    private static StoredQuestion Read(NpgsqlDataReader row)
    {
        var kind = QuestionKinds.Find(row.GetString(1));
        return new(row.GetInt32(0), kind, kind.ReadBody(row.GetString(2)), row.GetGuid(3), row.Maybe<int?>(4), row.GetInt16(5), row.GetString(6), row.GetBoolean(7),
            row.GetFieldValue<string[]>(8), row.Word<ContentStatus>(9));
    }
}
