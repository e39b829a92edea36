using System.Net;
using System.Text.RegularExpressions;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Review;

/// <summary>A session by forms alone: no script is needed to review.</summary>
public sealed partial class SessionPageTests(TriposApp app) : IClassFixture<TriposApp>
{
    private const string Page = "/review/session";

    [Fact]
    public async Task A_note_is_asked_shown_and_rated()
    {
        var card = await app.HasNoteCard(Ada, "What is two and two?");
        using var ada = await app.InBrowserOf(Ada);

        string asked = await TextAsync(ada, $"{Page}?card={card}");
        Assert.Contains("What is two and two?", asked, StringComparison.Ordinal);
        Assert.DoesNotContain(">Back<", asked, StringComparison.Ordinal);
        string shown = await TextAsync(ada, $"{Page}?show={card}");
        Assert.Contains("Back", shown, StringComparison.Ordinal);
        Assert.Matches(@"Good</span>\s*<span class=""small"">10 min", shown);

        var rated = await ada.PostAsync($"{Page}?show={card}", "rate", ("card", $"{card}"), ("recall", "Good"), ("shown", "0"), ("request", $"{Guid.NewGuid()}"));

        Assert.Equal(Page, rated.Headers.Location!.PathAndQuery);
        Assert.Equal("learning 3 deck", await app.Value<string>("SELECT c.state || ' ' || r.recall || ' ' || r.source FROM review_cards c JOIN card_reviews r ON r.card_id = c.id WHERE c.id = $1", card));
        Assert.Contains("Undo", await TextAsync(ada, Page), StringComparison.Ordinal);
        var undone = await ada.PostAsync(Page, "undo");
        Assert.Equal($"{Page}?card={card}", undone.Headers.Location!.PathAndQuery);
        Assert.Equal("new", await app.Value<string>("SELECT state FROM review_cards WHERE id = $1", card));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_question_is_answered_in_the_engine_and_the_rating_stands_for_the_answer(bool foldedFirst)
    {
        var (card, test) = await app.HasMistake(Otto);
        using var otto = await app.InBrowserOf(Otto);
        string asked = await TextAsync(otto, $"{Page}?card={card}");
        string seed = Seed().Match(asked).Groups[1].Value;

        var answered = await otto.PostAsync(Page, "answer", ("card", $"{card}"), ("version", $"{test.VersionIds[0]}"), ("seed", seed), ("shown", "0"), ("q1", "a"), ("c1", "5"), ("response", ""));
        string review = answered.Headers.Location!.PathAndQuery;
        if (foldedFirst)
        {
            await app.RunFoldsAsync();
        }

        string shown = await TextAsync(otto, review);
        Assert.Contains("Right", shown, StringComparison.Ordinal);
        Assert.Contains("Suggested: Good", shown, StringComparison.Ordinal);
        Assert.Contains("data-rate=\"3\" data-suggested", shown, StringComparison.Ordinal);
        var attempt = Guid.Parse(Attempt().Match(review).Groups[1].Value);
        await otto.PostAsync(review, "rate", ("card", $"{card}"), ("recall", "Hard"), ("shown", "0"), ("attempt", $"{attempt}"), ("request", $"{Guid.NewGuid()}"));
        await app.RunFoldsAsync();

        Assert.Equal("review graded", await app.Value<string>("SELECT mode || ' ' || status FROM attempts WHERE id = $1", attempt));
        Assert.Equal(1L, await app.Value<long>("SELECT count(*) FROM responses WHERE attempt_id = $1 AND correct", attempt));
        Assert.Equal("1 2", await app.Value<string>("SELECT string_agg(recall::text, ' ' ORDER BY number) FROM card_reviews WHERE card_id = $1 AND undone_at IS NULL", card));
        Assert.Equal(2, await app.Value<int>("SELECT reps FROM review_cards WHERE id = $1", card));
    }

    [Fact]
    public async Task An_answer_that_is_never_rated_counts_as_it_is()
    {
        var (card, test) = await app.HasMistake(Tess);
        using var tess = await app.InBrowserOf(Tess);

        await tess.PostAsync(Page, "answer", ("card", $"{card}"), ("version", $"{test.VersionIds[0]}"), ("seed", "1"), ("shown", "0"), ("q1", "b"), ("response", ""));
        await app.RunFoldsAsync();

        Assert.Equal("1 1", await app.Value<string>("SELECT string_agg(recall::text, ' ' ORDER BY number) FROM card_reviews WHERE card_id = $1", card));
    }

    [Fact]
    public async Task Without_an_answer_the_page_says_so_and_asks_again()
    {
        var (card, test) = await app.HasMistake();
        using var ada = await app.InBrowserOf(Ada);

        var reply = await ada.PostAsync(Page, "answer", ("card", $"{card}"), ("version", $"{test.VersionIds[0]}"), ("seed", "1"), ("shown", "0"), ("response", ""));

        string text = await reply.Content.ReadAsStringAsync(Visit.Ct);
        Assert.Contains("role=\"alert\"", text, StringComparison.Ordinal);
        Assert.Contains("Check the answer", text, StringComparison.Ordinal);
        Assert.Equal(0L, await app.Value<long>("SELECT count(*) FROM attempts a JOIN answers x ON x.attempt_id = a.id WHERE a.mode = 'review' AND x.question_version_id = $1", test.VersionIds[0]));
    }

    [Fact]
    public async Task Somebody_elses_card_or_answer_is_not_there()
    {
        var card = await app.HasNoteCard();
        var attempt = await app.Sits(Ada, await app.HasTest(1), "a");
        using var otto = await app.InBrowserOf(Otto);

        Assert.Equal(HttpStatusCode.NotFound, (await otto.GetAsync($"{Page}?card={card}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await otto.GetAsync($"{Page}?show={card}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await otto.GetAsync($"{Page}?answered={attempt}")).StatusCode);
    }

    [Theory]
    [InlineData("essay")]
    [InlineData("code-answer")]
    public async Task What_nobody_can_judge_at_once_is_rated_by_the_learner(string kind)
    {
        var test = await app.HasTestOf([kind]);
        var attempt = await app.Starts(Ada, test);
        await app.Answers(Ada, attempt, 1, Bodies.RightAnswer(kind));
        await app.Submits(Ada, attempt);
        using var ada = await app.InBrowserOf(Ada);
        await ada.PostAsync("/review/cards", "add", ("questionId", $"{test.QuestionIds[0]}"));
        var card = await app.CardOf(test.QuestionIds[0]);

        string asked = await TextAsync(ada, $"{Page}?card={card}");
        string shown = await TextAsync(ada, $"{Page}?show={card}");

        Assert.Contains("Show the answer", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("Check the answer", asked, StringComparison.Ordinal);
        Assert.Contains("How well did you remember it?", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_result_of_a_test_puts_a_question_into_the_deck()
    {
        var test = await app.HasTest(1);
        var attempt = await app.Sits(Ada, test, "a");
        using var ada = await app.InBrowserOf(Ada);
        Assert.Contains("Add to my deck", await TextAsync(ada, $"/attempts/{attempt}/result"), StringComparison.Ordinal);

        var added = await ada.PostAsync("/review/cards", "add", ("questionId", $"{test.QuestionIds[0]}"));

        Assert.Equal("/review/cards?done=added", added.Headers.Location!.PathAndQuery);
        Assert.NotNull(await app.CardOf(test.QuestionIds[0]));
    }

    [Fact]
    public async Task Single_questions_of_the_deck_do_not_fill_the_history()
    {
        var (card, test) = await app.HasMistake();
        using var ada = await app.InBrowserOf(Ada);
        await ada.PostAsync(Page, "answer", ("card", $"{card}"), ("version", $"{test.VersionIds[0]}"), ("seed", "1"), ("shown", "0"), ("q1", "a"), ("response", ""));

        Assert.DoesNotContain("Review deck", await TextAsync(ada, "/history"), StringComparison.Ordinal);
    }

    private static async Task<string> TextAsync(Visit browser, string path)
    {
        var reply = await browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        return await reply.Content.ReadAsStringAsync(Visit.Ct);
    }

    [GeneratedRegex("name=\"seed\" value=\"(\\d+)\"")]
    private static partial Regex Seed();

    [GeneratedRegex("answered=([0-9a-f-]{36})")]
    private static partial Regex Attempt();
}
