using System.Net.Http.Json;
using System.Text.Json;
using Tripos.Questions;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Tests.Support;

/// <summary>A test made for one test: question n asks "Question n?" with options a-d, and "a" is right unless it has no key.</summary>
public sealed record MadeTest(Guid Id, int[] QuestionIds, int[] VersionIds);

/// <summary>What tests arrange about questions, tests and attempts, in the words of the domain.</summary>
public static class Exams
{
    extension(TriposApp app)
    {
        public async Task<MadeTest> HasTest(
            int questions = 3, TestPolicy? policy = null, long? timeLimitMs = null, float? passMark = null, bool keyed = true, TestType type = TestType.Exam, string title = "A test")
        {
            var id = Guid.CreateVersion7();
            await app.Run("INSERT INTO tests (id, title, type, policy, time_limit_ms, pass_mark_percent) VALUES ($1, $2, $3, $4::jsonb, $5::bigint, $6::real)",
                id, title, AppDb.SnakeCase(type.ToString()), JsonSerializer.Serialize(policy ?? new TestPolicy(), Json.Options), timeLimitMs, passMark);
            List<int> questionIds = [], versionIds = [];
            for (int n = 1; n <= questions; n++)
            {
                var (questionId, versionId) = await app.HasQuestion(Choice($"Question {n}?", keyed ? ["a"] : []));
                await app.Run("INSERT INTO test_slots (test_id, position, question_id) VALUES ($1, $2, $3)", id, (short)n, questionId);
                questionIds.Add(questionId);
                versionIds.Add(versionId);
            }

            return new MadeTest(id, [.. questionIds], [.. versionIds]);
        }

        /// <summary>A test in parts; questions are numbered through.</summary>
        public async Task<MadeTest> HasTestInParts(params (string Title, int Questions, long? TimeLimitMs)[] parts)
        {
            var test = await app.HasTest(parts.Sum(part => part.Questions), new TestPolicy { Linear = true, Parts = [.. parts.Select(part => new PartRule(part.Title, part.Title, part.TimeLimitMs))] });
            short position = 1;
            foreach (var (title, questions, _) in parts)
            {
                await app.Run("UPDATE test_slots SET section = $2 WHERE test_id = $1 AND position BETWEEN $3 AND $4", test.Id, title, position, (short)(position + questions - 1));
                position += (short)questions;
            }

            return test;
        }

        public Task<HttpResponseMessage> OpensPart(Person learner, Guid attempt, int number) =>
            app.As(learner).PutAsync($"/api/attempts/{attempt}/parts/{number}", null, TestContext.Current.CancellationToken);

        public async Task<(int QuestionId, int VersionId)> HasQuestion(QuestionBody body, int? topicId = null, int difficulty = 3, string? kindName = null)
        {
            string kind = kindName ?? QuestionKinds.PlainOf(body).Name;
            int questionId = await app.Value<int>(
                "INSERT INTO questions (kind, topic_id, difficulty, needs_key, content_hash, prompt_hash) VALUES ($1, $2::integer, $3, $4, $5, $6) RETURNING id",
                kind, topicId, (short)difficulty, body.NeedsKey, QuestionFingerprint.OfContent(kind, body), QuestionFingerprint.OfPrompt(body));
            return (questionId, await app.HasVersion(questionId, body, kind));
        }

        /// <summary>Makes a body the current version of a question, as an author's edit does.</summary>
        public async Task<int> HasVersion(int questionId, QuestionBody body, string? kindName = null)
        {
            var kind = kindName is null ? QuestionKinds.PlainOf(body) : QuestionKinds.Find(kindName);
            int versionId = await app.Value<int>("""
                INSERT INTO question_versions (question_id, number, kind, body, needs_key)
                SELECT $1, COALESCE(max(number), 0) + 1, $2, $3::jsonb, $4 FROM question_versions WHERE question_id = $1 RETURNING id
                """, questionId, kind.Name, kind.WriteBody(body), body.NeedsKey);
            await app.Run("UPDATE questions SET current_version_id = $2, needs_key = $3 WHERE id = $1", questionId, versionId, body.NeedsKey);
            return versionId;
        }

        /// <summary>A test with one question of each kind, in that order; see <see cref="Bodies"/>.</summary>
        public async Task<MadeTest> HasTestOf(IReadOnlyList<string> kinds, TestPolicy? policy = null, float? passMark = null)
        {
            var test = await app.HasTest(0, policy, passMark: passMark);
            List<(int QuestionId, int VersionId)> made = [];
            foreach (string kind in kinds)
            {
                made.Add(await app.HasQuestion(Bodies.Of(kind, made.Count + 1), kindName: kind));
                await app.Run("INSERT INTO test_slots (test_id, position, question_id) VALUES ($1, $2, $3)", test.Id, (short)made.Count, made[^1].QuestionId);
            }

            return test with { QuestionIds = [.. made.Select(question => question.QuestionId)], VersionIds = [.. made.Select(question => question.VersionId)] };
        }

        /// <summary>Practice of one question of a kind, in a topic of its own.</summary>
        public async Task<Guid> StartsPractice(Person learner, string kind = "single-choice")
        {
            int topic = await app.HasTopic($"Practice {Guid.NewGuid():n}");
            await app.HasQuestion(Bodies.Of(kind), topic, kindName: kind);
            var reply = await app.As(learner).PostAsJsonAsync("/api/attempts/practice", new { topicIds = new[] { topic }, count = 1 }, TestContext.Current.CancellationToken);
            reply.EnsureSuccessStatusCode();
            return (await reply.Content.ReadFromJsonAsync<StartAttempt.Started>(TestContext.Current.CancellationToken))!.AttemptId;
        }

        /// <summary>Saves a response of any kind.</summary>
        public Task<HttpResponseMessage> Answers(Person learner, Guid attempt, int position, string response, int sequence = 1) =>
            app.As(learner).PutAsJsonAsync($"/api/attempts/{attempt}/answers/{position}", new { response = JsonSerializer.Deserialize<JsonElement>(response), sequence }, TestContext.Current.CancellationToken);

        public async Task<int> HasTopic(string name, string module = "A module")
        {
            int moduleId = await app.Value<int>("INSERT INTO modules (name) VALUES ($1) ON CONFLICT (name) DO UPDATE SET name = EXCLUDED.name RETURNING id", module);
            return await app.Value<int>("INSERT INTO topics (module_id, name) VALUES ($1, $2) RETURNING id", moduleId, name);
        }

        public async Task<Guid> Starts(Person learner, MadeTest test)
        {
            var reply = await app.As(learner).PostAsync($"/api/tests/{test.Id}/attempts", null, TestContext.Current.CancellationToken);
            reply.EnsureSuccessStatusCode();
            return (await reply.Content.ReadFromJsonAsync<StartAttempt.Started>(TestContext.Current.CancellationToken))!.AttemptId;
        }

        public Task<HttpResponseMessage> Saves(Person learner, Guid attempt, int position, string option, int sequence = 1, int? basedOn = null, string device = "laptop", DateTimeOffset? answeredAt = null) =>
            app.As(learner).PutAsJsonAsync($"/api/attempts/{attempt}/answers/{position}",
                new { response = new { chosen = option.Length == 0 ? [] : new[] { option } }, sequence, basedOn, device, answeredAt }, TestContext.Current.CancellationToken);

        public async Task Submits(Person learner, Guid attempt)
        {
            var reply = await app.As(learner).PostAsJsonAsync($"/api/attempts/{attempt}/submission", new { type = "manual" }, TestContext.Current.CancellationToken);
            reply.EnsureSuccessStatusCode();
        }

        /// <summary>Starts, answers each position with an option id ("" leaves it out) and submits.</summary>
        public async Task<Guid> Sits(Person learner, MadeTest test, params string[] options)
        {
            var attempt = await app.Starts(learner, test);
            for (int i = 0; i < options.Length; i++)
            {
                if (options[i].Length > 0)
                {
                    (await app.Saves(learner, attempt, i + 1, options[i])).EnsureSuccessStatusCode();
                }
            }

            await app.Submits(learner, attempt);
            return attempt;
        }

        /// <summary>Turns the clock of an open attempt: its deadline was, or will be, this long from now.</summary>
        public Task HasDeadline(Guid attempt, TimeSpan fromNow, TimeSpan? grace = null) =>
            app.Run("UPDATE attempts SET started_at = LEAST(started_at, now() + $2), deadline_at = now() + $2, late_until = now() + $2 + $3 WHERE id = $1", attempt, fromNow, grace ?? TimeSpan.FromMinutes(2));

        public async Task Run(string sql, params object?[] values) => await app.Sql.ExecuteAsync(sql, TestContext.Current.CancellationToken, values);

        public async Task<T> Value<T>(string sql, params object?[] values) =>
            (await app.Sql.QueryAsync(sql, row => row.IsDBNull(0) ? default! : row.GetFieldValue<T>(0), TestContext.Current.CancellationToken, values)).Single();

        /// <summary>The option stored as the answer, or null.</summary>
        public Task<string?> ChosenAt(Guid attempt, int position) =>
            app.Value<string?>("SELECT response->'chosen'->>0 FROM answers WHERE attempt_id = $1 AND position = $2", attempt, (short)position);
    }

    public static SingleChoice Choice(string prompt, params string[] key) => new()
    {
        Prompt = prompt,
        Options = [new("a", $"{prompt} A", "Because of A."), new("b", $"{prompt} B"), new("c", $"{prompt} C"), new("d", $"{prompt} D")],
        Key = key,
        Explanation = $"Why: {prompt}",
    };
}
