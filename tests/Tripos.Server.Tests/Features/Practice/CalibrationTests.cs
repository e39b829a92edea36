using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Practice;

/// <summary>How hard questions are found to be, and what authors do about it.</summary>
public sealed class CalibrationTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task Every_night_both_methods_write_what_they_found_and_a_wrong_difficulty_drifts()
    {
        var (topic, questions) = await app.HasPracticeTopic(12);
        await HasAnswersAsync(topic, questions, learners: 60);
        await app.Run("UPDATE item_ratings SET points = points + 900 WHERE question_id = $1", questions[0]); // as a bug would

        var ran = await (await app.As(Tess).PostAsync("/api/calibration/runs", null, Cancel)).Content.ReadFromJsonAsync<JsonElement>(Cancel);
        var drifting = await app.As(Tess).GetFromJsonAsync<JsonElement>("/api/calibration?show=drift", Cancel);

        Assert.Equal((12, 12), (ran.GetProperty("questions").GetInt32(), ran.GetProperty("fitted").GetInt32()));
        Assert.Contains(questions[0], drifting.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("questionId").GetInt32()));
        Assert.Equal(12, await app.Value<long>("SELECT count(*) FROM calibration_runs WHERE question_id = ANY ($1) AND method = 'elo' AND infit > 0 AND outfit > 0 AND learners = 60", questions));
        Assert.Equal(12, await app.Value<long>("SELECT count(*) FROM calibration_runs WHERE question_id = ANY ($1) AND method = 'mml' AND standard_error > 0", questions));
        Assert.Contains("Drifts", await (await app.As(Tess).GetAsync("/calibration?show=drift", Cancel)).Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_experimental_question_waits_in_the_queue_and_is_published_or_retired()
    {
        var (_, questions) = await app.HasPracticeTopic(2, status: "experimental");

        var queue = await app.As(Tess).GetFromJsonAsync<JsonElement>("/api/calibration", Cancel);
        var published = await DecideAsync(questions[0], "publish");
        var retired = await DecideAsync(questions[1], "retire");

        Assert.Equal(questions, queue.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("questionId").GetInt32()).Where(questions.Contains));
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (published, retired));
        Assert.Equal("live", await app.Value<string>("SELECT status FROM questions WHERE id = $1", questions[0]));
        Assert.Equal("retired", await app.Value<string>("SELECT status FROM questions WHERE id = $1", questions[1]));
    }

    [Theory]
    [InlineData("experimental")]
    [InlineData("unsettled")]
    [InlineData("settled")]
    [InlineData("drift")]
    public async Task Every_view_of_the_queue_opens_for_authors_only(string show)
    {
        Assert.Equal(HttpStatusCode.OK, (await app.As(Tess).GetAsync($"/calibration?show={show}", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await app.As(Ada).GetAsync($"/api/calibration?show={show}", Cancel)).StatusCode);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<HttpStatusCode> DecideAsync(int question, string decision) =>
        (await app.As(Tess).PutAsJsonAsync($"/api/calibration/{question}/decision", new { decision }, Cancel)).StatusCode;

    /// <summary>Learners of different ability answer questions of different difficulty, logged and folded as usual.</summary>
    private async Task HasAnswersAsync(int topic, int[] questions, int learners)
    {
        long sequence = await app.Value<long>("SELECT COALESCE(max(sequence), 0) FROM responses");
        await app.Run("""
            INSERT INTO responses (sequence, attempt_id, position, learner_id, question_id, version_id, topic_id, mode, answered, correct, score, difficulty, guess, answered_at, local_day, logged_at)
            SELECT $4 + row_number() OVER (), gen_random_uuid(), 1, l.id, q.id, v.current_version_id, $2, 'practice', true, y, y::integer, 3, 0.25, now(), current_date, now()
            FROM (SELECT n, gen_random_uuid() AS id FROM generate_series(1, $3) n) l CROSS JOIN unnest($1::integer[]) WITH ORDINALITY AS q(id, hard) JOIN questions v ON v.id = q.id
                CROSS JOIN LATERAL (SELECT (hashint4(l.n * 100 + q.hard::integer) % 1000 + 1000) / 2000.0 < 1 / (1 + exp((q.hard - 6) / 3.0 - (l.n % 7 - 3) / 2.0)) AS y) a
            """, questions, topic, learners, sequence);
        await app.RunFoldsAsync();
    }
}
