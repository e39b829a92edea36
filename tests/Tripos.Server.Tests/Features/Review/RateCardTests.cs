using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Review;

/// <summary>Reviewing the deck by its API.</summary>
public sealed class RateCardTests(TriposApp app) : IClassFixture<TriposApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rating_moves_the_card_on_and_says_when_it_comes_back()
    {
        var card = await app.HasNoteCard();

        var good = await app.Rates(card, "good");
        var again = await app.Rates(card, "good");

        Assert.Equal(("learning", 1), (good.GetProperty("state").GetString(), good.GetProperty("number").GetInt32()));
        Assert.Equal(("review", 2), (again.GetProperty("state").GetString(), again.GetProperty("number").GetInt32()));
        Assert.InRange(again.GetProperty("scheduledDays").GetInt32(), 2, 3);
    }

    [Fact]
    public async Task The_same_request_counts_once()
    {
        var card = await app.HasNoteCard();
        var request = Guid.NewGuid();

        var first = await app.PostsReview(Ada, card, "good", request);
        var second = await app.PostsReview(Ada, card, "again", request);

        Assert.Equal(await first.Content.ReadAsStringAsync(Ct), await second.Content.ReadAsStringAsync(Ct));
        Assert.Equal(1L, await app.Value<long>("SELECT count(*) FROM card_reviews WHERE card_id = $1", card));
    }

    [Fact]
    public async Task Two_ratings_in_one_moment_are_numbered_one_after_the_other()
    {
        var card = await app.HasNoteCard();

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => app.Rates(card, "good")));

        Assert.Equal("1 2 3 4 5 6", await app.Value<string>("SELECT string_agg(number::text, ' ' ORDER BY number) FROM card_reviews WHERE card_id = $1", card));
    }

    [Fact]
    public async Task Undo_takes_the_last_review_back_and_keeps_it_marked()
    {
        var card = await app.HasNoteCard();
        await app.Rates(card, "good");
        string before = await app.DeckAsText();
        await app.Rates(card, "easy");

        var undone = await app.As(Ada).DeleteAsync("/api/review/reviews/last", Ct);

        Assert.Equal(HttpStatusCode.OK, undone.StatusCode);
        Assert.Equal("learning 1", await app.Value<string>("SELECT state || ' ' || reps FROM review_cards WHERE id = $1", card));
        Assert.Equal(2L, await app.Value<long>("SELECT count(*) FROM card_reviews WHERE card_id = $1", card));
        Assert.NotEqual(before, await app.DeckAsText());
        var next = await app.Rates(card, "good");
        Assert.Equal(("review", 3), (next.GetProperty("state").GetString(), next.GetProperty("number").GetInt32()));
    }

    [Fact]
    public async Task With_nothing_to_undo_it_says_so()
    {
        var reply = await app.As(Tess).DeleteAsync("/api/review/reviews/last", Ct);

        await AssertProblem(HttpStatusCode.Conflict, "review-nothing-to-undo", reply);
    }

    [Fact]
    public async Task What_is_due_is_counted_and_listed()
    {
        var card = await app.HasNoteCard(Otto, "What is due?");
        var before = await DueAsync(Otto);
        await app.Rates(card, "good", Otto);

        var due = await DueAsync(Otto);

        Assert.Equal((1, 0), (before.GetProperty("new").GetInt32(), before.GetProperty("learning").GetInt32()));
        Assert.Equal((0, 1), (due.GetProperty("new").GetInt32(), due.GetProperty("learning").GetInt32()));
        Assert.Equal("What is due?", Assert.Single(due.GetProperty("cards").EnumerateArray()).GetProperty("frontHtml").GetString());
    }

    [Fact]
    public async Task Somebody_elses_card_does_not_exist()
    {
        var card = await app.HasNoteCard();

        await AssertProblem(HttpStatusCode.NotFound, "card-not-found", await app.PostsReview(Otto, card, "good"));
        Assert.Equal(0L, await app.Value<long>("SELECT count(*) FROM card_reviews WHERE card_id = $1", card));
    }

    [Theory]
    [InlineData("""{"recall": "perfect"}""")]
    [InlineData("""{"recall": 7}""")]
    [InlineData("""{}""")]
    [InlineData("""{"recall": "good", "elapsedMs": -1}""")]
    public async Task A_rating_that_is_none_is_refused(string body)
    {
        var card = await app.HasNoteCard();

        var reply = await app.As(Ada).PostAsync($"/api/review/cards/{card}/reviews", new StringContent(body, System.Text.Encoding.UTF8, "application/json"), Ct);

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Equal(0L, await app.Value<long>("SELECT count(*) FROM card_reviews WHERE card_id = $1", card));
    }

    [Fact]
    public async Task A_question_is_added_once_its_answer_was_seen()
    {
        var test = await app.HasTest(2);
        Assert.Equal(HttpStatusCode.NotFound, (await app.As(Ada).PostAsJsonAsync("/api/review/cards", new { questionId = test.QuestionIds[0] }, Ct)).StatusCode);
        await app.Sits(Ada, test, "a", "a");

        var added = await app.As(Ada).PostAsJsonAsync("/api/review/cards", new { questionId = test.QuestionIds[0] }, Ct);
        var twice = await app.As(Ada).PostAsJsonAsync("/api/review/cards", new { questionId = test.QuestionIds[0] }, Ct);

        Assert.True((await added.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("isNew").GetBoolean());
        Assert.False((await twice.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("isNew").GetBoolean());
        Assert.Equal("new", await app.Value<string>("SELECT state FROM review_cards WHERE question_id = $1", test.QuestionIds[0]));
    }

    [Fact]
    public async Task A_suspended_card_is_not_asked_and_a_removed_one_is_gone_with_its_note()
    {
        var card = await app.HasNoteCard(Tess);

        var suspended = await app.As(Tess).PutAsJsonAsync($"/api/review/cards/{card}/suspension", new { suspended = true }, Ct);
        Assert.Equal(HttpStatusCode.NoContent, suspended.StatusCode);
        Assert.Equal(0, (await DueAsync(Tess)).GetProperty("new").GetInt32());

        Assert.Equal(HttpStatusCode.NoContent, (await app.As(Tess).DeleteAsync($"/api/review/cards/{card}", Ct)).StatusCode);
        Assert.Equal(0L, await app.Value<long>("SELECT count(*) FROM notes WHERE learner_id = $1", Tess.Id));
    }

    private async Task<JsonElement> DueAsync(Person learner) => await app.As(learner).GetFromJsonAsync<JsonElement>("/api/review/due", Ct);

    private static async Task AssertProblem(HttpStatusCode status, string code, HttpResponseMessage reply)
    {
        string text = await reply.Content.ReadAsStringAsync(Ct);
        Assert.True(reply.StatusCode == status, $"{reply.StatusCode}: {text}");
        Assert.Equal($"/problems/{code}", JsonSerializer.Deserialize<JsonElement>(text).GetProperty("type").GetString());
    }
}
