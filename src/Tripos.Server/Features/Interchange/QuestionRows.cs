using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Tripos.Questions;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Interchange;

/// <summary>Writes questions and versions in bulk.</summary>
internal static class QuestionRows
{
    /// <summary>A question that is new, with its first version.</summary>
    public sealed record New(QuestionKind Kind, QuestionBody Body, Guid ContentHash, int? TopicId, short Difficulty, Origin Origin)
    {
        public IReadOnlyList<string> Tags { get; init; } = [];
        public bool IsDraft { get; init; }
    }

    /// <summary>Where a version comes from.</summary>
    public sealed record Origin(string? Id, int Number, string? ExamId, IReadOnlyDictionary<string, JsonElement> Metadata);

    /// <summary>Inserts questions with their first versions.</summary>
    /// <returns>Their ids, in the same order.</returns>
    public static async Task<int[]> InsertAsync(IReadOnlyList<New> rows, ImportFiles.Work work)
    {
        int[] questions = await ReserveAsync("questions", rows.Count, work);
        int[] versions = await ReserveAsync("question_versions", rows.Count, work);
        await using (var copy = await work.Connection.BeginBinaryImportAsync(
            "COPY questions (id, topic_id, kind, difficulty, status, tags, needs_key, current_version_id, content_hash, prompt_hash, created_by) FROM STDIN (FORMAT BINARY)", work.Ct))
        {
            for (int i = 0; i < rows.Count; i++)
            {
                await WriteQuestionAsync(copy, questions[i], versions[i], rows[i], work);
            }

            await copy.CompleteAsync(work.Ct);
        }

        await using (var copy = await work.Connection.BeginBinaryImportAsync("""
            COPY question_versions (id, question_id, number, kind, body, metadata, needs_key, original_id, original_number, source_file,
                source_exam_external_id, reason, created_by) FROM STDIN (FORMAT BINARY)
            """, work.Ct))
        {
            for (int i = 0; i < rows.Count; i++)
            {
                await WriteVersionAsync(copy, versions[i], questions[i], rows[i], work);
            }

            await copy.CompleteAsync(work.Ct);
        }

        return questions;
    }

    /// <summary>Gives a question a next version and makes it the current one.</summary>
    public static Task<int> AddVersionAsync(int questionId, QuestionKind kind, QuestionBody body, Origin origin, ImportFiles.Work work) =>
        AddVersion.RunAsync(work.Connection, questionId, kind, body, VersionReason.Imported, new(origin.Id, origin.Number, origin.ExamId, work.FileName, origin.Metadata), work.Author, work.Ct);

    private static async Task<int[]> ReserveAsync(string table, int count, ImportFiles.Work work) =>
        [.. await work.Connection.QueryAsync($"SELECT nextval(pg_get_serial_sequence('{table}', 'id'))::integer FROM generate_series(1, $1)", row => row.GetInt32(0), work.Ct, count)];

    private static async Task WriteQuestionAsync(NpgsqlBinaryImporter copy, int id, int versionId, New row, ImportFiles.Work work)
    {
        await copy.StartRowAsync(work.Ct);
        await copy.WriteAsync(id, NpgsqlDbType.Integer, work.Ct);
        await WriteAsync(copy, row.TopicId, NpgsqlDbType.Integer, work.Ct);
        await copy.WriteAsync(row.Kind.Name, NpgsqlDbType.Text, work.Ct);
        await copy.WriteAsync(row.Difficulty, NpgsqlDbType.Smallint, work.Ct);
        await copy.WriteAsync(row.IsDraft ? "draft" : "live", NpgsqlDbType.Text, work.Ct);
        await copy.WriteAsync(row.Tags.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text, work.Ct);
        await copy.WriteAsync(row.Body.NeedsKey, NpgsqlDbType.Boolean, work.Ct);
        await copy.WriteAsync(versionId, NpgsqlDbType.Integer, work.Ct);
        await copy.WriteAsync(row.ContentHash, NpgsqlDbType.Uuid, work.Ct);
        await copy.WriteAsync(QuestionFingerprint.OfPrompt(row.Body), NpgsqlDbType.Uuid, work.Ct);
        await WriteAsync(copy, work.Author, NpgsqlDbType.Uuid, work.Ct);
    }

    private static async Task WriteVersionAsync(NpgsqlBinaryImporter copy, int id, int questionId, New row, ImportFiles.Work work)
    {
        await copy.StartRowAsync(work.Ct);
        await copy.WriteAsync(id, NpgsqlDbType.Integer, work.Ct);
        await copy.WriteAsync(questionId, NpgsqlDbType.Integer, work.Ct);
        await copy.WriteAsync(1, NpgsqlDbType.Integer, work.Ct);
        await copy.WriteAsync(row.Kind.Name, NpgsqlDbType.Text, work.Ct);
        await copy.WriteAsync(row.Kind.WriteBody(row.Body), NpgsqlDbType.Jsonb, work.Ct);
        await copy.WriteAsync(row.Origin.Metadata.Count == 0 ? "{}" : JsonSerializer.Serialize(row.Origin.Metadata, Json.Options), NpgsqlDbType.Jsonb, work.Ct);
        await copy.WriteAsync(row.Body.NeedsKey, NpgsqlDbType.Boolean, work.Ct);
        await WriteAsync(copy, row.Origin.Id, NpgsqlDbType.Text, work.Ct);
        await copy.WriteAsync(row.Origin.Number, NpgsqlDbType.Integer, work.Ct);
        await copy.WriteAsync(work.FileName, NpgsqlDbType.Text, work.Ct);
        await WriteAsync(copy, row.Origin.ExamId, NpgsqlDbType.Text, work.Ct);
        await copy.WriteAsync("imported", NpgsqlDbType.Text, work.Ct);
        await WriteAsync(copy, work.Author, NpgsqlDbType.Uuid, work.Ct);
    }

    private static Task WriteAsync<T>(NpgsqlBinaryImporter copy, T? value, NpgsqlDbType type, CancellationToken ct) =>
        value is null ? copy.WriteNullAsync(ct) : copy.WriteAsync<object>(value, type, ct);
}
