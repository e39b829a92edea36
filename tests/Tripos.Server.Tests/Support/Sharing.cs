using System.Net.Http.Json;
using Tripos.Questions;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Features.SharedAnswers;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Support;

/// <summary>An answer in a finished attempt, at position 1.</summary>
public sealed record MadeAnswer(MadeTest Test, Guid AttemptId)
{
    public int QuestionId => Test.QuestionIds[0];
}

/// <summary>What tests arrange about shared answers.</summary>
public static class Sharing
{
    public const string Essay = "Rain falls on the hills, and the river carries it home.";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    extension(TriposApp app)
    {
        /// <summary>Ada has answered an essay question and handed it in.</summary>
        public async Task<MadeAnswer> HasEssay(TestPolicy? policy = null, string? text = null) =>
            await app.Writes(Ada, await app.HasTestOf(["essay"], policy), text);

        /// <summary>Somebody sits a test of one essay question.</summary>
        public async Task<MadeAnswer> Writes(Person learner, MadeTest test, string? text = null)
        {
            var attempt = await app.Starts(learner, test);
            (await app.Answers(learner, attempt, 1, System.Text.Json.JsonSerializer.Serialize(new { text = text ?? Essay }))).EnsureSuccessStatusCode();
            await app.Submits(learner, attempt);
            return new MadeAnswer(test, attempt);
        }

        public Task<HttpResponseMessage> PostsShare(Person learner, int questionId, Guid attempt, int position = 1, string? note = null, bool anonymous = false) =>
            app.As(learner).PostAsJsonAsync($"/api/questions/{questionId}/shared-answers", new { attemptId = attempt, position, note, anonymous }, Ct);

        public async Task<SharedAnswer> Shares(Person learner, MadeAnswer answer, string? note = null, bool anonymous = false)
        {
            var reply = await app.PostsShare(learner, answer.QuestionId, answer.AttemptId, note: note, anonymous: anonymous);
            Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync(Ct));
            return (await reply.Content.ReadFromJsonAsync<SharedAnswer>(Speaking.Json, Ct))!;
        }

        /// <summary>Ada shares an essay that nobody else has written yet.</summary>
        public async Task<Guid> HasSharedEssay() => (await app.Shares(Ada, await app.HasEssay())).Id;

        /// <summary>Ada shares what she said.</summary>
        public async Task<Guid> HasSharedRecording() => (await app.Shares(Ada, await app.Says(Ada, await app.HasSpokenTest()))).Id;

        public async Task<MadeTest> HasSpokenTest()
        {
            var test = await app.HasTest(0);
            var (questionId, versionId) = await app.HasQuestion(new Spoken { Prompt = $"Say something {test.Id}" });
            await app.Run("INSERT INTO test_slots (test_id, position, question_id) VALUES ($1, 1, $2)", test.Id, questionId);
            return test with { QuestionIds = [questionId], VersionIds = [versionId] };
        }

        /// <summary>Somebody records an answer to a test of one spoken question.</summary>
        public async Task<MadeAnswer> Says(Person learner, MadeTest test, byte[]? sound = null)
        {
            var attempt = await app.Starts(learner, test);
            var take = await app.Records(learner, attempt, 1, sound);
            (await app.Answers(learner, attempt, 1, $$"""{"recording": "{{take}}", "durationMs": 1000}""")).EnsureSuccessStatusCode();
            await app.Submits(learner, attempt);
            return new MadeAnswer(test, attempt);
        }

        /// <summary>Somebody reports a shared answer; returns the report's id.</summary>
        public async Task<Guid> HasReport(Person reader, Guid answer, string reason = "spam")
        {
            var reply = await app.As(reader).PostAsJsonAsync($"/api/shared-answers/{answer}/reports", new { reason, notes = "Look at it." }, Ct);
            Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync(Ct));
            return await app.Value<Guid>("SELECT id FROM moderation_flags WHERE shared_answer_id = $1 AND reporter_id = $2 ORDER BY id DESC LIMIT 1", answer, reader.Id);
        }
    }
}
