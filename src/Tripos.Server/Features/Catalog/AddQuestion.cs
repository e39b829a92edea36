using Npgsql;
using Tripos.Questions;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Catalog;

/// <summary>Makes a question with its first version; <see cref="AddVersion"/> makes the next ones.</summary>
public static class AddQuestion
{
    /// <returns>Its id.</returns>
    public static async Task<int> RunAsync(NpgsqlConnection connection, QuestionKind kind, QuestionBody body, QuestionPlace place, Guid? author, CancellationToken ct)
    {
        int id = (await connection.QueryAsync("""
            INSERT INTO questions (topic_id, kind, difficulty, status, tags, needs_key, content_hash, prompt_hash, created_by)
            VALUES ($1::integer, $2, $3, $4, $5, $6, $7, $8, $9::uuid) RETURNING id
            """, row => row.GetInt32(0), ct, place.TopicId, kind.Name, place.Difficulty, AppDb.SnakeCase(place.Status.ToString()), place.Tags.ToArray(), body.NeedsKey,
            QuestionFingerprint.OfContent(kind.Name, body), QuestionFingerprint.OfPrompt(body), author)).Single();
        await connection.ExecuteAsync("""
            WITH first AS (
                INSERT INTO question_versions (question_id, number, kind, body, needs_key, reason, created_by) VALUES ($1, 1, $2, $3::jsonb, $4, 'created', $5::uuid) RETURNING id)
            UPDATE questions SET current_version_id = first.id FROM first WHERE questions.id = $1
            """, ct, id, kind.Name, kind.WriteBody(body), body.NeedsKey, author);
        return id;
    }
}

/// <summary>Where a question stands in the bank: what is no part of a version.</summary>
/// <param name="Difficulty">1 to 5.</param>
public sealed record QuestionPlace(int? TopicId, short Difficulty, ContentStatus Status, IReadOnlyList<string> Tags);
