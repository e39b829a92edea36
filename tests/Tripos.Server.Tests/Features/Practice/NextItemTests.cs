using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Practice;

/// <summary>A session that chooses its questions one by one.</summary>
public sealed class NextItemTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task A_session_grows_by_one_question_at_a_time_and_says_why()
    {
        var (topic, questions) = await app.HasPracticeTopic(12, "Closures");
        var attempt = await app.StartsSession(Ada, [topic]);

        var first = await app.Next(Ada, attempt);
        var again = await app.Next(Ada, attempt);
        await app.AnswersOpen(Ada, attempt, 1);
        var second = await app.Next(Ada, attempt);

        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.Equal((1, 2), (first.GetProperty("position").GetInt32(), second.GetProperty("position").GetInt32()));
        Assert.Contains("Question", first.GetProperty("question").GetProperty("promptHtml").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(first.GetProperty("why").GetProperty("words").GetString()!);
        Assert.InRange(first.GetProperty("why").GetProperty("probability").GetDouble(), 1e-9, 1);
        var asked = await app.QuestionsOf(attempt);
        Assert.Equal(2, asked.Distinct().Count());
        Assert.Subset(questions.ToHashSet(), asked.ToHashSet());
        Assert.Equal(2, await app.Value<long>("SELECT count(*) FROM selections WHERE attempt_id = $1 AND learner_id = $2", attempt, Ada.Id));
    }

    [Fact]
    public async Task Without_a_session_one_is_started_and_the_same_is_given_again()
    {
        await app.HasPracticeTopic(3);
        var one = await app.As(Otto).GetFromJsonAsync<JsonElement>("/api/practice/next", Cancel);
        var other = await app.As(Otto).GetFromJsonAsync<JsonElement>("/api/practice/next", Cancel);

        Assert.Equal(one.GetProperty("attemptId").GetGuid(), other.GetProperty("attemptId").GetGuid());
    }

    [Fact]
    public async Task Without_topics_it_stays_in_modules_that_were_begun_until_they_are_exhausted()
    {
        var learner = await NewLearnerAsync();
        int begun = await app.HasTopic($"Begun {Guid.NewGuid():n}", $"Module {Guid.NewGuid():n}");
        List<int> inside = [];
        for (int n = 1; n <= 4; n++)
        {
            inside.Add((await app.HasQuestion(Exams.Choice($"Question {n} inside {begun}?", "a"), begun)).QuestionId);
        }

        await app.HasPracticeTopic(6); // somewhere else; now all are known
        var first = await app.StartsSession(learner, [begun]);
        await app.Next(learner, first);
        await app.AnswersOpen(learner, first, 1, "b");
        await EndsAsync(learner, first);

        var session = await app.StartsSession(learner, []);
        for (int position = 1; position <= 5; position++)
        {
            await app.Next(learner, session);
            await app.AnswersOpen(learner, session, position);
        }

        int[] asked = await app.QuestionsOf(session);
        Assert.Equal(inside.Order(), asked.Take(4).Order());
        Assert.DoesNotContain(asked[4], inside);
    }

    [Fact]
    public async Task The_same_seed_and_the_same_state_choose_the_same_questions()
    {
        var (topic, _) = await app.HasPracticeTopic(40);
        var one = await LeavesAsync(await NewLearnerAsync(), topic, seed: 7, items: 6);
        var other = await LeavesAsync(await NewLearnerAsync(), topic, seed: 7, items: 6);
        var third = await LeavesAsync(await NewLearnerAsync(), topic, seed: 8, items: 6);

        Assert.Equal(one, other);
        Assert.NotEqual(one, third);
    }

    [Fact]
    public async Task A_question_answered_correctly_lately_rests_and_a_wrong_one_comes_again()
    {
        var learner = await NewLearnerAsync();
        var (topic, questions) = await app.HasPracticeTopic(4);
        var attempt = await app.StartsSession(learner, [topic]);
        for (int position = 1; position <= 4; position++)
        {
            await app.Next(learner, attempt);
            await app.AnswersOpen(learner, attempt, position, position == 1 ? "b" : "a");
        }

        int wrong = (await app.QuestionsOf(attempt))[0];
        await EndsAsync(learner, attempt);
        var second = await app.StartsSession(learner, [topic]);
        await app.Next(learner, second);
        await app.AnswersOpen(learner, second, 1);
        var over = await app.Next(learner, second);

        Assert.Equal([wrong], await app.QuestionsOf(second));
        Assert.Equal("no_items", over.GetProperty("over").GetString());
        Assert.Equal(4, questions.Length);
    }

    [Fact]
    public async Task Nothing_is_asked_that_is_retired_a_draft_without_a_key_spoken_or_in_the_learners_exam()
    {
        var learner = await NewLearnerAsync();
        var (topic, questions) = await app.HasPracticeTopic(5);
        await app.Run("UPDATE questions SET status = 'retired' WHERE id = $1", questions[0]);
        await app.Run("UPDATE questions SET status = 'draft' WHERE id = $1", questions[1]);
        await app.Run("UPDATE questions SET needs_key = true WHERE id = $1", questions[2]);
        await app.HasQuestion(Bodies.Of("spoken-answer"), topic, kindName: "spoken-answer");
        await app.HasQuestion(Bodies.Of("description"), topic, kindName: "description");
        var exam = await app.HasTest(0);
        await app.Run("INSERT INTO test_slots (test_id, position, question_id) VALUES ($1, 1, $2)", exam.Id, questions[3]);
        await app.Starts(learner, exam);
        await app.KnowsItsQuestions();

        var attempt = await app.StartsSession(learner, [topic]);
        await app.Next(learner, attempt);
        await app.AnswersOpen(learner, attempt, 1);
        var over = await app.Next(learner, attempt);

        Assert.Equal([questions[4]], await app.QuestionsOf(attempt));
        Assert.Equal("no_items", over.GetProperty("over").GetString());
    }

    [Fact]
    public async Task A_session_with_nothing_to_ask_says_so_and_leaves_nothing_behind()
    {
        var learner = await NewLearnerAsync();
        var (topic, questions) = await app.HasPracticeTopic(1);
        await app.Run("INSERT INTO learner_items (learner_id, question_id, answers, correct, last_correct, last_score, last_at) VALUES ($1, $2, 1, 1, true, 1, now())", learner.Id, questions[0]);
        var attempt = await app.StartsSession(learner, [topic]);

        var reply = await app.As(learner).GetAsync($"/api/practice/next?attemptId={attempt}", Cancel);

        Assert.Equal(HttpStatusCode.Conflict, reply.StatusCode);
        Assert.Contains("nothing-left", await reply.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(0, await app.Value<long>("SELECT count(*) FROM attempts WHERE learner_id = $1", learner.Id));
    }

    [Fact]
    public async Task A_question_retired_a_moment_ago_is_not_asked_although_the_list_still_has_it()
    {
        var learner = await NewLearnerAsync();
        var (topic, questions) = await app.HasPracticeTopic(2);
        var attempt = await app.StartsSession(learner, [topic]);
        await app.Run("UPDATE questions SET status = 'retired' WHERE id = $1", questions[0]);

        await app.Next(learner, attempt);

        Assert.Equal([questions[1]], await app.QuestionsOf(attempt));
    }

    [Fact]
    public async Task Experimental_questions_are_asked_as_probes_only()
    {
        var learner = await NewLearnerAsync();
        var (topic, _) = await app.HasPracticeTopic(15);
        await app.Run("UPDATE questions SET status = 'experimental' WHERE topic_id = $1 AND id % 2 = 0", topic);
        await app.KnowsItsQuestions();
        await PractisesAsync(learner, topic, seed: 3, items: 7);

        long wrong = await app.Value<long>("SELECT count(*) FROM selections s JOIN questions q ON q.id = s.question_id WHERE s.learner_id = $1 AND q.status = 'experimental' AND s.quota <> 'probe'", learner.Id);

        Assert.Equal(0, wrong);
    }

    [Fact]
    public async Task An_offered_question_without_an_answer_is_taken_back_at_the_end()
    {
        var (topic, _) = await app.HasPracticeTopic(3);
        var attempt = await app.StartsSession(Ada, [topic]);
        await app.Next(Ada, attempt);
        await app.AnswersOpen(Ada, attempt, 1);
        await app.Next(Ada, attempt);

        await EndsAsync(Ada, attempt);

        Assert.Equal(100, await app.Value<float>("SELECT percent FROM attempts WHERE id = $1", attempt));
        Assert.Equal(1, await app.Value<short>("SELECT item_count FROM attempts WHERE id = $1", attempt));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<Person> NewLearnerAsync() => new(await app.HasAccountAsync($"p{Guid.NewGuid():n}@example.org"), "Somebody", "learner");

    private async Task<int[]> PractisesAsync(Person learner, int topic, long seed, int items)
    {
        var attempt = await app.StartsSession(learner, [topic], seed: seed);
        for (int position = 1; position <= items; position++)
        {
            await app.Next(learner, attempt);
            await app.AnswersOpen(learner, attempt, position, position % 3 == 0 ? "b" : "a");
        }

        return await app.QuestionsOf(attempt);
    }

    /// <summary>Questions that are closed without an answer say nothing, so nothing changes between them.</summary>
    private async Task<int[]> LeavesAsync(Person learner, int topic, long seed, int items)
    {
        var attempt = await app.StartsSession(learner, [topic], seed: seed);
        for (int position = 1; position <= items; position++)
        {
            await app.Next(learner, attempt);
            (await app.As(learner).PutAsync($"/api/attempts/{attempt}/answers/{position}/closure", null, Cancel)).EnsureSuccessStatusCode();
        }

        return await app.QuestionsOf(attempt);
    }

    private async Task EndsAsync(Person learner, Guid attempt) =>
        Assert.Equal(HttpStatusCode.OK, (await app.As(learner).PostAsync($"/api/practice/sessions/{attempt}/end", null, Cancel)).StatusCode);
}
