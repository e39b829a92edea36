using System.Globalization;
using System.Net.Http.Json;
using Npgsql;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Features.Folds;
using Tripos.Server.Platform.Data;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Folds;

/// <summary>What graded answers become: the log, ratings, statistics, days.</summary>
public sealed class FoldTests(TriposApp app) : IClassFixture<TriposApp>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_submission_reaches_ratings_statistics_and_the_day()
    {
        int topic = await app.HasTopic($"Folded {Guid.NewGuid():n}");
        var test = await app.HasTest(questions: 3);
        await app.Run("UPDATE questions SET topic_id = $2 WHERE id = ANY ($1)", test.QuestionIds, topic);

        var attempt = await app.Sits(Ada, test, "a", "b", "");
        await app.RunFoldsAsync();

        Assert.Equal("true 1|false 0|false 0", await app.Value<string>("SELECT string_agg(concat_ws(' ', correct::text, score), '|' ORDER BY position) FROM responses WHERE attempt_id = $1", attempt));
        Assert.Equal("2 1 1", await app.Value<string>("SELECT concat_ws(' ', attempts, correct, score_sum) FROM learner_skills WHERE learner_id = $1 AND topic_id = $2", Ada.Id, topic));
        Assert.Equal("1 1 1 1|1 1 1 0|1 0 0 0", await app.Value<string>("SELECT string_agg(concat_ws(' ', attempts, answered, learners, correct), '|' ORDER BY question_id) FROM question_stats WHERE question_id = ANY ($1)", test.QuestionIds));
        Assert.Equal(2, await app.Value<int>("SELECT answers FROM daily_progress WHERE learner_id = $1 AND topic_id = $2", Ada.Id, topic));
        Assert.True(await app.Value<bool>("SELECT ability_after > ability_before AND deviation_after < deviation_before AND difficulty_after < difficulty_before FROM rating_changes WHERE attempt_id = $1 AND position = 1", attempt));
    }

    [Fact]
    public async Task A_checked_answer_counts_at_once_and_only_once()
    {
        var attempt = await app.StartsPractice(Ada);
        (await app.Saves(Ada, attempt, 1, "a")).EnsureSuccessStatusCode();
        (await app.As(Ada).PutAsync($"/api/attempts/{attempt}/answers/1/feedback", null, Stop)).EnsureSuccessStatusCode();
        await app.RunFoldsAsync();
        int before = await app.Value<int>("SELECT count(*)::integer FROM responses WHERE attempt_id = $1", attempt);

        await app.Submits(Ada, attempt);
        await app.RunFoldsAsync();

        Assert.Equal((1, 1), (before, await app.Value<int>("SELECT count(*)::integer FROM responses WHERE attempt_id = $1", attempt)));
    }

    [Fact]
    public async Task Practice_that_was_left_says_nothing_about_questions_not_answered()
    {
        var attempt = await app.StartsPractice(Ada);

        await app.Submits(Ada, attempt);
        await app.RunFoldsAsync();

        Assert.Equal(0, await app.Value<int>("SELECT count(*)::integer FROM responses WHERE attempt_id = $1", attempt));
    }

    [Fact]
    public async Task A_regrade_corrects_what_was_counted()
    {
        var test = await app.HasTest(questions: 1);
        var attempt = await app.Sits(Ada, test, "b");
        await app.RunFoldsAsync();
        int version = await app.HasVersion(test.QuestionIds[0], Exams.Choice("Question 1?", ["b"]));

        (await app.As(Tess).PostAsJsonAsync($"/api/questions/{test.QuestionIds[0]}/regrades", new { versionId = version, reason = "The key was wrong." }, Stop)).EnsureSuccessStatusCode();
        await app.RunFoldsAsync();

        Assert.Equal("0 false 0|1 true 1", await app.Value<string>("SELECT string_agg(concat_ws(' ', revision, correct::text, score), '|' ORDER BY revision) FROM responses WHERE attempt_id = $1", attempt));
        Assert.Equal("1 1 1 1", await app.Value<string>("SELECT concat_ws(' ', attempts, correct, passes, score_sum) FROM question_stats WHERE question_id = $1", test.QuestionIds[0]));
        Assert.True(await app.Value<bool>("SELECT last_correct FROM learner_items WHERE learner_id = $1 AND question_id = $2", Ada.Id, test.QuestionIds[0]));
    }

    [Fact]
    public async Task A_fact_that_is_told_again_changes_nothing()
    {
        var attempt = await app.Sits(Ada, await app.HasTest(questions: 2), "a", "b");
        await app.RunFoldsAsync();
        string before = await Derived();

        await app.Run("INSERT INTO graded_facts (attempt_id, position, cause) VALUES ($1, NULL, 'submission'), ($1, 2, 'check'), ($1, NULL, 'submission')", attempt);
        await app.RunFoldsAsync();

        Assert.Equal(before, await Derived());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task What_is_computed_again_is_the_same_bit_for_bit(int seed)
    {
        var random = new Random(seed);
        var tests = new[] { await app.HasTest(questions: 4), await app.HasTest(questions: 3) };
        int topic = await app.HasTopic($"Rebuilt {Guid.NewGuid():n}");
        await app.Run("UPDATE questions SET topic_id = $2, difficulty = 1 + id % 5 WHERE id = ANY ($1)", tests[0].QuestionIds, topic);
        List<Guid> attempts = [];
        for (int i = 0; i < 12; i++)
        {
            attempts.Add(await app.Sits(random.Next(2) == 0 ? Ada : Otto, tests[random.Next(2)], [.. Enumerable.Range(0, 3).Select(_ => random.Next(3) switch { 0 => "a", 1 => "b", _ => "" })]));
            await app.Run("INSERT INTO graded_facts (attempt_id, cause) SELECT $1, 'submission' FROM generate_series(1, $2)", attempts[random.Next(attempts.Count)], random.Next(3));
            switch (random.Next(4))
            {
                case 0:
                    await app.RunFoldsAsync();
                    break;
                case 1:
                    await LogsAndLosesTheServer();
                    break;
                case 2:
                    await FoldsHalfAndLosesTheServer();
                    break;
            }
        }

        await app.RunFoldsAsync();
        string incremental = await Derived();
        var runner = app.Services.GetRequiredService<FoldRunner>();
        foreach (var fold in runner.Folds.Reverse())
        {
            await runner.RebuildAsync(fold, Stop);
        }

        Assert.Equal(incremental, await Derived());
    }

    [Fact]
    public async Task An_idle_server_finds_nothing_to_do()
    {
        var runner = app.Services.GetRequiredService<FoldRunner>();
        await app.Sits(Ada, await app.HasTest(questions: 1), "a");
        bool before = (await runner.LookAsync(Stop)).IsBehind;
        await app.RunFoldsAsync();

        Assert.Equal((true, false), (before, (await runner.LookAsync(Stop)).IsBehind));
    }

    [Fact]
    public async Task A_fold_that_fails_holds_up_only_itself_and_is_named()
    {
        await app.Sits(Ada, await app.HasTest(questions: 1), "a");
        var broken = new Fold("broken", [], (_, _, _) => throw new FormatException("No good."));
        int counted = 0;
        var sound = new Fold("sound", [], (_, batch, _) => Task.FromResult(counted += batch.Count));
        using var runner = new FoldRunner([broken, sound], app.Sql, app.Services.GetRequiredService<QuestionVersions>(), new FoldLag(TimeProvider.System), TimeProvider.System);

        var failure = await Assert.ThrowsAsync<AggregateException>(() => runner.RunDueAsync(Stop));
        await app.Run("DELETE FROM folds WHERE name IN ('broken', 'sound')");

        Assert.Contains("\"broken\" failed: No good.", failure.InnerExceptions.Single().Message);
        Assert.True(counted > 0);
    }

    [Fact]
    public async Task Only_administrators_see_how_far_it_is()
    {
        await app.RunFoldsAsync();

        Assert.Equal(System.Net.HttpStatusCode.Forbidden, (await app.As(Tess).GetAsync("/api/folds", Stop)).StatusCode);
        string state = await app.As(Root).GetStringAsync("/api/folds", Stop);
        Assert.Contains("\"name\":\"ratings\"", state);
        Assert.Contains("\"waiting\":0", state);
    }

    /// <summary>The log is written and committed; no fold has read it.</summary>
    private async Task LogsAndLosesTheServer() => await ResponseLog.WriteAsync(
        app.Sql, app.Services.GetRequiredService<QuestionVersions>(), TimeProvider.System, Stop);

    /// <summary>One fold has computed and written, and the connection breaks before the commit; another has committed a part.</summary>
    private async Task FoldsHalfAndLosesTheServer()
    {
        await LogsAndLosesTheServer();
        await using (var connection = await app.Sql.OpenConnectionAsync(Stop))
        await using (await connection.BeginTransactionAsync(Stop))
        {
            long position = await Position(connection, "ratings");
            await RatingFold.Fold.ApplyAsync(connection, await LoggedResponse.AfterAsync(connection, position, 1000, Stop), Stop);
        }

        await using var other = await app.Sql.OpenConnectionAsync(Stop);
        await using var transaction = await other.BeginTransactionAsync(Stop);
        long read = await Position(other, "questions");
        if (await LoggedResponse.AfterAsync(other, read, 2, Stop) is { Count: > 0 } batch)
        {
            await QuestionFold.Fold.ApplyAsync(other, batch, Stop);
            await other.ExecuteAsync("INSERT INTO folds (name, position) VALUES ('questions', $1) ON CONFLICT (name) DO UPDATE SET position = $1", Stop, batch[^1].Sequence);
        }

        await transaction.CommitAsync(Stop);
    }

    private static async Task<long> Position(NpgsqlConnection connection, string fold) =>
        (await connection.QueryAsync("SELECT position FROM folds WHERE name = $1", row => row.GetInt64(0), Stop, fold)).SingleOrDefault();

    /// <summary>Every row of every derived table, with doubles to the last bit.</summary>
    private async Task<string> Derived()
    {
        var tables = app.Services.GetRequiredService<FoldRunner>().Folds.SelectMany(fold => fold.Tables).Order();
        var texts = new List<string>();
        foreach (string table in tables)
        {
            texts.Add($"{table}: {await app.Value<string>(string.Create(CultureInfo.InvariantCulture, $"SELECT COALESCE(string_agg(t::text, E'\\n' ORDER BY t::text), '') FROM {table} t"))}");
        }

        return string.Join("\n\n", texts);
    }
}
