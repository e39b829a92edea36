using System.Net.Http.Json;
using System.Text.Json;
using Tripos.Server.Features.Review;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Support;

/// <summary>What tests arrange about the review deck.</summary>
public static class Decks
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    extension(TriposApp app)
    {
        /// <summary>A card of the learner's own, new.</summary>
        public async Task<long> HasNoteCard(Person? learner = null, string? front = null)
        {
            var reply = await app.As(learner ?? Ada).PostAsJsonAsync("/api/review/notes", new { kind = "basic", front = front ?? $"Front {Guid.NewGuid():n}", back = "Back" }, Ct);
            Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync(Ct));
            var note = (await reply.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("noteId").GetGuid();
            return await app.Value<long>("SELECT id FROM review_cards WHERE note_id = $1", note);
        }

        /// <summary>The card of a question that the learner just answered wrongly.</summary>
        public async Task<(long CardId, MadeTest Test)> HasMistake(Person? learner = null)
        {
            var test = await app.HasTest(1);
            await app.Sits(learner ?? Ada, test, "b");
            await app.RunFoldsAsync();
            return (await app.CardOf(test.QuestionIds[0], learner) ?? throw new InvalidOperationException("The mistake made no card."), test);
        }

        public async Task<long?> CardOf(int questionId, Person? learner = null) =>
            await app.Value<long?>("SELECT max(id) FROM review_cards WHERE question_id = $1 AND learner_id = $2", questionId, (learner ?? Ada).Id);

        public Task<HttpResponseMessage> PostsReview(Person learner, long card, string recall, Guid? request = null) =>
            app.As(learner).PostAsJsonAsync($"/api/review/cards/{card}/reviews", new { recall, elapsedMs = 4000, requestId = request }, Ct);

        public async Task<JsonElement> Rates(long card, string recall, Person? learner = null)
        {
            var reply = await app.PostsReview(learner ?? Ada, card, recall);
            Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync(Ct));
            return await reply.Content.ReadFromJsonAsync<JsonElement>(Ct);
        }

        /// <summary>A file of cards that Ada has uploaded and not said yes to.</summary>
        public Task<Guid> HasCardImport(string content = "Front\tBack") => app.Value<Guid>(
            "INSERT INTO card_imports (id, learner_id, file_name, content) VALUES ($1, $2, 'cards.txt', convert_to($3, 'UTF8')) RETURNING id", Guid.CreateVersion7(), Ada.Id, content);

        /// <summary>Everything that is derived of a learner's cards, to the last bit.</summary>
        public async Task<string> DeckAsText(Guid? learnerId = null) => await app.Value<string>("""
            SELECT string_agg(concat_ws(' ', question_id, note_id, ordinal, reviews, state, encode(float8send(stability), 'hex'), encode(float8send(difficulty), 'hex'), due_at, last_review_at, step, reps, lapses, scheduled_days), E'\n' ORDER BY id)
                || E'\n' || COALESCE((SELECT string_agg(concat_ws(' ', learner_id, kind, recent_ms), E'\n' ORDER BY learner_id, kind) FROM answer_paces), '')
                || E'\n' || (SELECT count(*) FROM card_reviews)
            FROM review_cards WHERE $1::uuid IS NULL OR learner_id = $1
            """, learnerId);

        /// <summary>Turns time back for a card and its reviews, as if all of it had happened so many days earlier.</summary>
        public async Task Ages(long card, int days)
        {
            await app.Run("UPDATE review_cards SET due_at = due_at - make_interval(days => $2), last_review_at = last_review_at - make_interval(days => $2), added_at = added_at - make_interval(days => $2) WHERE id = $1", card, days);
            await app.Run("UPDATE card_reviews SET at = at - make_interval(days => $2) WHERE card_id = $1", card, days);
        }
    }
}
