using System.Text.RegularExpressions;
using Tripos.Browser.Tests.Support;
using Tripos.Server.Platform.Data;
using Tripos.Server.Tests.Support;
using static Microsoft.Playwright.Assertions;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Browser.Tests.Journeys;

/// <summary>Two server processes on one database show one wall; when one is killed, its pages find the other, and nothing that was acknowledged is gone.</summary>
public sealed class TwoServersOneWall(Chromium chromium)
{
    private const int Questions = 8;
    private const int Others = 6;

    [Fact]
    public async Task A_wall_shows_learners_of_both_servers_and_again_all_of_them_when_one_has_died()
    {
        await using var fleet = await ServerFleet.StartAsync();
        var session = await fleet.App.HasSession(await fleet.App.HasTest(Questions), limitMs: 3_600_000);
        var learners = await ComeInAsync(fleet, session);
        await using var desk = await fleet.OpensBrowser(chromium, Tess);
        await using var home = await fleet.OpensBrowser(chromium, Ada);
        var wall = await desk.NewPageAsync();
        await wall.GotoAsync($"/live/{session}/wall");
        var tab = await LearnerTab.OpensAsync(home, await fleet.App.AttemptIn(session, Ada));
        Random dice = new(7);
        await tab.AnswersOnceAsync(dice, Questions);
        using CancellationTokenSource enough = new();
        Task[] working = [.. learners.Select((learner, i) => learner.WorkAsync(i, enough.Token))];
        await Expect(wall.Locator("[data-freshness-words]")).ToHaveTextAsync(new Regex("^live"));
        await Expect(wall.Locator(".tile[data-tone='good']")).ToHaveCountAsync(Others + 1, new() { Timeout = 30_000 });

        await fleet.Servers[0].KillServerAsync();
        await tab.AnswersOnceAsync(dice, Questions);
        foreach (var learner in learners)
        {
            int before = learner.Acknowledged.Values.Sum(answer => answer.Sequence);
            await fleet.App.Eventually("SELECT (sum(sequence) >= $2)::text FROM answers WHERE attempt_id = $1", "true", learner.Attempt, (long)before + 2); // they go on
        }

        await Expect(wall.Locator("[data-freshness-words]")).ToHaveTextAsync(new Regex("^live"), new() { Timeout = 30_000 });
        await Expect(wall.Locator(".tile[data-tone='good']")).ToHaveCountAsync(Others + 1, new() { Timeout = 30_000 });

        // Whoever was at the other server all the time is moved too
        await fleet.Servers[0].StartAsync();
        await fleet.Servers[1].KillServerAsync();
        await Waiting.Until(() => learners.All(learner => learner.Attended > 1));
        await Expect(wall.Locator("[data-freshness-words]")).ToHaveTextAsync(new Regex("^live"), new() { Timeout = 30_000 });
        await Expect(wall.Locator(".tile[data-tone='good']")).ToHaveCountAsync(Others + 1, new() { Timeout = 30_000 });
        await enough.CancelAsync();
        await Task.WhenAll(working);
        await tab.ComesToRestAsync();
        foreach (var learner in learners)
        {
            var stored = (await fleet.App.Sql.QueryAsync("SELECT position, sequence, response->'chosen'->>0 FROM answers WHERE attempt_id = $1 AND sequence > 0",
                row => KeyValuePair.Create((int)row.GetInt16(0), (row.GetInt32(1), row.GetString(2))), TestContext.Current.CancellationToken, learner.Attempt)).ToDictionary();
            Assert.Equal(learner.Acknowledged.OrderBy(answer => answer.Key), stored.OrderBy(answer => answer.Key));
            await learner.DisposeAsync();
        }
    }

    private static async Task<List<BusyLearner>> ComeInAsync(ServerFleet fleet, Guid session)
    {
        List<Person> people = [Ada];
        for (int n = 0; n < Others; n++)
        {
            people.Add(await fleet.App.HasLearnerIn(session, $"Learner{n + 1}"));
        }

        foreach (var person in people)
        {
            await fleet.App.Run("INSERT INTO live_participants (session_id, learner_id, state) VALUES ($1, $2, 1)", session, person.Id);
        }

        (await fleet.App.Steps(session, "start")).EnsureSuccessStatusCode();
        List<BusyLearner> learners = [];
        foreach (var person in people.Skip(1))
        {
            learners.Add(new BusyLearner(fleet.Gate.Address, person, await fleet.CookieOf(person.Id), session, await fleet.App.AttemptIn(session, person), Questions));
        }

        return learners;
    }
}
