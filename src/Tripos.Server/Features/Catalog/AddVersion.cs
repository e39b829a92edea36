using System.Text.Json;
using Npgsql;
using Tripos.Questions;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Catalog;

/// <summary>Where an imported version comes from; what is null stays as the version before had it.</summary>
public sealed record VersionOrigin(string? Id, int? Number, string? ExamId, string? SourceFile, IReadOnlyDictionary<string, JsonElement>? Metadata);

/// <summary>Gives a question a next version and makes it the current one: the only way a question changes what it says.</summary>
public static class AddVersion
{
    /// <returns>The number of the new version.</returns>
    public static async Task<int> RunAsync(
        NpgsqlConnection connection, int questionId, QuestionKind kind, QuestionBody body, VersionReason reason, VersionOrigin? origin, Guid? author, CancellationToken ct)
    {
        return (await connection.QueryAsync("""
            WITH last AS (
                SELECT v.* FROM question_versions v WHERE v.question_id = $1 ORDER BY v.number DESC LIMIT 1
            ), added AS (
                INSERT INTO question_versions (question_id, number, kind, body, metadata, needs_key, original_id, original_number, source_file, source_exam_external_id, reason, created_by)
                SELECT $1, last.number + 1, $2, $3::jsonb, coalesce($4::jsonb, last.metadata), $5, coalesce($6::text, last.original_id),
                    coalesce($7::integer, last.original_number), coalesce($8::text, last.source_file), coalesce($9::text, last.source_exam_external_id), $10, $11::uuid
                FROM last RETURNING id, number
            )
            UPDATE questions SET kind = $2, needs_key = $5, current_version_id = added.id, content_hash = $12, prompt_hash = $13
            FROM added WHERE questions.id = $1 RETURNING added.number
            """, row => row.GetInt32(0), ct,
            questionId, kind.Name, kind.WriteBody(body), origin?.Metadata is { } metadata ? JsonSerializer.Serialize(metadata, Json.Options) : null, body.NeedsKey,
            origin?.Id, origin?.Number, origin?.SourceFile, origin?.ExamId, AppDb.SnakeCase(reason.ToString()), author,
            QuestionFingerprint.OfContent(kind.Name, body), QuestionFingerprint.OfPrompt(body))).Single();
    }
}
