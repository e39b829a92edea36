using System.Globalization;
using Tripos.Browser.Tests.Support;
using Tripos.Server.Platform.Data;
using Tripos.Server.Tests.Support;

namespace Tripos.Browser.Tests.Journeys;

/// <summary>Tabs, connections and servers die at random while fifty learners answer in one session: what anybody was told is saved is there in the end, once.</summary>
public sealed class ChaosInALiveSession(Chromium chromium)
{
    private const int Learners = 50;
    private const int Tabs = 3;
    private const int Questions = 12;
    private const int Rounds = 8;

    [Fact]
    public async Task Fifty_learners_lose_nothing_that_was_acknowledged()
    {
        await using var fleet = await ServerFleet.StartAsync();
        var (session, learners) = await StartsAsync(fleet);
        int seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed.ToString(CultureInfo.InvariantCulture)}");
        List<BusyLearner> pages = [];
        foreach (var learner in learners.Skip(Tabs))
        {
            pages.Add(new BusyLearner(fleet.Gate.Address, learner, await fleet.CookieOf(learner.Id), session, await fleet.App.AttemptIn(session, learner), Questions));
        }

        List<LearnerTab> tabs = [];
        foreach (var learner in learners.Take(Tabs))
        {
            tabs.Add(await LearnerTab.OpensAsync(await fleet.OpensBrowser(chromium, learner), await fleet.App.AttemptIn(session, learner)));
        }

        using CancellationTokenSource enough = new();
        Task[] working = [.. pages.Select((page, i) => page.WorkAsync(seed + i, enough.Token))];
        Random dice = new(seed);
        for (int round = 0; round < Rounds; round++)
        {
            foreach (var tab in tabs)
            {
                await tab.AnswersOnceAsync(dice, Questions);
            }

            await StrikesAsync(fleet, tabs, dice, round);
        }

        await enough.CancelAsync();
        await Task.WhenAll(working);
        foreach (var tab in tabs)
        {
            await tab.ComesToRestAsync();
        }

        foreach (var page in pages)
        {
            await IsAllThereAsync(fleet.App, page.Attempt, page.Acknowledged.ToDictionary(answer => answer.Key, answer => answer.Value.Sequence));
            Assert.All(await OptionsAsync(fleet.App, page.Attempt), answer => Assert.Equal(page.Acknowledged[answer.Position].Option, answer.Option));
        }

        foreach (var tab in tabs)
        {
            await IsAllThereAsync(fleet.App, tab.Attempt, tab.Acknowledged);
        }

        Assert.Equal(0L, await fleet.App.Value<long>("SELECT count(*) - count(DISTINCT (attempt_id, position, sequence)) FROM answer_events WHERE outcome = 'accepted'"));
        Assert.True(pages.Sum(page => page.SentAgain) > 0, "Nothing was ever lost on the way: the chaos did not reach the learners.");
        foreach (var page in pages)
        {
            await page.DisposeAsync();
        }

        await Task.WhenAll(tabs.Select(tab => tab.CloseAsync()));
    }

    /// <summary>One blow of each round: a server, a third of all connections, or a tab.</summary>
    private static async Task StrikesAsync(ServerFleet fleet, List<LearnerTab> tabs, Random dice, int round)
    {
        switch (round % 4)
        {
            case 0:
                fleet.Gate.Break(() => dice.Next(3) == 0);
                break;
            case 1:
                await fleet.Servers[dice.Next(2)].KillServerAsync();
                fleet.Gate.Break(() => dice.Next(5) == 0);
                break;
            case 2:
                await tabs[dice.Next(tabs.Count)].IsKilledAndOpenedAgainAsync();
                break;
            default:
                foreach (var server in fleet.Servers.Where(server => !server.IsRunning))
                {
                    await server.StartAsync();
                }

                fleet.Gate.Break(() => dice.Next(2) == 0);
                break;
        }
    }

    private static async Task<(Guid Session, List<Person> Learners)> StartsAsync(ServerFleet fleet)
    {
        var session = await fleet.App.HasSession(await fleet.App.HasTest(Questions), limitMs: 3_600_000);
        List<Person> learners = [];
        for (int n = 0; n < Learners; n++)
        {
            Person learner = new(Guid.CreateVersion7(), $"Learner {n + 1}", "learner");
            await fleet.App.Run("INSERT INTO users (id, display_name, email, normalized_email, security_stamp, concurrency_stamp) VALUES ($1, $2, $3, upper($3), 'x', 'x')", learner.Id, learner.Name, $"learner{n}@example.org");
            await fleet.App.Run("INSERT INTO class_members (class_id, learner_id, joined_by) SELECT class_id, $2, 'roster' FROM live_sessions WHERE id = $1", session, learner.Id);
            await fleet.App.Run("INSERT INTO live_participants (session_id, learner_id, state) VALUES ($1, $2, 1)", session, learner.Id);
            learners.Add(learner);
        }

        (await fleet.App.Steps(session, "start")).EnsureSuccessStatusCode();
        return (session, learners);
    }

    private static async Task IsAllThereAsync(TriposApp app, Guid attempt, IReadOnlyDictionary<int, int> acknowledged)
    {
        var stored = (await app.Sql.QueryAsync("SELECT position, sequence FROM answers WHERE attempt_id = $1", row => KeyValuePair.Create((int)row.GetInt16(0), row.GetInt32(1)), TestContext.Current.CancellationToken, attempt)).ToDictionary();
        Assert.All(acknowledged, answer => Assert.True(stored[answer.Key] >= answer.Value, $"Question {answer.Key} was acknowledged with sequence {answer.Value}, but {stored[answer.Key]} is stored."));
    }

    private static Task<List<(int Position, string Option)>> OptionsAsync(TriposApp app, Guid attempt) =>
        app.Sql.QueryAsync("SELECT position, response->'chosen'->>0 FROM answers WHERE attempt_id = $1 AND sequence > 0", row => ((int)row.GetInt16(0), row.GetString(1)), TestContext.Current.CancellationToken, attempt);
}
