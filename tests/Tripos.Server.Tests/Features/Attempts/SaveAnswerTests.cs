using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Platform.Data;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Attempts;

public sealed class SaveAnswerTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task Saving_is_acknowledged_with_the_sequence_number_and_stored()
    {
        var attempt = await app.Starts(Ada, await app.HasTest());

        var reply = await app.Saves(Ada, attempt, position: 2, option: "b", sequence: 1);

        var saved = await reply.Content.ReadFromJsonAsync<SaveAnswer.Saved>(Ct);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal((2, 1), (saved!.Position, saved.Sequence));
        Assert.Equal("b", await app.ChosenAt(attempt, 2));
    }

    [Fact]
    public async Task A_later_change_replaces_the_answer_and_both_stay_in_the_history()
    {
        var attempt = await app.Starts(Ada, await app.HasTest());
        await app.Saves(Ada, attempt, 1, "a", sequence: 1);

        await app.Saves(Ada, attempt, 1, "c", sequence: 2, basedOn: 1);

        Assert.Equal("c", await app.ChosenAt(attempt, 1));
        Assert.Equal(["1 accepted a", "2 accepted c"], await HistoryOf(attempt, 1));
    }

    [Fact]
    public async Task A_change_that_arrives_twice_is_acknowledged_twice_and_stored_once()
    {
        var attempt = await app.Starts(Ada, await app.HasTest());
        await app.Saves(Ada, attempt, 1, "a");

        var again = await app.Saves(Ada, attempt, 1, "a");

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(["1 accepted a"], await HistoryOf(attempt, 1));
    }

    [Theory]
    [InlineData(2, null)] // an older number
    [InlineData(3, null)] // the same number from another device
    [InlineData(4, 2)]    // a newer number that rests on an answer which is no longer the stored one
    public async Task A_stale_tab_cannot_overwrite_a_newer_answer_and_its_change_is_kept(int sequence, int? basedOn)
    {
        var attempt = await app.Starts(Ada, await app.HasTest());
        await app.Saves(Ada, attempt, 1, "a", sequence: 3, device: "phone");

        var reply = await app.Saves(Ada, attempt, 1, "d", sequence, basedOn, device: "laptop");

        var problem = await reply.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal(HttpStatusCode.Conflict, reply.StatusCode);
        Assert.Equal("/problems/answer-stale", problem.GetProperty("type").GetString());
        Assert.Equal(3, problem.GetProperty("sequence").GetInt32());
        Assert.True(problem.TryGetProperty("confidence", out _));
        Assert.Equal("a", problem.GetProperty("response").GetProperty("chosen")[0].GetString());
        Assert.Equal("a", await app.ChosenAt(attempt, 1));
        Assert.Equal(["3 accepted a", $"{sequence} stale d"], await HistoryOf(attempt, 1));
    }

    [Fact]
    public async Task Many_rivals_for_one_answer_leave_exactly_one_winner()
    {
        var attempt = await app.Starts(Ada, await app.HasTest());

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => app.Saves(Ada, attempt, 1, "abcd"[n % 4].ToString(), sequence: 1, basedOn: 0, device: $"device {n}")));

        Assert.Equal(1, replies.Count(reply => reply.StatusCode == HttpStatusCode.OK));
        Assert.Equal(19, replies.Count(reply => reply.StatusCode == HttpStatusCode.Conflict));
        Assert.Equal(20, (await HistoryOf(attempt, 1)).Count);
    }

    [Fact]
    public async Task Answers_of_many_learners_saved_at_once_all_arrive()
    {
        var test = await app.HasTest(questions: 5);
        var attempts = await Task.WhenAll(app.Starts(Ada, test), app.Starts(Otto, test), app.Starts(Tess, test));
        (Person Who, Guid Attempt)[] sitting = [(Ada, attempts[0]), (Otto, attempts[1]), (Tess, attempts[2])];

        var replies = await Task.WhenAll(
            from one in sitting from position in Enumerable.Range(1, 5) from sequence in Enumerable.Range(1, 4)
            select app.Saves(one.Who, one.Attempt, position, "abcd"[sequence - 1].ToString(), sequence));

        int acknowledged = replies.Count(reply => reply.StatusCode == HttpStatusCode.OK);
        Assert.Equal(acknowledged, await app.Value<long>("SELECT count(*) FROM answer_events WHERE attempt_id = ANY ($1) AND outcome = 'accepted'", attempts));
        Assert.Equal(60, await app.Value<long>("SELECT count(*) FROM answer_events WHERE attempt_id = ANY ($1)", attempts));
        Assert.Equal(15, await app.Value<long>("SELECT count(*) FROM answers WHERE attempt_id = ANY ($1) AND sequence = 4 AND response->'chosen'->>0 = 'd'", attempts));
    }

    [Fact]
    public async Task Saving_after_submission_is_refused_and_keeps_the_old_answer_and_the_refused_one()
    {
        var attempt = await app.Sits(Ada, await app.HasTest(), "a");

        var reply = await app.Saves(Ada, attempt, 1, "b", sequence: 2);

        Assert.Equal(HttpStatusCode.Conflict, reply.StatusCode);
        Assert.Equal("/problems/attempt-closed", (await reply.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("type").GetString());
        Assert.Equal("a", await app.ChosenAt(attempt, 1));
        Assert.Equal(["1 accepted a", "2 closed b"], await HistoryOf(attempt, 1));
    }

    [Fact]
    public async Task An_answer_racing_a_submission_waits_for_it_and_loses()
    {
        var attempt = await app.Starts(Ada, await app.HasTest());
        await using var other = await app.Sql.OpenConnectionAsync(Ct);
        await using var submitting = await other.BeginTransactionAsync(Ct);
        await using var submit = new Npgsql.NpgsqlCommand("UPDATE attempts SET status = 'graded', submitted_at = now() WHERE id = $1", other) { Parameters = { new() { Value = attempt } } };
        await submit.ExecuteNonQueryAsync(Ct);

        var save = app.Saves(Ada, attempt, 1, "b");
        await Task.WhenAny(save, SomebodyWaitsForALock());
        await submitting.CommitAsync(Ct);

        Assert.Equal(HttpStatusCode.Conflict, (await save).StatusCode);
        Assert.Null(await app.ChosenAt(attempt, 1));
    }

    [Fact]
    public async Task An_attempt_that_is_locked_holds_up_nobody_else()
    {
        var test = await app.HasTest();
        var (locked, free) = (await app.Starts(Ada, test), await app.Starts(Otto, test));
        await using var other = await app.Sql.OpenConnectionAsync(Ct);
        await using var regrading = await other.BeginTransactionAsync(Ct);
        await other.ExecuteAsync("SELECT FROM attempts WHERE id = $1 FOR NO KEY UPDATE", Ct, locked);

        var waiting = app.Saves(Ada, locked, 1, "b");
        await Task.WhenAny(waiting, SomebodyWaitsForALock());
        var reply = await app.Saves(Otto, free, 1, "b");
        bool waited = !waiting.IsCompleted;
        await regrading.CommitAsync(Ct);

        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.True(waited);
        Assert.Equal(HttpStatusCode.OK, (await waiting).StatusCode);
        Assert.Equal("b", await app.ChosenAt(locked, 1));
    }

    [Theory]
    [InlineData(-30, -60, 120, HttpStatusCode.OK)]        // stamped before the deadline, arrived within the grace
    [InlineData(-30, -10, 120, HttpStatusCode.Conflict)]  // stamped after the deadline
    [InlineData(-200, -260, 120, HttpStatusCode.Conflict)] // stamped before, arrived after the grace
    [InlineData(60, 0, 120, HttpStatusCode.OK)]           // in time
    public async Task The_server_enforces_the_closing_time(int deadline, int answered, int grace, HttpStatusCode expected)
    {
        var attempt = await app.Starts(Ada, await app.HasTest(timeLimitMs: 600_000));
        await app.HasDeadline(attempt, TimeSpan.FromSeconds(deadline), TimeSpan.FromSeconds(grace));

        var reply = await app.Saves(Ada, attempt, 1, "b", answeredAt: DateTimeOffset.UtcNow.AddSeconds(answered));

        Assert.Equal(expected, reply.StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK ? "b" : null, await app.ChosenAt(attempt, 1));
        Assert.Single(await HistoryOf(attempt, 1));
    }

    [Theory]
    [InlineData("""{"response": {"chosen": ["z"]}, "sequence": 1}""", "no option")]
    [InlineData("""{"response": {"chosen": ["a", "b"]}, "sequence": 1}""", "At most 1")]
    [InlineData("""{"response": {"chosen": "a"}, "sequence": 1}""", "chosen")]
    [InlineData("""{"response": "a", "sequence": 1}""", "chosen")]
    [InlineData("""{"sequence": 1}""", "response")]
    [InlineData("""{"response": {"chosen": ["a"], "x": "\u0000"}, "sequence": 1}""", "0000")]
    [InlineData("""{"response": {"chosen": ["a"]}, "sequence": 0}""", "sequence")]
    [InlineData("""{"response": {"chosen": ["a"]}, "sequence": 1, "confidence": 6}""", "confidence")]
    [InlineData("""{"response": {"chosen": ["a"]}, "sequence": 1, "elapsedMs": -1}""", "elapsedMs")]
    [InlineData("""{"response": {"chosen": ["\ud800"]}, "sequence": 1}""", "UTF-16")]
    [InlineData("""{"response": {"chosen": ["a"], "x": "\ud800"}, "sequence": 1}""", "UTF-16")]
    [InlineData("""{"response": {"chosen": ["a"], "x": 1e999999}, "sequence": 1}""", "number")]
    [InlineData("""{"response": {"chosen": ["a"], "x": [1e-999999]}, "sequence": 1}""", "number")]
    [InlineData("""{"response": {"chosen": ["a"]}, "sequence": 1, "device": "a\u0000b"}""", "device")]
    [InlineData("""{"response": {"chosen": ["a"]}, "sequence": "1"}""", "not the JSON")]
    [InlineData("""{"response": {"chosen": ["a"]}, "sequence": 1""", "not the JSON")]
    [InlineData("""[1]""", "object")]
    [InlineData("not json", "not the JSON")]
    public async Task A_malformed_answer_is_refused_with_the_reason_and_nothing_is_stored(string body, string reason)
    {
        var attempt = await app.Starts(Ada, await app.HasTest());

        var reply = await app.As(Ada).PutAsync($"/api/attempts/{attempt}/answers/1", new StringContent(body, null, "application/json"), Ct);

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Contains(reason, await reply.Content.ReadAsStringAsync(Ct), StringComparison.OrdinalIgnoreCase);
        Assert.Empty(await HistoryOf(attempt, 1));
    }

    [Fact]
    public async Task A_learner_may_write_about_the_character_that_cannot_be_stored()
    {
        var attempt = await app.Starts(Ada, await app.HasTest());

        var reply = await app.As(Ada).PutAsync($"/api/attempts/{attempt}/answers/1",
            new StringContent("""{"response": {"chosen": ["a"], "note": "In Python \\u0000 is NUL"}, "sequence": 1}""", null, "application/json"), Ct);

        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(99_999)]
    public async Task A_position_the_attempt_does_not_have_is_not_found(int position)
    {
        var attempt = await app.Starts(Ada, await app.HasTest(questions: 3));

        var reply = await app.Saves(Ada, attempt, position, "a");

        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
    }

    [Fact]
    public async Task Flags_confidence_and_time_come_back_in_the_state()
    {
        var attempt = await app.Starts(Ada, await app.HasTest());
        await app.As(Ada).PutAsJsonAsync($"/api/attempts/{attempt}/answers/1", new { response = new { chosen = new[] { "b" } }, sequence = 1, confidence = 4, elapsedMs = 5210 }, Ct);
        await app.As(Ada).PutAsJsonAsync($"/api/attempts/{attempt}/flags/2", new { flagged = true }, Ct);

        var state = await app.As(Ada).GetFromJsonAsync<JsonElement>($"/api/attempts/{attempt}/state", Ct);

        var answers = state.GetProperty("answers");
        Assert.Equal("in_progress", state.GetProperty("status").GetString());
        Assert.Equal(4, answers[0].GetProperty("confidence").GetInt32());
        Assert.True(answers[1].GetProperty("flagged").GetBoolean());
        Assert.Equal(5210, await app.Value<long>("SELECT elapsed_ms FROM answers WHERE attempt_id = $1 AND position = 1", attempt));
    }

    private async Task SomebodyWaitsForALock()
    {
        while (!await app.Value<bool>("SELECT EXISTS (SELECT FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE NOT l.granted AND a.datname = current_database())"))
        {
            await Task.Yield();
        }
    }

    private async Task<List<string>> HistoryOf(Guid attempt, int position)
    {
        var history = await app.As(Ada).GetFromJsonAsync<JsonElement>($"/api/attempts/{attempt}/answers/{position}/history", Ct);
        return [.. history.GetProperty("changes").EnumerateArray().Select(change =>
            $"{change.GetProperty("sequence")} {change.GetProperty("outcome")} {change.GetProperty("response").GetProperty("chosen")[0]}")];
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
}
