using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Tripos.Questions;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Attempts;

public sealed class StartAttemptTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task Starting_again_gives_back_the_open_attempt()
    {
        var test = await app.HasTest();
        var first = await app.Starts(Ada, test);

        var second = await app.Starts(Ada, test);

        Assert.Equal(first, second);
    }

    [Fact]
    public async Task Many_starts_in_the_same_moment_make_one_attempt()
    {
        var test = await app.HasTest();

        var attempts = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => app.Starts(Ada, test)));

        Assert.Single(attempts.Distinct());
    }

    [Fact]
    public async Task Allowed_attempts_run_out()
    {
        var test = await app.HasTest(policy: new TestPolicy { AllowedAttempts = 2 });
        await app.Sits(Ada, test, "a");
        await app.Sits(Ada, test, "a");

        var third = await app.As(Ada).PostAsync($"/api/tests/{test.Id}/attempts", null, Ct);

        Assert.Equal(HttpStatusCode.Conflict, third.StatusCode);
        Assert.Equal("/problems/no-attempts-left", (await third.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("type").GetString());
        Assert.NotEqual(Guid.Empty, await app.Starts(Otto, test));
    }

    [Fact]
    public async Task A_test_that_lacks_a_key_cannot_be_started_and_is_not_offered()
    {
        var test = await app.HasTest(keyed: false);

        var start = await app.As(Ada).PostAsync($"/api/tests/{test.Id}/attempts", null, Ct);
        var offered = await app.As(Ada).GetFromJsonAsync<JsonElement>("/api/tests", Ct);

        Assert.Equal(HttpStatusCode.Conflict, start.StatusCode);
        Assert.DoesNotContain(offered.EnumerateArray(), row => row.GetProperty("testId").GetGuid() == test.Id);
    }

    [Fact]
    public async Task An_inactive_test_does_not_exist_for_learners()
    {
        var test = await app.HasTest();
        await app.Run("UPDATE tests SET is_active = false WHERE id = $1", test.Id);

        var start = await app.As(Ada).PostAsync($"/api/tests/{test.Id}/attempts", null, Ct);

        Assert.Equal(HttpStatusCode.NotFound, start.StatusCode);
    }

    [Fact]
    public async Task Shuffled_questions_are_all_there_and_another_attempt_has_another_order()
    {
        var test = await app.HasTest(questions: 30, policy: new TestPolicy { ShuffleQuestions = true });
        var first = await OrderOf(await app.Sits(Ada, test, "a"));
        var second = await OrderOf(await app.Sits(Ada, test, "a"));

        Assert.Equal(test.VersionIds.Order(), first.Order());
        Assert.NotEqual(test.VersionIds, first);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task The_attempt_keeps_the_version_and_the_rules_it_started_with()
    {
        var test = await app.HasTest(policy: new TestPolicy { ShowAnswers = false });
        var attempt = await app.Starts(Ada, test);

        await app.HasVersion(test.QuestionIds[0], Exams.Choice("Another question?", "b"));
        await app.Run("UPDATE tests SET policy = '{}' WHERE id = $1", test.Id);

        Assert.Equal(test.VersionIds, await OrderOf(attempt));
        Assert.False(await app.Value<bool>("SELECT (policy->'test'->>'showAnswers')::boolean FROM attempts WHERE id = $1", attempt));
    }

    [Fact]
    public async Task Practice_draws_the_same_questions_for_the_same_seed()
    {
        int topic = await app.HasTopic("Seeds");
        for (int n = 0; n < 12; n++)
        {
            await app.HasQuestion(Exams.Choice($"Seed {n}?", "a"), topic, difficulty: 1 + (n % 2));
        }

        var first = await OrderOf(await Practises(new { topicIds = new[] { topic }, count = 5, seed = 42 }));
        var second = await OrderOf(await Practises(new { topicIds = new[] { topic }, count = 5, seed = 42 }));
        var third = await OrderOf(await Practises(new { topicIds = new[] { topic }, count = 5, seed = 43 }));
        var easy = await OrderOf(await Practises(new { topicIds = new[] { topic }, difficulty = 1, count = 50 }));

        Assert.Equal(first, second);
        Assert.NotEqual(first, third);
        Assert.Equal(6, easy.Count);
    }

    [Fact]
    public async Task Practice_without_a_fitting_question_says_so()
    {
        int topic = await app.HasTopic("Empty");

        var reply = await app.As(Ada).PostAsJsonAsync("/api/attempts/practice", new { topicIds = new[] { topic } }, Ct);

        Assert.Equal(HttpStatusCode.Conflict, reply.StatusCode);
    }

    private async Task<Guid> Practises(object request)
    {
        var reply = await app.As(Ada).PostAsJsonAsync("/api/attempts/practice", request, Ct);
        reply.EnsureSuccessStatusCode();
        return (await reply.Content.ReadFromJsonAsync<StartAttempt.Started>(Ct))!.AttemptId;
    }

    private async Task<List<int>> OrderOf(Guid attempt) =>
        [.. await app.Value<int[]>("SELECT array_agg(question_version_id ORDER BY position) FROM answers WHERE attempt_id = $1", attempt)];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
}
