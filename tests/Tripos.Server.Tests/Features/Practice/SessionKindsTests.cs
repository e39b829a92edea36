using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Tripos.Server.Features.Practice;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Practice;

/// <summary>Placement, level test, drill, and practice a learner builds.</summary>
public sealed class SessionKindsTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task A_placement_has_twelve_questions_shows_no_right_answers_and_sets_the_ratings()
    {
        var learner = await NewLearnerAsync();
        var (topic, _) = await app.HasPracticeTopic(30);
        var attempt = await app.StartsSession(learner, [topic], "placement");
        for (int position = 1; position <= 12; position++)
        {
            await app.Next(learner, attempt);
            await app.AnswersOpen(learner, attempt, position, closing: "closure");
        }

        var peek = await app.As(learner).PutAsync($"/api/attempts/{attempt}/answers/1/feedback", null, Cancel);
        var over = await app.Next(learner, attempt);
        var report = await ReportAsync(learner, attempt);

        Assert.Equal(HttpStatusCode.Conflict, peek.StatusCode);
        Assert.Equal("done", over.GetProperty("over").GetString());
        Assert.Equal(12, report.GetProperty("items").GetArrayLength());
        Assert.True(report.GetProperty("ability").GetDouble() > 1500);
        Assert.Equal(12, await app.Value<int>("SELECT answers FROM learner_skills WHERE learner_id = $1 AND topic_id = $2", learner.Id, topic));
    }

    [Fact]
    public async Task A_level_test_stops_when_it_is_sure_and_every_answer_makes_it_surer()
    {
        var learner = await NewLearnerAsync();
        var (topic, questions) = await app.HasPracticeTopic(60);
        await app.Run("INSERT INTO item_ratings (question_id, points, deviation, answers, updated_at_days, version_id) SELECT id, 10 * (id % 21 - 10), 10, 500, 20000, current_version_id FROM questions WHERE id = ANY ($1)", questions);
        await app.Run("INSERT INTO topic_ratings (topic_id, points, deviation, answers, updated_at_days) VALUES ($1, 0, 5, 5000, 20000)", topic);
        await app.Run("UPDATE questions SET updated_at = now() WHERE id = ANY ($1)", questions);
        await app.KnowsItsQuestions();
        var attempt = await app.StartsSession(learner, [topic], "level");
        int position = 0;
        JsonElement turn;
        while ((turn = await app.Next(learner, attempt)).GetProperty("over").ValueKind == JsonValueKind.Null)
        {
            await app.AnswersOpen(learner, attempt, ++position, position % 2 == 0 ? "a" : "b", "closure");
        }

        var report = await ReportAsync(learner, attempt);

        Assert.InRange(position, 10, 40);
        Assert.Contains(turn.GetProperty("over").GetString(), new[] { "precise", "longest" });
        double[] deviations = [.. report.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("deviation").GetDouble())];
        Assert.True(deviations[^1] < deviations[0]);
        Assert.InRange(report.GetProperty("deviation").GetDouble(), 40, 90);
    }

    [Fact]
    public async Task A_level_test_asks_for_enough_questions()
    {
        var (topic, _) = await app.HasPracticeTopic(4);

        var reply = await app.As(Ada).PostAsJsonAsync("/api/practice/sessions", new { kind = "level", topicIds = new[] { topic } }, Cancel);

        Assert.Equal(HttpStatusCode.Conflict, reply.StatusCode);
        Assert.Contains("level-test-short", await reply.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_drill_of_a_day_is_one_however_often_it_is_asked_for()
    {
        var learner = await NewLearnerAsync();
        await app.HasPracticeTopic(8);

        var drills = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => DrillAsync(learner)));

        Assert.Single(drills.Distinct());
        Assert.Equal(5, await app.Value<short>("SELECT most_items FROM practice_sessions WHERE attempt_id = $1", drills[0]));
    }

    [Fact]
    public async Task A_double_drill_makes_up_for_yesterday_once_it_is_done()
    {
        var learner = await NewLearnerAsync();
        await app.HasPracticeTopic(15);
        await app.Run("INSERT INTO daily_progress (learner_id, day, topic_id, answers, correct, score_sum, study_ms, ability, deviation) VALUES ($1, (now() AT TIME ZONE 'UTC')::date - 2, 0, 3, 3, 3, 0, 1500, 200)", learner.Id);
        var attempt = await DrillAsync(learner, repair: true);
        for (int position = 1; position <= 10; position++)
        {
            await app.Next(learner, attempt);
            await app.AnswersOpen(learner, attempt, position);
        }

        (await app.As(learner).PostAsync($"/api/practice/sessions/{attempt}/end", null, Cancel)).EnsureSuccessStatusCode();

        Assert.Contains("3 days in a row", await PageAsync(learner, "/practice"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_can_be_repaired_without_a_missed_day()
    {
        var learner = await NewLearnerAsync();
        await app.HasPracticeTopic(5);

        var reply = await app.As(learner).PostAsJsonAsync("/api/practice/drills", new { repair = true }, Cancel);

        Assert.Contains("nothing-to-repair", await reply.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 0, 2, 3 }, null, 1)] // only yesterday is missing
    [InlineData(new[] { 0, 1, 2 }, null, null)] // nothing is missing
    [InlineData(new[] { 0, 3 }, null, null)] // two days are missing: the streak is over
    [InlineData(new[] { 2 }, 6, null)] // one was made up for six days ago
    [InlineData(new[] { 2 }, 7, 1)]
    public void Only_yesterday_can_be_repaired_and_not_twice_a_week(int[] activeDaysAgo, int? repairedDaysAgo, int? repairableDaysAgo)
    {
        var today = new DateOnly(2026, 11, 20);
        (DateOnly, DateOnly)[] repairs = repairedDaysAgo is { } ago ? [(today.AddDays(-ago - 1), today.AddDays(-ago))] : [];

        var days = DrillDays.Of(today, activeDaysAgo.Select(back => today.AddDays(-back)), repairs);

        Assert.Equal(repairableDaysAgo is { } back ? today.AddDays(-back) : (DateOnly?)null, days.RepairableDay);
    }

    [Fact]
    public async Task Mistakes_and_bookmarks_can_be_practised_against_the_clock()
    {
        var learner = await NewLearnerAsync();
        var (topic, _) = await app.HasPracticeTopic(4);
        var attempt = await app.StartsSession(learner, [topic]);
        for (int position = 1; position <= 3; position++)
        {
            await app.Next(learner, attempt);
            await app.AnswersOpen(learner, attempt, position, position == 2 ? "b" : "a");
        }

        int[] asked = await app.QuestionsOf(attempt);
        (await app.As(learner).PutAsync($"/api/practice/bookmarks/{asked[0]}", null, Cancel)).EnsureSuccessStatusCode();
        var mistakes = await OwnAsync(learner, new { topicIds = Array.Empty<int>(), count = 10, minutes = 5, from = "mistakes" });
        var bookmarks = await OwnAsync(learner, new { topicIds = Array.Empty<int>(), count = 10, from = "bookmarks" });

        Assert.Equal([asked[1]], await app.QuestionsOf(mistakes));
        Assert.Equal([asked[0]], await app.QuestionsOf(bookmarks));
        Assert.True(await app.Value<bool>("SELECT deadline_at = started_at + interval '5 minutes' FROM attempts WHERE id = $1", mistakes));
    }

    [Fact]
    public async Task Planned_practice_is_started_once_and_can_be_cancelled()
    {
        var learner = await NewLearnerAsync();
        var (topic, _) = await app.HasPracticeTopic(4);
        var day = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(2);
        var plan = await PlanAsync(learner, topic, day);
        var other = await PlanAsync(learner, topic, day);
        var past = await app.As(learner).PostAsJsonAsync("/api/practice/plans", new { plan = new { topicIds = new[] { topic } }, scheduledFor = day.AddDays(-9) }, Cancel);

        var one = await StartsPlanAsync(learner, plan);
        var again = await StartsPlanAsync(learner, plan);
        (await app.As(learner).DeleteAsync($"/api/practice/plans/{other}", Cancel)).EnsureSuccessStatusCode();

        Assert.Equal(one, again);
        Assert.Equal(HttpStatusCode.BadRequest, past.StatusCode);
        Assert.Empty((await app.As(learner).GetFromJsonAsync<JsonElement>("/api/practice/plans", Cancel)).EnumerateArray());
        Assert.Equal(day, DateOnly.FromDateTime(await app.Value<DateTime>("SELECT scheduled_for AT TIME ZONE 'UTC' FROM attempts WHERE id = $1", one)));
    }

    [Fact]
    public async Task Due_reviews_come_before_what_is_new()
    {
        var learner = await NewLearnerAsync();
        var (topic, questions) = await app.HasPracticeTopic(30);
        await app.Run("INSERT INTO review_cards (learner_id, question_id, state, stability, difficulty, due_at, last_review_at, added_at) SELECT $1, q, 'review', 5, 5, now() - interval '2 days', now() - interval '8 days', now() FROM unnest($2::integer[]) q", learner.Id, questions.Take(15).ToArray());
        var attempt = await app.StartsSession(learner, [topic]);
        for (int position = 1; position <= 10; position++)
        {
            await app.Next(learner, attempt);
            await app.AnswersOpen(learner, attempt, position);
        }

        long due = await app.Value<long>("SELECT count(*) FROM selections WHERE attempt_id = $1 AND quota = 'due'", attempt);

        Assert.InRange(due, 3, 6); // 15 / (15 + 20) of ten places
        Assert.Equal(due, await app.Value<long>("SELECT count(*) FROM selections WHERE attempt_id = $1 AND question_id = ANY ($2) AND quota = 'due' AND terms->>'dueAt' IS NOT NULL", attempt, questions.Take(15).ToArray()));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<Person> NewLearnerAsync() => new(await app.HasAccountAsync($"p{Guid.NewGuid():n}@example.org"), "Somebody", "learner");

    private async Task<JsonElement> ReportAsync(Person learner, Guid attempt)
    {
        (await app.As(learner).PostAsync($"/api/practice/sessions/{attempt}/end", null, Cancel)).EnsureSuccessStatusCode();
        return await app.As(learner).GetFromJsonAsync<JsonElement>($"/api/practice/sessions/{attempt}/report", Cancel);
    }

    private async Task<Guid> DrillAsync(Person learner, bool repair = false) => await AttemptAsync(await app.As(learner).PostAsJsonAsync("/api/practice/drills", new { repair }, Cancel));

    private async Task<Guid> OwnAsync(Person learner, object plan) => await AttemptAsync(await app.As(learner).PostAsJsonAsync("/api/practice/own", plan, Cancel));

    private async Task<Guid> StartsPlanAsync(Person learner, Guid plan) => await AttemptAsync(await app.As(learner).PostAsync($"/api/practice/plans/{plan}/attempt", null, Cancel));

    private async Task<Guid> PlanAsync(Person learner, int topic, DateOnly day)
    {
        var reply = await app.As(learner).PostAsJsonAsync("/api/practice/plans", new { plan = new { topicIds = new[] { topic }, count = 3 }, scheduledFor = day }, Cancel);
        return (await reply.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("id").GetGuid();
    }

    private async Task<string> PageAsync(Person learner, string path) => await (await app.As(learner).GetAsync(path, Cancel)).Content.ReadAsStringAsync(Cancel);

    private static async Task<Guid> AttemptAsync(HttpResponseMessage reply)
    {
        string text = await reply.Content.ReadAsStringAsync(Cancel);
        Assert.True(reply.IsSuccessStatusCode, text);
        return JsonSerializer.Deserialize<JsonElement>(text).GetProperty("attemptId").GetGuid();
    }
}
