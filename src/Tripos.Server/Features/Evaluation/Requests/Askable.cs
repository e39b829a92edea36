using System.Text.Json;
using Npgsql;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Features.Catalog.Interactions;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Evaluation;

/// <summary>A closed answer somebody may have evaluated: its learner, or a teacher.</summary>
public sealed record Askable(Guid AttemptId, short Position, Guid LearnerId, int VersionId, AttemptMode Mode, AttemptRules Rules, string Response)
{
    /// <summary>Whether it says something that rules cannot judge.</summary>
    public bool IsFor(LoadedVersion version) => version.Body is Questions.FreeAnswer && ResponseText.Parse(Response) is { } response && !version.Kind.IsEmpty(response);

    private const string Select = """
        SELECT a.attempt_id, a.position, t.learner_id, COALESCE(a.graded_version_id, a.question_version_id), t.mode, t.policy::text, a.response::text
        FROM answers a JOIN attempts t ON t.id = a.attempt_id
        """;

    /// <returns>Null where there is none, or it is somebody else's.</returns>
    public static async Task<Askable?> FindAsync(Guid attemptId, short position, CurrentUser user, NpgsqlDataSource source, CancellationToken ct) =>
        (await source.QueryAsync($"{Select} WHERE a.attempt_id = $1 AND a.position = $2 AND a.points IS NOT NULL AND a.response IS NOT NULL AND (t.learner_id = $3 OR $4)",
            Read, ct, attemptId, position, user.Id, user.IsTeacher || user.IsAdmin)).SingleOrDefault();

    /// <summary>The free answers of an attempt, or of all graded attempts of a test, that no model has been asked about; oldest first.</summary>
    public static Task<List<Askable>> UnaskedAsync(Guid? attemptId, Guid? testId, int most, NpgsqlDataSource source, CancellationToken ct) => source.QueryAsync($"""
        {Select} JOIN question_versions v ON v.id = a.question_version_id
        WHERE (t.id = $1 OR $1 IS NULL) AND (t.test_id = $2 OR $2 IS NULL) AND t.status = 'graded' AND a.response IS NOT NULL AND a.points IS NOT NULL AND a.points_max > 0 AND v.kind = ANY ($3)
            AND NOT EXISTS (SELECT FROM evaluations e WHERE e.attempt_id = a.attempt_id AND e.position = a.position AND e.evaluator = 'model' AND e.status <> 'failed')
        ORDER BY t.submitted_at, a.attempt_id, a.position LIMIT $4
        """, Read, ct, attemptId, testId, FreeKinds, most);

    /// <summary>Names of the kinds that are answered freely.</summary>
    internal static readonly string[] FreeKinds = [.. Questions.QuestionKinds.All.Where(kind => typeof(Questions.FreeAnswer).IsAssignableFrom(kind.BodyType)).Select(kind => kind.Name)];

    private static Askable Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetInt16(1), row.GetGuid(2), row.GetInt32(3), row.Word<AttemptMode>(4), JsonSerializer.Deserialize<AttemptRules>(row.GetString(5), Json.Options)!, row.GetString(6));
}
