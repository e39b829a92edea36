using System.Text.Json;
using Npgsql;
using Tripos.Questions;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform.Data;
using Tripos.Server.Tests.Support;

namespace Tripos.Browser.Tests.Support;

/// <summary>A test of the sample course put straight into the database, with the rules a browser test needs.</summary>
public static class SampleTest
{
    public const string Quiz = "python-data-types-quiz";
    public const string Exam = "python-entry-exam";

    /// <param name="questions">How many of the file's questions; null for all of them.</param>
    public static async Task<Guid> InsertAsync(
        NpgsqlDataSource sql, string file = Quiz, string? title = null, int? questions = null, int? minutes = 20, TestPolicy? policy = null, float? passMark = 70, bool keyed = true)
    {
        string json = await File.ReadAllTextAsync(Path.Combine(SourceTree.Root, $"samples/python-entry/{file}.json"));
        using var document = JsonDocument.Parse(json);
        var exam = document.RootElement;
        var id = Guid.CreateVersion7();
        await sql.ExecuteAsync("""
            INSERT INTO tests (id, title, description, type, time_limit_ms, warn_before_ms, pass_mark_percent, policy) VALUES ($1, $2, $3, $4, $5, 300000, $6, $7::jsonb)
            """, default, id, title ?? exam.GetProperty("name").GetString(), exam.GetProperty("description").GetString(), file.Contains("exam", StringComparison.Ordinal) ? "exam" : "quiz",
            minutes is { } limit ? limit * 60_000L : null, passMark, JsonSerializer.Serialize(policy ?? new(), Json.Options));
        int position = 0;
        foreach (var question in exam.GetProperty("questions").EnumerateArray().Take(questions ?? int.MaxValue))
        {
            int questionId = await InsertQuestionAsync(sql, question, keyed);
            await sql.ExecuteAsync("INSERT INTO test_slots (test_id, position, question_id) VALUES ($1, $2, $3)", default, id, (short)++position, questionId);
        }

        return id;
    }

    private static async Task<int> InsertQuestionAsync(NpgsqlDataSource sql, JsonElement question, bool keyed)
    {
        var body = BodyOf(question, keyed);
        var kind = QuestionKinds.PlainOf(body);
        string[] topic = question.GetProperty("topic").GetString()!.Split(" / ");
        var ids = await sql.QueryAsync("""
            WITH module AS (INSERT INTO modules (name) VALUES ($1) ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING id),
                topic AS (INSERT INTO topics (module_id, name) SELECT id, $2 FROM module ON CONFLICT (module_id, name) DO UPDATE SET name = excluded.name RETURNING id)
            INSERT INTO questions (topic_id, kind, needs_key, content_hash, prompt_hash) SELECT id, $3, $4, gen_random_uuid(), gen_random_uuid() FROM topic RETURNING id
            """, row => row.GetInt32(0), default, topic[0], topic[^1], kind.Name, !keyed);
        await sql.ExecuteAsync("""
            WITH version AS (INSERT INTO question_versions (question_id, number, kind, body, needs_key) VALUES ($1, 1, $2, $3::jsonb, $4) RETURNING id)
            UPDATE questions SET current_version_id = version.id FROM version WHERE questions.id = $1
            """, default, ids[0], kind.Name, kind.WriteBody(body), !keyed);
        return ids[0];
    }

    private static ChoiceBody BodyOf(JsonElement question, bool keyed)
    {
        var rows = question.GetProperty("options").EnumerateArray().ToList();
        Option[] options = [.. rows.Select(row => new Option(row.GetProperty("id").GetString()!, row.GetProperty("option").GetString()!, Text(row, "explanation")))];
        string[] key = keyed ? [.. rows.Where(row => row.GetProperty("correct").GetBoolean()).Select(row => row.GetProperty("id").GetString()!)] : [];
        string prompt = question.GetProperty("question").GetString()!;
        var code = Text(question, "code") is { } text ? new CodeBlock(text, "python") : null;
        return question.GetProperty("type").GetString() == "Multiple Choice"
            ? new MultipleChoice { Format = ContentFormat.Html, Prompt = prompt, Code = code, Options = options, Key = key, Explanation = Text(question, "explanation") }
            : new SingleChoice { Format = ContentFormat.Html, Prompt = prompt, Code = code, Options = options, Key = key, Explanation = Text(question, "explanation") };
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
