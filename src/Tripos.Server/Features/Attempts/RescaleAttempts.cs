using System.Text.Json;
using Npgsql;
using Tripos.Questions;
using Tripos.Scoring;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Attempts;

/// <summary>Computes scaled scores again from stored points and traits, after answers were graded anew; attempts without a scale are passed over.</summary>
public static class RescaleAttempts
{
    private static readonly string StoreSql = $"UPDATE attempts SET {ScaledScores.Assignments(2)} WHERE id = $1";

    /// <param name="attemptIds">Held by the caller's transaction, with their newest grade revision written.</param>
    public static async Task RunAsync(NpgsqlConnection connection, IReadOnlyList<Guid> attemptIds, CancellationToken ct)
    {
        var scaled = await connection.QueryAsync("SELECT id, profile FROM attempts WHERE id = ANY ($1) AND profile IS NOT NULL",
            row => (Id: row.GetGuid(0), Profile: row.GetString(1)), ct, attemptIds.ToArray());
        foreach (var (id, profile) in scaled)
        {
            var report = ScoreReport.Of(ScoringProfiles.Find(profile), await ScoredItems.LoadAsync(connection, id, ct));
            await using var batch = new NpgsqlBatch(connection);
            batch.With(StoreSql, [id, .. ScaledScores.Values(report)])
                .With("UPDATE grades g SET scores = $2::jsonb FROM attempts a WHERE a.id = $1 AND g.attempt_id = a.id AND g.revision = a.grade_revision", id, ScaledScores.Json(report));
            await batch.ExecuteNonQueryAsync(ct);
        }
    }
}

/// <summary>The items of a graded attempt as its scoring profile sees them, from what is stored.</summary>
public static class ScoredItems
{
    public static Task<List<ScoredItem>> LoadAsync(NpgsqlConnection connection, Guid attemptId, CancellationToken ct) =>
        connection.QueryAsync("""
            SELECT a.position, v.kind, a.points_max, COALESCE(a.points, 0), a.points_open, a.correct, a.traits::text
            FROM answers a JOIN question_versions v ON v.id = COALESCE(a.graded_version_id, a.question_version_id) WHERE a.attempt_id = $1 ORDER BY a.position
            """, Read, ct, attemptId);

    /// <param name="pointsMax">Raw points under the profile.</param>
    public static ScoredItem Of(int position, string kind, float pointsMax, float points, float pointsOpen, bool? correct, string? traits) =>
        new(position, kind, pointsMax, new ItemScore(pointsMax > 0 ? points / pointsMax : 0, correct)
        {
            OpenFraction = pointsMax > 0 ? pointsOpen / pointsMax : 0,
            Traits = Traits(traits),
        });

    public static IReadOnlyList<TraitScore> Traits(string? json) => json is null ? [] : JsonSerializer.Deserialize<List<TraitScore>>(json, QuestionJson.Options)!;

    private static ScoredItem Read(NpgsqlDataReader row) =>
        Of(row.GetInt16(0), row.GetString(1), row.GetFloat(2), row.GetFloat(3), row.GetFloat(4), row.Maybe<bool?>(5), row.Maybe<string>(6));
}
