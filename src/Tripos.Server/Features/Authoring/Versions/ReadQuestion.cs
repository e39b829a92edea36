using Npgsql;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Authoring;

/// <summary>One question with its versions, the tests that use it and where it came from.</summary>
public sealed record QuestionView(
    int QuestionId, LoadedVersion Current, string? Module, string? Topic, int? TopicId, int Difficulty, ContentStatus Status, IReadOnlyList<string> Tags, bool NeedsKey,
    IReadOnlyList<QuestionView.Version> Versions, IReadOnlyList<QuestionView.Use> Uses)
{
    public sealed record Version(int Id, int Number, VersionReason Reason, bool NeedsKey, DateTimeOffset CreatedAt, string? By, string? SourceFile, string? OriginalId);

    public sealed record Use(Guid TestId, string Title, int Position);
}

public static class ReadQuestion
{
    /// <returns>Null when there is no such question.</returns>
    public static async Task<QuestionView?> RunAsync(int questionId, NpgsqlDataSource source, QuestionVersions versions, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var batch = connection.CreateBatch().With("""
            SELECT q.current_version_id, m.name, t.name, q.topic_id, q.difficulty, q.status, q.tags, q.needs_key
            FROM questions q LEFT JOIN topics t ON t.id = q.topic_id LEFT JOIN modules m ON m.id = t.module_id WHERE q.id = $1
            """, questionId).With("""
            SELECT v.id, v.number, v.reason, v.needs_key, v.created_at, u.display_name, v.source_file, v.original_id
            FROM question_versions v LEFT JOIN users u ON u.id = v.created_by WHERE v.question_id = $1 ORDER BY v.number DESC
            """, questionId).With("""
            SELECT t.id, t.title, s.position FROM test_slots s JOIN tests t ON t.id = s.test_id WHERE s.question_id = $1 ORDER BY t.title, t.id
            """, questionId);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct))
        {
            return null;
        }

        var head = new QuestionView(questionId, null!, reader.Maybe<string>(1), reader.Maybe<string>(2), reader.Maybe<int?>(3), reader.GetInt16(4), reader.Word<ContentStatus>(5),
            reader.GetFieldValue<string[]>(6), reader.GetBoolean(7), [], []);
        int current = reader.GetInt32(0);
        await reader.NextResultAsync(ct);
        var history = await reader.ReadAllAsync(ReadVersion, ct);
        await reader.NextResultAsync(ct);
        var uses = await reader.ReadAllAsync(row => new QuestionView.Use(row.GetGuid(0), row.GetString(1), row.GetInt16(2)), ct);
        return head with { Current = await versions.LoadAsync(current, ct), Versions = history, Uses = uses };
    }

    private static QuestionView.Version ReadVersion(NpgsqlDataReader row) => new(
        row.GetInt32(0), row.GetInt32(1), row.Word<VersionReason>(2), row.GetBoolean(3), row.Time(4), row.Maybe<string>(5), row.Maybe<string>(6), row.Maybe<string>(7));
}
