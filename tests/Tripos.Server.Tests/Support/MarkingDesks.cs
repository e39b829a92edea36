using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Tripos.Evaluation;
using Tripos.Questions;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Features.Evaluation;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Support;

/// <summary>What tests arrange about marking: an essay judged by content (0 to 4) and style (0 to 2).</summary>
public static class MarkingDesks
{
    public const string Essay = "Trees make streets cooler. They hold the rain, and they cost less than a bridge.";

    /// <summary>A second teacher, and a third.</summary>
    public static readonly Person Theo = new(new("0190c0de-0000-7000-8000-0000000000f1"), "Theo", Server.Platform.Web.Roles.Learner, Server.Platform.Web.Roles.Teacher);

    private static readonly Written Question = new()
    {
        Prompt = "What should a town spend its money on?",
        Rubric = [new("content", "Content", 4, "Says what and why"), new("style", "Style", 2)],
        ModelAnswer = "On its trees, because they serve everybody.",
        KeyPoints = ["Names one thing"],
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    extension(TriposApp app)
    {
        /// <summary>Theo has an account.</summary>
        public Task HasTheo() => app.Run("""
            WITH person AS (
                INSERT INTO users (id, display_name, email, normalized_email, security_stamp, concurrency_stamp) VALUES ($1, 'Theo', 'theo@example.org', 'THEO@EXAMPLE.ORG', 'cast', 'cast') ON CONFLICT DO NOTHING RETURNING id)
            INSERT INTO user_roles (user_id, role) SELECT id, 'teacher' FROM person
            """, Theo.Id);

        /// <summary>A test of one essay that is judged by two traits.</summary>
        public async Task<MadeTest> HasJudgedTest(TestPolicy? policy = null, object? plan = null)
        {
            var test = await app.HasTest(0, policy, title: "Essays");
            var (questionId, versionId) = await app.HasQuestion(Question with { Prompt = $"{Question.Prompt} {test.Id}" }, kindName: "essay");
            await app.Run("INSERT INTO test_slots (test_id, position, question_id, points) VALUES ($1, 1, $2, 6)", test.Id, questionId);
            if (plan is not null)
            {
                (await app.As(Tess).PutAsJsonAsync($"/api/tests/{test.Id}/marking-plan", plan, Ct)).EnsureSuccessStatusCode();
            }

            return test with { QuestionIds = [questionId], VersionIds = [versionId] };
        }

        /// <summary>Ada has written such an essay.</summary>
        public async Task<Guid> HasJudgedEssay(TestPolicy? policy = null, object? plan = null, string text = Essay) =>
            (await app.Writes(Ada, await app.HasJudgedTest(policy, plan), text)).AttemptId;

        public Task<HttpResponseMessage> SendsMark(Person teacher, Guid attempt, double? content, double? style, int revision = 0, bool draft = false, object[]? comments = null, string? reason = null, string? summary = null) =>
            app.As(teacher).PutAsJsonAsync($"/api/marking/{attempt}/1", new { revision, draft, scores = new { content, style }, comments = comments ?? [], reason, summary }, Ct);

        /// <summary>Where the answer stands after somebody's mark.</summary>
        public async Task<GiveMark.Given> Marks(Person teacher, Guid attempt, double content, double style, int revision = 0, object[]? comments = null, string? reason = null, string? summary = null)
        {
            var reply = await app.SendsMark(teacher, attempt, content, style, revision, comments: comments, reason: reason, summary: summary);
            Assert.True(reply.StatusCode == HttpStatusCode.OK, await reply.Content.ReadAsStringAsync(Ct));
            return (await reply.Content.ReadFromJsonAsync<GiveMark.Given>(Speaking.Json, Ct))!;
        }

        public Task<HttpResponseMessage> Withdraws(Person teacher, Guid attempt, int revision, string reason = "A slip") =>
            app.As(teacher).DeleteAsync($"/api/marking/{attempt}/1?revision={revision}&reason={Uri.EscapeDataString(reason)}", Ct);

        public async Task<JsonElement> ReadsMarking(Person teacher, Guid attempt) => await app.As(teacher).GetFromJsonAsync<JsonElement>($"/api/marking/{attempt}/1", Ct);

        public async Task<JsonElement> ReadsFeedback(Person reader, Guid attempt) => await app.As(reader).GetFromJsonAsync<JsonElement>($"/api/attempts/{attempt}/evaluations/1", Ct);

        /// <summary>A program's verdict arrives, as its worker would write it.</summary>
        public async Task Judges(Guid attempt, EvaluatorKind evaluator, double content, double style, string summary = "A clear answer.")
        {
            Verdict verdict = new(
                [
                    new("content", content, 4, "It says what and why.", [new("a reason", Place.InText(Essay, 27, 18)) { IsGood = true }, new("overlaps", Place.InText(Essay, 32, 25))]),
                    new("style", style, 2, "Short sentences.", []),
                ], summary, [new Suggestion("Join the sentences.", "style", Place.InText(Essay, 0, 26))]);
            await app.RunJobsAsync();
            var queue = (EvaluationQueue)app.Services.GetService(typeof(EvaluationQueue))!;
            await app.Run("""
                INSERT INTO evaluations (id, attempt_id, position, learner_id, question_version_id, profile, evaluator, usage_type)
                SELECT $1, n.attempt_id, n.position, t.learner_id, n.question_version_id, '', $3, 'writing' FROM answers n JOIN attempts t ON t.id = n.attempt_id WHERE n.attempt_id = $2 ON CONFLICT DO NOTHING
                """, Guid.CreateVersion7(), attempt, AppWord(evaluator));
            await app.Run("UPDATE evaluations SET run_at = now() - interval '1 hour' WHERE attempt_id = $1", attempt);
            await app.Run("UPDATE evaluations SET run_at = now() + interval '1 day' WHERE attempt_id <> $1 AND status = 'waiting'", attempt);
            var taken = await queue.TakeAsync(evaluator, Ct);
            await queue.CompleteAsync(taken!, new Evaluated(verdict, $"{evaluator} judge 1"), TimeSpan.FromMilliseconds(5), Ct);
        }

        public Task<float> PointsOf(Guid attempt) => app.Value<float>("SELECT points FROM attempts WHERE id = $1", attempt);

        private static string AppWord(EvaluatorKind evaluator) => evaluator.ToString().ToLowerInvariant();
    }
}
