using Npgsql;
using Tripos.Questions;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Mocks;

/// <summary>Draws the questions of a blueprint by kinds: those the learner has not met before come first, then by the seed.</summary>
public static class DrawMock
{
    public static async Task<(List<StartableSlot> Slots, List<MockSupply> Supply)> RunAsync(NpgsqlConnection connection, Blueprint blueprint, Guid learnerId, CancellationToken ct)
    {
        var kinds = blueprint.Kinds!;
        var rows = await connection.QueryAsync("""
            WITH met AS MATERIALIZED (
                SELECT DISTINCT v.question_id
                FROM attempts a JOIN answers x ON x.attempt_id = a.id JOIN question_versions v ON v.id = x.question_version_id
                WHERE a.learner_id = $4 AND v.kind = ANY ($1)
            )
            SELECT k.ord, q.id, q.current_version_id, q.topic_id, q.have
            FROM unnest($1::text[], $2::integer[]) WITH ORDINALITY AS k(kind, count, ord)
                CROSS JOIN LATERAL (
                    SELECT q.id, q.current_version_id, q.topic_id, count(*) OVER () AS have
                    FROM questions q WHERE q.kind = k.kind AND q.status = 'live' AND NOT q.needs_key
                    ORDER BY EXISTS (SELECT FROM met WHERE met.question_id = q.id), hashint8extended(q.id, $3), q.id LIMIT k.count
                ) q
            ORDER BY k.ord, hashint8extended(q.id, $3), q.id
            """, row => (Kind: (int)row.GetInt64(0) - 1, Question: row.GetInt32(1), Version: row.GetInt32(2), Topic: row.Maybe<int?>(3), Have: (int)row.GetInt64(4)), ct,
            kinds.Select(kind => kind.Kind).ToArray(), kinds.Select(kind => kind.Count).ToArray(), blueprint.Seed, learnerId);
        var have = rows.DistinctBy(row => row.Kind).ToDictionary(row => row.Kind, row => row.Have);
        return (
            [.. rows.Select(row => new StartableSlot(row.Question, row.Version, NeedsKey: false, row.Topic, kinds[row.Kind].Section, Points: 1))],
            [.. kinds.Select((kind, i) => new MockSupply(kind.Kind, QuestionKinds.Find(kind.Kind).Title, kind.Count, have.GetValueOrDefault(i)))]);
    }
}
