using Npgsql;
using Tripos.Questions;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Evaluation;

/// <summary>The free answers that can be marked, as a table in SQL: of graded attempts at tests with free questions, and of the mock tests of the last half year.</summary>
internal static class WaitingAnswers
{
    public static readonly TimeSpan MocksKept = TimeSpan.FromDays(183);

    public static readonly string[] Kinds = [.. QuestionKinds.All.Where(kind => kind.BodyType.IsAssignableTo(typeof(FreeAnswer))).Select(kind => kind.Name)];

    /// <summary>$1 kinds, $2 the test or null for all, $3 since when mock tests are looked at, or null for none. Mock tests draw their questions, so their group has no question.</summary>
    /// <remarks>Materialized because a list that ends after a page would else be read attempt by attempt, past everything that is decided: 2.3 s instead of 0.4 s for 500 000 answers.</remarks>
    public const string Sql = """
        WITH free_tests AS (
            SELECT DISTINCT s.test_id FROM test_slots s JOIN questions q ON q.id = s.question_id WHERE q.kind = ANY ($1) AND ($2::uuid IS NULL OR s.test_id = $2)
        ), sat AS (
            SELECT a.id, a.test_id, a.title, a.learner_id, a.submitted_at FROM free_tests f JOIN attempts a ON a.test_id = f.test_id WHERE a.status = 'graded'
            UNION ALL
            SELECT a.id, NULL, 'Mock tests', a.learner_id, a.submitted_at FROM attempts a WHERE a.status = 'graded' AND a.test_id IS NULL AND a.mode = 'mock' AND a.submitted_at > $3::timestamptz
        ), free AS MATERIALIZED (
            SELECT s.id AS attempt_id, n.position, s.test_id, s.title, s.learner_id, s.submitted_at, v.kind, v.question_id, v.id AS version_id, n.points_open,
                CASE WHEN s.test_id IS NULL THEN 0 ELSE v.question_id END AS grouped, COALESCE(m.state, 'unmarked') AS state,
                n.points_open > 0 OR n.traits @? '$[*] ? (exists (@.flag))' AS unsure
            FROM sat s JOIN answers n ON n.attempt_id = s.id JOIN question_versions v ON v.id = COALESCE(n.graded_version_id, n.question_version_id) LEFT JOIN markings m ON m.attempt_id = n.attempt_id AND m.position = n.position
            WHERE n.traits IS NOT NULL AND v.kind = ANY ($1) AND COALESCE(n.response->>'text', n.response->>'code', n.response->>'recording') ~ '\S'
        )
        """;

    /// <summary>The next answer for somebody: of the same question if there is one, else of the same test, else the one that has waited longest.</summary>
    public static async Task<(Guid AttemptId, short Position)?> NextAsync(Guid markerId, Guid? testId, int questionId, (Guid AttemptId, int Position)? except, NpgsqlDataSource source, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var within in testId is null ? new Guid?[] { null } : [testId, null])
        {
            var found = await source.QueryAsync($"""
                {Sql} SELECT attempt_id, position FROM free f
                WHERE state <> 'decided' AND learner_id <> $4 AND NOT (attempt_id = $6 AND position = $7)
                    AND NOT EXISTS (SELECT FROM marks k WHERE k.attempt_id = f.attempt_id AND k.position = f.position AND k.status = 'given' AND k.marker_id = $4)
                ORDER BY (question_id = $5) DESC, submitted_at, attempt_id, position LIMIT 1
                """, row => (row.GetGuid(0), row.GetInt16(1)), ct, Kinds, within, within is null ? now - MocksKept : null, markerId, questionId, except?.AttemptId ?? Guid.Empty, (short)(except?.Position ?? 0));
            if (found is [var next])
            {
                return next;
            }
        }

        return null;
    }
}
