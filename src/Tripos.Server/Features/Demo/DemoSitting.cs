using System.Text.Json;
using Npgsql;
using Tripos.Questions;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;

namespace Tripos.Server.Features.Demo;

/// <summary>One simulated learner sits one attempt in the past, through the same use cases a browser calls.</summary>
public sealed class DemoSitting(NpgsqlDataSource source, QuestionVersions versions, AttemptPapers papers)
{
    private readonly PastClock _clock = new();

    /// <param name="testId">Null practises a few of the topics instead.</param>
    public async Task SitAsync(DemoLearner learner, DateTimeOffset at, int daysAgo, Guid? testId, int[] topics, CancellationToken ct)
    {
        _clock.Now = at;
        var started = testId is { } id && id != Guid.Empty
            ? await StartAttempt.RunAsync(id, learner.Random.Next(), learner.User, source, versions, papers, _clock, ct)
            : await StartPractice.RunAsync(new(Some(topics, learner.Random), Count: 8 + learner.Random.Next(5), Seed: learner.Random.Next()), learner.User, source, versions, papers, _clock, ct);
        if (started.Value is not { } attempt)
        {
            return; // no attempts left: a demo learner obeys the rules too
        }

        var player = (await ReadPlayer.RunAsync(attempt.AttemptId, learner.User, source, versions, _clock, ct)).Value!;
        await AnswerAsync(learner, player, daysAgo, ct);
        await SubmitAttempt.RunAsync(attempt.AttemptId, new(), learner.User, source, versions, _clock, ct);
    }

    /// <summary>Sits an attempt that was started for a whole class. Its order was drawn by chance, so what is right is decided in the order of the questions: the same on every installation.</summary>
    /// <param name="submits">False for somebody who is still at it when the teacher ends the session.</param>
    /// <returns>When they were done.</returns>
    public async Task<DateTimeOffset> SitStartedAsync(DemoLearner learner, Guid attemptId, DateTimeOffset at, int daysAgo, bool submits, CancellationToken ct)
    {
        _clock.Now = at;
        var player = (await ReadPlayer.RunAsync(attemptId, learner.User, source, versions, _clock, ct)).Value!;
        await AnswerAsync(learner, player with { Items = [.. player.Items.OrderBy(item => item.Version.QuestionId)] }, daysAgo, ct);
        if (submits)
        {
            await SubmitAttempt.RunAsync(attemptId, new(), learner.User, source, versions, _clock, ct);
        }

        return _clock.Now;
    }

    private async Task AnswerAsync(DemoLearner learner, PlayerView player, int daysAgo, CancellationToken ct)
    {
        var facts = await FactsAsync(player, ct);
        List<(int Position, TimeSpan Thinking, string Response, short Confidence)> answers = [];
        foreach (var item in player.Items)
        {
            if (item.Version.Body is not ChoiceBody body || learner.Random.NextDouble() < 0.02)
            {
                continue; // left out
            }

            var (difficulty, topicId) = facts[item.Version.QuestionId];
            double chance = learner.ChanceOf(difficulty, topicId, daysAgo);
            answers.Add((item.Position, learner.ThinkingTime(difficulty), JsonSerializer.Serialize(new ChoiceResponse(learner.Answer(body, chance)), QuestionJson.Options), learner.Confidence(chance)));
        }

        List<AnswerChange> changes = [];
        foreach (var (position, thinking, response, confidence) in answers.OrderBy(answer => answer.Position))
        {
            _clock.Now += thinking;
            changes.Add(new AnswerChange(player.AttemptId, (short)position, 1, 0, response, confidence, (long)thinking.TotalMilliseconds, "demo", _clock.Now, _clock.Now));
        }

        await using var connection = await source.OpenConnectionAsync(ct);
        await using var command = AnswerBatch.CreateCommand(connection);
        await AnswerBatch.StoreAsync(command, changes, ct);
        _clock.Now += TimeSpan.FromSeconds(5);
    }

    private async Task<Dictionary<int, (int Difficulty, int? TopicId)>> FactsAsync(PlayerView player, CancellationToken ct)
    {
        await using var command = source.CreateCommand("SELECT id, difficulty, topic_id FROM questions WHERE id = ANY ($1)");
        command.Parameters.Add(new() { Value = player.Items.Select(item => item.Version.QuestionId).ToArray() });
        await using var reader = await command.ExecuteReaderAsync(ct);
        Dictionary<int, (int, int?)> facts = [];
        while (await reader.ReadAsync(ct))
        {
            facts.Add(reader.GetInt32(0), (reader.GetInt16(1), await reader.IsDBNullAsync(2, ct) ? null : reader.GetInt32(2)));
        }

        return facts;
    }

    private static int[] Some(int[] topics, Random random) => [.. topics.OrderBy(_ => random.Next()).Take(3)];
}
