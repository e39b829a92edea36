using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Tripos.Server.Features.Practice;

namespace Tripos.Server.Tests.Support;

/// <summary>What tests arrange about practice sessions.</summary>
public static class Practising
{
    extension(TriposApp app)
    {
        /// <summary>A topic with single-choice questions, of which "a" is right, and the catalogue that knows them.</summary>
        public async Task<(int Topic, int[] Questions)> HasPracticeTopic(int questions, string? name = null, string status = "live")
        {
            int topic = await app.HasTopic(name ?? $"Topic {Guid.NewGuid():n}");
            List<int> ids = [];
            for (int n = 1; n <= questions; n++)
            {
                ids.Add((await app.HasQuestion(Exams.Choice($"Question {n} of {topic}?", "a"), topic, difficulty: 1 + n % 5)).QuestionId);
            }

            await app.Run("UPDATE questions SET status = $2 WHERE topic_id = $1", topic, status);
            await app.KnowsItsQuestions();
            return (topic, [.. ids]);
        }

        /// <summary>Reads again what can be practised, as the server does every few seconds.</summary>
        public Task KnowsItsQuestions() => app.Services.GetRequiredService<PracticeItems>().RefreshAsync(TestContext.Current.CancellationToken);

        public async Task<Guid> StartsSession(Person learner, int[] topicIds, string kind = "adaptive", long? seed = null)
        {
            var reply = await app.As(learner).PostAsJsonAsync("/api/practice/sessions", new { kind, topicIds, seed, length = kind == "adaptive" ? "standard" : null }, TestContext.Current.CancellationToken);
            Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            return (await reply.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("attemptId").GetGuid();
        }

        /// <summary>The question a session is at.</summary>
        public async Task<JsonElement> Next(Person learner, Guid attempt)
        {
            var reply = await app.As(learner).GetAsync($"/api/practice/next?attemptId={attempt}", TestContext.Current.CancellationToken);
            Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            return await reply.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        }

        /// <summary>Answers the open question and closes it; in tests without being shown what was right.</summary>
        public async Task AnswersOpen(Person learner, Guid attempt, int position, string option = "a", string closing = "feedback")
        {
            (await app.Saves(learner, attempt, position, option)).EnsureSuccessStatusCode();
            (await app.As(learner).PutAsync($"/api/attempts/{attempt}/answers/{position}/{closing}", null, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
            await app.RunFoldsAsync();
        }

        /// <summary>The questions of an attempt, in their order.</summary>
        public async Task<int[]> QuestionsOf(Guid attempt) => await app.Value<int[]>(
            "SELECT COALESCE(array_agg(v.question_id ORDER BY x.position), '{}') FROM answers x JOIN question_versions v ON v.id = x.question_version_id WHERE x.attempt_id = $1", attempt);
    }
}
