using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Catalog;

/// <summary>One question with its versions, the tests that use it and where it came from.</summary>
public sealed record QuestionView(
    int QuestionId, LoadedVersion Current, string? Module, string? Topic, int Difficulty, ContentStatus Status, bool NeedsKey,
    IReadOnlyList<QuestionView.Version> Versions, IReadOnlyList<QuestionView.Use> Uses)
{
    public sealed record Version(int Number, VersionReason Reason, bool NeedsKey, DateTimeOffset CreatedAt, string? By, string? SourceFile, string? OriginalId);

    public sealed record Use(Guid TestId, string Title, int Position);
}

public static class ReadQuestion
{
    /// <returns>Null when there is no such question.</returns>
    public static async Task<QuestionView?> RunAsync(int questionId, NpgsqlDataSource source, QuestionVersions versions, CancellationToken ct)
    {
        var found = await source.QueryAsync("""
            SELECT q.current_version_id, m.name, t.name, q.difficulty, q.status, q.needs_key
            FROM questions q LEFT JOIN topics t ON t.id = q.topic_id LEFT JOIN modules m ON m.id = t.module_id WHERE q.id = $1
            """, row => (Version: row.GetInt32(0), Module: row.Maybe<string>(1), Topic: row.Maybe<string>(2), Difficulty: row.GetInt16(3), Status: row.Word<ContentStatus>(4), NeedsKey: row.GetBoolean(5)), ct, questionId);
        if (found is not [var q])
        {
            return null;
        }

        var history = await source.QueryAsync("""
            SELECT v.number, v.reason, v.needs_key, v.created_at, u.display_name, v.source_file, v.original_id
            FROM question_versions v LEFT JOIN users u ON u.id = v.created_by WHERE v.question_id = $1 ORDER BY v.number DESC
            """, row => new QuestionView.Version(row.GetInt32(0), row.Word<VersionReason>(1), row.GetBoolean(2), row.Time(3), row.Maybe<string>(4), row.Maybe<string>(5), row.Maybe<string>(6)), ct, questionId);
        var uses = await source.QueryAsync("SELECT t.id, t.title, s.position FROM test_slots s JOIN tests t ON t.id = s.test_id WHERE s.question_id = $1 ORDER BY t.title, t.id",
            row => new QuestionView.Use(row.GetGuid(0), row.GetString(1), row.GetInt16(2)), ct, questionId);
        return new QuestionView(questionId, await versions.LoadAsync(q.Version, ct), q.Module, q.Topic, q.Difficulty, q.Status, q.NeedsKey, history, uses);
    }
}
