using Tripos.Server.Features.Evaluation.Credits;
using static Tripos.Server.Tests.Features.Evaluation.Credits.Books;

namespace Tripos.Server.Tests.Features.Evaluation.Credits;

/// <summary>A cap that is reached holds what comes next; it never fails a request and never lets one credit more through.</summary>
public sealed class SpendingCapTests(Books books) : IClassFixture<Books>
{
    [Fact]
    public async Task A_team_that_used_its_credits_waits_for_the_next_month_or_a_higher_cap()
    {
        var ada = await books.LearnerAsync(level: MembershipLevel.Pro);
        var team = await TeamAsync("Evening school", 5, ada);
        await books.SettleAsync(await books.ReservedAsync(ada, 3));
        var open = await books.ReservedAsync(ada, 2);

        var held = await HeldAsync(ada, 1);
        await books.RefundAsync(open);
        await books.ReservedAsync(ada, 2);
        var again = await HeldAsync(ada, 1);
        await books.ReservedAsync(ada, 5, Noon.AddMonths(1));
        await books.RunAsync("UPDATE credit_caps SET credits = 6 WHERE team_id = $1", team);
        await books.ReservedAsync(ada, 1);

        Assert.Equal("The team Evening school has used the credits it may use in March 2026. The evaluation goes on when the limit is raised, or on 1 April.", held);
        Assert.Equal(held, again);
        await books.BalanceOutAsync();
    }

    [Fact]
    public async Task Members_share_the_cap_and_every_capped_team_of_the_payer_counts()
    {
        var (ada, nell) = (await books.LearnerAsync(level: MembershipLevel.Pro), await books.LearnerAsync(level: MembershipLevel.Pro));
        await TeamAsync("Both", 10, ada, nell);
        await TeamAsync("Only Nell", 2, nell);
        await TeamAsync("Uncapped", null, ada, nell);

        await books.ReservedAsync(ada, 7);
        var small = await HeldAsync(nell, 3);
        await books.ReservedAsync(nell, 2);
        var both = await HeldAsync(ada, 2);
        await books.ReservedAsync(ada, 1);

        Assert.Contains("Only Nell", small, StringComparison.Ordinal);
        Assert.Contains("The team Both", both, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_hundred_requests_of_four_members_at_once_use_the_cap_exactly()
    {
        var people = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => books.LearnerAsync(level: MembershipLevel.Premium)));
        var team = await TeamAsync("Crowd", 37, people);
        await TeamAsync("Crossing", 25, people[3], people[0]);

        var replies = await Task.WhenAll(Enumerable.Range(0, 200).Select(n => Task.Run(() => books.ReserveAsync(people[n % 4], 1))));
        for (int more = 1; more > 0;)
        {
            // Whoever was held by the smaller team only made room for the others.
            var again = await Task.WhenAll(people[1..3].Select(person => books.ReserveAsync(person, 1)));
            more = again.Count(reply => !reply.Value!.IsHeld);
            replies = [.. replies, .. again];
        }

        Assert.All(replies, reply => Assert.Null(reply.Problem));
        Assert.Equal(37, replies.Count(reply => !reply.Value!.IsHeld));
        Assert.Equal(37, await UsedAsync(team));
        await books.BalanceOutAsync();
    }

    [Fact]
    public async Task The_cap_of_the_server_counts_everybody_and_want_of_credits_is_told_before_it()
    {
        await using var own = new Books();
        await own.InitializeAsync();
        var (ada, otto) = (await own.LearnerAsync(), await own.LearnerAsync());
        await own.RunAsync("INSERT INTO credit_caps (team_id, credits, set_at) VALUES (NULL, 5, now())");
        await own.ReservedAsync(ada, 4);

        var held = await own.ReserveAsync(otto, 2);
        var shortOf = await own.ReserveAsync(ada, 1);
        await own.ReservedAsync(otto, 1);

        Assert.StartsWith("This server has used the credits it may use in March 2026.", held.Value!.HeldBecause, StringComparison.Ordinal);
        Assert.Equal("credits-short", shortOf.Problem!.Code);
    }

    private async Task<string> HeldAsync(Guid user, int credits)
    {
        var outcome = await books.ReserveAsync(user, credits);
        Assert.True(outcome.Value!.IsHeld);
        return outcome.Value.HeldBecause!;
    }

    private async Task<Guid> TeamAsync(string name, int? cap, params Guid[] members)
    {
        var team = Guid.CreateVersion7();
        await books.RunAsync("INSERT INTO teams (id, name) VALUES ($1, $2)", team, name);
        await books.RunAsync("INSERT INTO team_members (team_id, user_id, role) SELECT $1, unnest($2::uuid[]), 'member'", team, members);
        if (cap is not null)
        {
            await books.RunAsync("INSERT INTO credit_caps (team_id, credits, set_at) VALUES ($1, $2, now())", team, cap);
        }

        return team;
    }

    private async Task<long> UsedAsync(Guid team)
    {
        await using var connection = await books.Sql.OpenConnectionAsync(TestContext.Current.CancellationToken);
        return await SpendingCaps.UsedAsync(connection, team, new DateOnly(2026, 3, 1), TestContext.Current.CancellationToken);
    }
}
