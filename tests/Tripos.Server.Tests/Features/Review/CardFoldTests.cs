using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Features.Folds;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Review;

/// <summary>Which answers make cards, what they say of them, and that all of it can be computed again.</summary>
public sealed class CardFoldTests(TriposApp app) : IClassFixture<TriposApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wrong_answer_makes_a_card_and_a_right_one_does_not()
    {
        var test = await app.HasTest(2);

        await app.Sits(Ada, test, "a", "b");
        await app.RunFoldsAsync();

        Assert.Null(await app.CardOf(test.QuestionIds[0]));
        var card = await app.CardOf(test.QuestionIds[1]);
        Assert.Equal("learning 1 answer", await ReviewOf(card));
    }

    [Fact]
    public async Task A_right_answer_reviews_a_card_that_is_there()
    {
        var (card, test) = await app.HasMistake();

        await app.Sits(Ada, test, "a");
        await app.RunFoldsAsync();

        Assert.Equal("learning 3 answer", await ReviewOf(card));
        Assert.Equal(2, await app.Value<int>("SELECT reps FROM review_cards WHERE id = $1", card));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 2)]
    [InlineData(3, null)]
    [InlineData(5, null)]
    public async Task Who_was_not_sure_gets_a_card_although_the_answer_was_right(int confidence, int? recall)
    {
        var test = await app.HasTest(1);
        var attempt = await app.Starts(Ada, test);
        (await app.As(Ada).PutAsJsonAsync($"/api/attempts/{attempt}/answers/1", new { response = new { chosen = new[] { "a" } }, sequence = 1, confidence }, Ct)).EnsureSuccessStatusCode();
        await app.Submits(Ada, attempt);

        await app.RunFoldsAsync();

        Assert.Equal((short?)recall, await app.Value<short?>("SELECT max(r.recall) FROM card_reviews r JOIN review_cards c ON c.id = r.card_id WHERE c.question_id = $1", test.QuestionIds[0]));
    }

    [Fact]
    public async Task Slow_and_fast_are_measured_by_the_learners_own_median_for_the_kind()
    {
        var test = await app.HasTest(8);
        var attempt = await app.Starts(Otto, test);
        long[] times = [10_000, 10_000, 10_000, 10_000, 10_000, 16_000, 7_000, 14_000];
        for (int i = 0; i < times.Length; i++)
        {
            var answer = new { response = new { chosen = new[] { i == 6 ? "b" : "a" } }, sequence = 1, elapsedMs = times[i], confidence = i == 7 ? 5 : 3 };
            (await app.As(Otto).PutAsJsonAsync($"/api/attempts/{attempt}/answers/{i + 1}", answer, Ct)).EnsureSuccessStatusCode();
        }

        await app.Submits(Otto, attempt);
        await app.RunFoldsAsync();

        Assert.Equal("6:2 7:1", await app.Value<string>("SELECT string_agg(position || ':' || recall, ' ' ORDER BY position) FROM card_reviews WHERE attempt_id = $1", attempt));
    }

    [Fact]
    public async Task What_a_test_does_not_show_again_is_not_asked_before_it_does()
    {
        var closed = await app.HasTest(1, new TestPolicy { ShowAnswers = false });
        var later = await app.HasTest(1, new TestPolicy { ReviewOpensAt = DateTimeOffset.UtcNow.AddDays(3) });
        await app.Sits(Ada, closed, "b");
        await app.Sits(Ada, later, "b");

        await app.RunFoldsAsync();

        var due = await app.As(Ada).GetFromJsonAsync<System.Text.Json.JsonElement>("/api/review/due", Ct);
        Assert.DoesNotContain(due.GetProperty("cards").EnumerateArray(), card => card.GetProperty("questionId").GetInt32() == closed.QuestionIds[0] || card.GetProperty("questionId").GetInt32() == later.QuestionIds[0]);
        Assert.Equal("infinity", await app.Value<string>("SELECT withheld_until::text FROM review_cards WHERE question_id = $1", closed.QuestionIds[0]));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await app.As(Ada).PostAsJsonAsync("/api/review/cards", new { questionId = closed.QuestionIds[0] }, Ct)).StatusCode);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Rebuilt_is_what_was_kept_up_bit_for_bit(int seed)
    {
        var random = new Random(seed);
        var test = await app.HasTest(5);
        List<long> cards = [await app.HasNoteCard(), await app.HasNoteCard()];
        for (int step = 0; step < 16; step++)
        {
            switch (random.Next(5))
            {
                case 0 or 1:
                    var attempt = await app.Sits(random.Next(4) == 0 ? Otto : Ada, test, [.. test.QuestionIds.Select(_ => random.Next(3) switch { 0 => "a", 1 => "b", _ => "" })]);
                    await app.Run("INSERT INTO graded_facts (attempt_id, cause) SELECT $1, 'submission' FROM generate_series(1, $2)", attempt, random.Next(3)); // delivered again
                    break;
                case 2:
                    await app.Rates(cards[random.Next(cards.Count)], ((string[])["again", "hard", "good", "easy"])[random.Next(4)]);
                    break;
                case 3:
                    await app.As(Ada).DeleteAsync("/api/review/reviews/last", Ct);
                    break;
                default:
                    await app.RunFoldsAsync();
                    foreach (int question in test.QuestionIds)
                    {
                        cards = [.. cards.Append(await app.CardOf(question) ?? cards[0]).Distinct()];
                    }

                    break;
            }
        }

        await app.RunFoldsAsync();
        string kept = await app.DeckAsText();
        await app.Run("UPDATE review_cards SET stability = stability + 1, difficulty = 1, due_at = now(), step = 0, reps = 99 WHERE state <> 'new'"); // lost, and found again

        await RebuildAsync();

        Assert.Equal(kept, await app.DeckAsText());
    }

    [Fact]
    public async Task Keeping_up_gives_what_a_rebuild_gives()
    {
        var test = await app.HasTest(4);
        for (int i = 0; i < 3; i++)
        {
            await app.Sits(Ada, test, "b", "a", i == 1 ? "a" : "b", "b");
            await app.RunFoldsAsync();
            await app.Rates((await app.CardOf(test.QuestionIds[3]))!.Value, i == 0 ? "good" : "easy");
        }

        await app.As(Ada).DeleteAsync("/api/review/reviews/last", Ct);
        string kept = await app.DeckAsText();

        await RebuildAsync();

        Assert.Equal(kept, await app.DeckAsText());
    }

    private async Task RebuildAsync()
    {
        var runner = app.Services.GetRequiredService<FoldRunner>();
        await runner.RebuildAsync(runner.Folds.Single(fold => fold.Name == "cards"), Ct);
    }

    private Task<string> ReviewOf(long? card) =>
        app.Value<string>("SELECT c.state || ' ' || r.recall || ' ' || r.source FROM review_cards c JOIN card_reviews r ON r.card_id = c.id AND r.number = c.reviews WHERE c.id = $1", card);
}
