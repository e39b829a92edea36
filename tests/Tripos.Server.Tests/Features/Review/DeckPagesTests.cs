using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tripos.Server.Features.Review;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Review;

/// <summary>The deck with its limits, plans, imports and settings.</summary>
public sealed class DeckPagesTests(TriposApp app) : IClassFixture<TriposApp>
{
    private static readonly (string, string)[] UsualSettings =
    [
        ("Form.NewPerDay", "20"), ("Form.ReviewsPerDay", "200"), ("Form.MinutesPerDay", ""), ("Form.Retention", "90"), ("Form.LearningSteps", "1m 10m"), ("Form.RelearningSteps", "10m"), ("Form.Fuzz", "true"),
        ("Form.VacationFrom", ""), ("Form.VacationTo", ""), .. Enumerable.Range(0, 7).Select(day => ($"easy-{day}", "100")),
    ];

    [Fact]
    public async Task An_empty_deck_says_what_to_do()
    {
        using var root = await app.InBrowserOf(Root);

        Assert.Contains("Your deck is empty", await TextAsync(root, "/review"), StringComparison.Ordinal);
        Assert.Contains("Done for today", await TextAsync(root, "/review/session"), StringComparison.Ordinal);
        Assert.Contains("There are no cards yet", await TextAsync(root, "/review/cards"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backlog_is_spread_over_days_and_the_plan_is_kept()
    {
        await ForgetAsync(Otto);
        for (int i = 0; i < 12; i++)
        {
            var card = await app.HasNoteCard(Otto);
            await app.Rates(card, "easy", Otto);
            await app.Ages(card, 40);
        }

        using var otto = await app.InBrowserOf(Otto);
        Assert.Contains("12 cards for today", await TextAsync(otto, "/review"), StringComparison.Ordinal);

        await otto.PostAsync("/review/settings", "deck", Settings(("Form.ReviewsPerDay", "5")));
        Assert.Contains("Make a plan to catch up", await TextAsync(otto, "/review"), StringComparison.Ordinal);
        await otto.PostAsync("/review/plan?days=4", "start");

        Assert.Equal(3, await app.Value<int>("SELECT catch_up_per_day FROM deck_settings WHERE learner_id = $1", Otto.Id));
        Assert.Contains("3 cards for today", await TextAsync(otto, "/review"), StringComparison.Ordinal);
        await otto.PostAsync("/review/plan", "stop");
        Assert.Contains("5 cards for today", await TextAsync(otto, "/review"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_holiday_nothing_is_asked()
    {
        await ForgetAsync(Tess);
        var card = await app.HasNoteCard(Tess);
        await app.Rates(card, "easy", Tess);
        await app.Ages(card, 40);
        await app.HasNoteCard(Tess);
        using var tess = await app.InBrowserOf(Tess);
        string today = DateTime.UtcNow.AddDays(-1).ToString("yyyy-MM-dd"), later = DateTime.UtcNow.AddDays(5).ToString("yyyy-MM-dd");

        var saved = await tess.PostAsync("/review/settings", "deck", Settings(("Form.VacationFrom", today), ("Form.VacationTo", later)));

        Assert.Equal("/review/settings?done=saved", saved.Headers.Location!.PathAndQuery);
        string page = await TextAsync(tess, "/review");
        Assert.Contains("Nothing is left for today", page, StringComparison.Ordinal);
        Assert.Contains("You are on holiday", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Form.Retention", "99", "between 80 and 97")]
    [InlineData("Form.LearningSteps", "soon", "Write waits such as")]
    [InlineData("Form.VacationFrom", "2030-01-01", "the first and the last day")]
    [InlineData("Form.ReviewsPerDay", "0", "how many reviews a day")]
    public async Task Settings_that_make_no_sense_are_refused_at_their_field(string field, string value, string message)
    {
        using var ada = await app.InBrowserOf(Ada);

        var reply = await ada.PostAsync("/review/settings", "deck", Settings((field, value)));

        Assert.Contains(message, await reply.Content.ReadAsStringAsync(Visit.Ct), StringComparison.Ordinal);
        Assert.Equal(0L, await app.Value<long>("SELECT count(*) FROM deck_settings WHERE learner_id = $1", Ada.Id));
    }

    [Fact]
    public async Task A_file_from_Anki_is_looked_at_and_then_imported_once()
    {
        using var ada = await app.InBrowserOf(Ada);
        const string File = "#separator:tab\n#html:true\nWhat is <b>bold</b>?\tA weight<script>x()</script>\nThe {{c1::Seine}} flows through {{c2::Paris}}.\t\nno back\n";

        string preview = (await UploadAsync(ada, File)).Headers.Location!.PathAndQuery;
        string found = await TextAsync(ada, preview);
        Assert.Contains("Add 3 cards", found, StringComparison.Ordinal);
        Assert.Contains("line 5", found, StringComparison.Ordinal);
        Assert.Contains("The back is empty.", found, StringComparison.Ordinal);
        Assert.DoesNotContain("x()", found, StringComparison.Ordinal);
        await ada.PostAsync(preview, "commit");

        Assert.Contains("2 notes were added", await TextAsync(ada, preview), StringComparison.Ordinal);
        Assert.Equal("What is <b>bold</b>? A weight", await app.Value<string>("SELECT front || ' ' || back FROM notes WHERE learner_id = $1 AND kind = 'basic' AND source = 'anki'", Ada.Id));
        Assert.Equal(3L, await app.Value<long>("SELECT count(*) FROM review_cards c JOIN notes n ON n.id = c.note_id WHERE n.source = 'anki' AND c.learner_id = $1", Ada.Id));
        string again = await TextAsync(ada, (await UploadAsync(ada, File)).Headers.Location!.PathAndQuery);
        Assert.DoesNotContain("Add 3 cards", again, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cloze_card_hides_its_own_gap_only()
    {
        var note = await app.As(Ada).PostAsync("/api/review/notes", new StringContent("""{"kind": "cloze", "front": "{{c1::Rome}} lies on the {{c2::Tiber}}"}""", Encoding.UTF8, "application/json"), Visit.Ct);
        Assert.Equal(HttpStatusCode.OK, note.StatusCode);
        var card = await app.Value<long>("SELECT c.id FROM review_cards c JOIN notes n ON n.id = c.note_id WHERE n.front LIKE '%Rome%' AND c.ordinal = 2");
        using var ada = await app.InBrowserOf(Ada);

        Assert.Contains("Rome lies on the <mark>[…]</mark>", await TextAsync(ada, $"/review/session?card={card}"), StringComparison.Ordinal);
        Assert.Contains("Rome lies on the <mark>Tiber</mark>", await TextAsync(ada, $"/review/session?show={card}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Weights_are_fitted_to_enough_reviews_and_used_when_they_predict_better()
    {
        await ForgetAsync(Otto);
        var random = new Random(3);
        for (int i = 0; i < 45; i++)
        {
            var card = await app.HasNoteCard(Otto);
            for (int review = 0; review < 9; review++)
            {
                await app.Ages(card, 1 + review);
                await app.Rates(card, review > 1 && random.Next(100) < 45 ? "again" : "good", Otto);
            }
        }

        await FitWeights.RunDueAsync(app.Services.GetRequiredService<Schemes>(), app.Services.GetRequiredService<NpgsqlDataSource>(), TimeProvider.System, Visit.Ct);

        Assert.Equal("1 true true", await app.Value<string>("SELECT count(*) || ' ' || bool_and(used)::text || ' ' || bool_and(log_loss_after < log_loss_before)::text FROM fsrs_weights WHERE learner_id = $1", Otto.Id));
        Assert.True(await app.Value<bool>("SELECT s.weights_id = w.id FROM deck_settings d JOIN review_schemes s ON s.id = d.scheme_id JOIN fsrs_weights w ON w.learner_id = d.learner_id WHERE d.learner_id = $1", Otto.Id));
        using var otto = await app.InBrowserOf(Otto);
        Assert.Contains("<td>now</td>", await TextAsync(otto, "/review/settings"), StringComparison.Ordinal);
        await FitWeights.RunDueAsync(app.Services.GetRequiredService<Schemes>(), app.Services.GetRequiredService<NpgsqlDataSource>(), TimeProvider.System, Visit.Ct);
        Assert.Equal(1L, await app.Value<long>("SELECT count(*) FROM fsrs_weights WHERE learner_id = $1", Otto.Id));
    }

    [Fact]
    public async Task With_an_exam_ahead_there_is_a_plan_for_it()
    {
        await ForgetAsync(Root);
        var card = await app.HasNoteCard(Root);
        await app.Rates(card, "good", Root);
        await app.Rates(card, "good", Root);
        await app.Run("INSERT INTO profiles (user_id, exam_date) VALUES ($1, $2)", Root.Id, DateOnly.FromDateTime(DateTime.UtcNow.AddDays(20)));
        using var root = await app.InBrowserOf(Root);

        string plan = await TextAsync(root, "/review/plan");

        Assert.Contains("Remembered then, with this plan", plan, StringComparison.Ordinal);
        Assert.Contains("The plan for the exam by day", plan, StringComparison.Ordinal);
        Assert.Contains("to your exam", await TextAsync(root, "/review"), StringComparison.Ordinal);
        await ForgetAsync(Root);
    }

    private static (string, string)[] Settings((string Field, string Value) changed, params (string Field, string Value)[] more) =>
        [.. UsualSettings.Where(field => field.Item1 != changed.Field && more.All(m => m.Field != field.Item1)), changed, .. more];

    private async Task ForgetAsync(Person learner)
    {
        await app.Run("DELETE FROM review_cards WHERE learner_id = $1", learner.Id);
        await app.Run("DELETE FROM notes WHERE learner_id = $1", learner.Id);
        await app.Run("DELETE FROM deck_settings WHERE learner_id = $1", learner.Id);
        await app.Run("DELETE FROM fsrs_weights WHERE learner_id = $1", learner.Id);
    }

    private static async Task<HttpResponseMessage> UploadAsync(Visit browser, string content)
    {
        string page = await TextAsync(browser, "/review/import");
        using MultipartFormDataContent form = [];
        foreach (var field in (await Visit.Form(page, "upload").ReadAsStringAsync(Visit.Ct)).Split('&').Select(pair => pair.Split('=').Select(WebUtility.UrlDecode).ToArray()))
        {
            form.Add(new StringContent(field[1]!), field[0]!);
        }

        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(content));
        file.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        form.Add(file, "file", "deck.txt");
        return await browser.SendAsync(new(HttpMethod.Post, "/review/import") { Content = form });
    }

    private static async Task<string> TextAsync(Visit browser, string path)
    {
        var reply = await browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        return await reply.Content.ReadAsStringAsync(Visit.Ct);
    }
}
