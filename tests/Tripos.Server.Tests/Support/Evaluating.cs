using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Tripos.Evaluation;
using Tripos.Questions;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Evaluation;

namespace Tripos.Server.Tests.Support;

/// <summary>What tests arrange about evaluations, and what they look at.</summary>
public static class Evaluating
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    extension(TriposApp app)
    {
        /// <summary>Somebody asks for a model's verdict.</summary>
        public Task<HttpResponseMessage> AsksModel(Person person, MadeAnswer answer, int position = 1) =>
            app.As(person).PostAsync($"/api/attempts/{answer.AttemptId}/evaluations/{position}", null, Ct);

        public async Task<AskModel.Asked> IsAsked(Person person, MadeAnswer answer)
        {
            var reply = await app.AsksModel(person, answer);
            Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync(Ct));
            return (await reply.Content.ReadFromJsonAsync<AskModel.Asked>(Speaking.Json, Ct))!;
        }

        /// <summary>Points, open points and who gave the traits, of the first answer: "4 0 model".</summary>
        public Task<string> PointsOf(MadeAnswer answer, int position = 1) => app.Value<string>("""
            SELECT concat_ws(' ', points, points_open, (SELECT string_agg(DISTINCT t->>'by', '+' ORDER BY t->>'by') FROM jsonb_array_elements(traits) t)) FROM answers WHERE attempt_id = $1 AND position = $2
            """, answer.AttemptId, (short)position);

        /// <summary>Status, tries and notice of the newest evaluation by a program.</summary>
        public Task<string> StateOf(MadeAnswer answer, string evaluator = "model") => app.Value<string>(
            "SELECT concat_ws(' ', status, tries, notice) FROM evaluations WHERE attempt_id = $1 AND evaluator = $2 ORDER BY created_at DESC LIMIT 1", answer.AttemptId, evaluator);

        public async Task<Verdict> VerdictOf(MadeAnswer answer, string evaluator = "model", int position = 1) => JsonSerializer.Deserialize<Verdict>(await app.Value<string>(
            "SELECT verdict::text FROM evaluations WHERE attempt_id = $1 AND evaluator = $2 AND status = 'done' AND position = $3", answer.AttemptId, evaluator, (short)position), QuestionJson.Options)!;

        /// <summary>Lets what waits for its next try be due now.</summary>
        public Task IsDueAgain(MadeAnswer answer) => app.Run("UPDATE evaluations SET run_at = now() - interval '1 second' WHERE status = 'waiting' AND attempt_id = $1", answer.AttemptId);

        /// <summary>One turn of a worker.</summary>
        public Task<bool> EvaluatesNext(EvaluatorKind evaluator, CancellationToken stopping) => app.Services.GetRequiredService<EvaluateNext>().RunAsync(evaluator, stopping);

        /// <summary>What a person has spent so far.</summary>
        public Task<long> SpentBy(Person person) => app.Value<long>("SELECT COALESCE(sum(balance), 0)::bigint FROM credit_accounts WHERE user_id = $1 AND account = 'spent'", person.Id);
    }
}
