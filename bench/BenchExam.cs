using System.Text.Json;
using Npgsql;
using Tripos.Questions;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform.Data;

namespace Tripos.Bench;

/// <summary>A keyed test of ordinary size, and attempts at it made straight in the database.</summary>
public sealed record BenchExam(Guid TestId, int[] VersionIds)
{
    public const int Items = 20;

    public static async Task<BenchExam> CreateAsync(NpgsqlDataSource sql)
    {
        var testId = Guid.CreateVersion7();
        await sql.ExecuteAsync("INSERT INTO tests (id, title, type, policy) VALUES ($1, 'Benchmark', 'exam', $2::jsonb)", default,
            testId, JsonSerializer.Serialize(new TestPolicy { ShuffleQuestions = true, ShuffleOptions = true }, Json.Options));
        await sql.ExecuteAsync("INSERT INTO modules (name) VALUES ('Benchmark') ON CONFLICT DO NOTHING", default);
        await sql.ExecuteAsync("INSERT INTO topics (module_id, name) SELECT id, 'Topic ' || n FROM modules, generate_series(1, 4) n ON CONFLICT DO NOTHING", default);
        var versions = new int[Items];
        for (int n = 0; n < Items; n++)
        {
            versions[n] = await AddQuestionAsync(sql, testId, n);
        }

        return new BenchExam(testId, versions);
    }

    /// <summary>Open attempts, one per learner asked for (repeats welcome).</summary>
    public async Task<Guid[]> OpenAttemptsAsync(NpgsqlDataSource sql, IReadOnlyList<Guid> learners)
    {
        var ids = learners.Select(_ => Guid.CreateVersion7()).ToArray();
        await sql.ExecuteAsync("""
            INSERT INTO attempts (id, learner_id, title, mode, status, policy, seed, created_at, started_at, item_count)
            SELECT id, learner, 'Benchmark', 'practice', 'in_progress', '{"test": {"shuffleOptions": true}}', 7, now(), now(), $3 FROM unnest($1::uuid[], $2::uuid[]) AS t(id, learner)
            """, default, ids, learners.ToArray(), (short)Items);
        await sql.ExecuteAsync("""
            INSERT INTO answers (attempt_id, position, question_version_id) SELECT a, p, v
            FROM unnest($1::uuid[]) AS a CROSS JOIN unnest($2::integer[]) WITH ORDINALITY AS q(v, p)
            """, default, ids, VersionIds);
        return ids;
    }

    private static async Task<int> AddQuestionAsync(NpgsqlDataSource sql, Guid testId, int n)
    {
        var body = new SingleChoice
        {
            Format = ContentFormat.Html,
            Prompt = $"<p>What does this program print when it is run with <code>python3</code>, question {n}?</p>",
            Code = new CodeBlock($"numbers = [{n}, 1, 2]\nfor number in numbers:\n    if number % 2:\n        continue\n    print(number)\n", "python"),
            Options = [.. "abcd".Select(id => new Option($"{id}", $"<code>{n + id}</code>", $"Option {id} of question {n} is explained here in one sentence."))],
            Key = ["a"],
            Explanation = "<p>The loop skips odd numbers with <code>continue</code>, so only the even ones are printed, one per line.</p>",
        };
        var rows = await sql.QueryAsync("""
            WITH q AS (INSERT INTO questions (topic_id, kind, content_hash, prompt_hash) SELECT id, 'single-choice', gen_random_uuid(), gen_random_uuid() FROM topics ORDER BY id OFFSET $3 LIMIT 1 RETURNING id),
                v AS (INSERT INTO question_versions (question_id, number, kind, body) SELECT id, 1, 'single-choice', $1::jsonb FROM q RETURNING id, question_id),
                s AS (INSERT INTO test_slots (test_id, position, question_id) SELECT $2, $4, id FROM q)
            SELECT id, question_id FROM v
            """, row => (Version: row.GetInt32(0), Question: row.GetInt32(1)), default, QuestionKinds.Find("single-choice").WriteBody(body), testId, n % 4, (short)(n + 1));
        await sql.ExecuteAsync("UPDATE questions SET current_version_id = $1 WHERE id = $2", default, rows[0].Version, rows[0].Question);
        return rows[0].Version;
    }
}
