using Tripos.Server.Features.Evaluation.Credits;
using static Tripos.Server.Tests.Features.Evaluation.Credits.Books;

namespace Tripos.Server.Tests.Features.Evaluation.Credits;

/// <summary>Whatever happens in whatever order, the books balance and nobody spends what they were not given.</summary>
public sealed class CreditPropertyTests(Books books) : IClassFixture<Books>
{
    private static readonly string[] Zones = ["UTC", "Asia/Tokyo", "America/Los_Angeles", "Pacific/Kiritimati", "Europe/Zurich"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Random_lives_keep_the_books(int seed)
    {
        var random = new Random(seed);
        var ada = await books.LearnerAsync();
        var now = Noon;
        List<Guid> open = [];

        for (int step = 0; step < 150; step++)
        {
            now += TimeSpan.FromMinutes(random.Next(4) == 0 ? random.Next(2_000) : random.Next(30));
            await StepAsync(random, ada, open, now);
        }

        Assert.True(await books.AccountAsync(ada, "spent") <= -await books.AccountAsync(ada, "issued"));
        Assert.InRange(await GrantsAsync(ada), 1, (now - Noon).TotalDays + 2);
        await books.BalanceOutAsync();
    }

    private async Task StepAsync(Random random, Guid ada, List<Guid> open, DateTimeOffset now)
    {
        var before = await books.BalanceAsync(ada, now);
        switch (random.Next(10))
        {
            case < 4:
                int credits = random.Next(7);
                var outcome = await books.ReserveAsync(ada, credits, now);
                Assert.Equal(before.Covers(credits), outcome.Problem is null);
                open.AddRange(outcome.Value is { } reservation ? [reservation.RequestId] : []);
                break;
            case < 6 when Take(random, open) is { } request:
                Assert.True(await books.SettleAsync(request, random.Next(1_000), now));
                Assert.False(await books.RefundAsync(request, now));
                break;
            case < 8 when Take(random, open) is { } request:
                Assert.True(await books.RefundAsync(request, now));
                Assert.False(await books.SettleAsync(request, 0, now));
                break;
            case 8:
                await books.LivesInAsync(ada, Zones[random.Next(Zones.Length)]);
                break;
            default:
                await (random.Next(2) == 0 ? books.GiveAsync(ada, random.Next(1, 5), now) : books.BecomesAsync(ada, random.GetItems(Enum.GetValues<MembershipLevel>(), 1)[0]));
                break;
        }

        var after = await books.BalanceAsync(ada, now);
        Assert.True(after is { Daily: >= 0, Extra: >= 0, Held: >= 0 } && after.NextGrantAt > now);
    }

    private static Guid? Take(Random random, List<Guid> open)
    {
        if (open.Count == 0)
        {
            return null;
        }

        int at = random.Next(open.Count);
        var request = open[at];
        open.RemoveAt(at);
        return request;
    }

    private async Task<long> GrantsAsync(Guid user)
    {
        await using var count = books.Sql.CreateCommand("SELECT count(DISTINCT day) FROM credit_transfers WHERE user_id = $1 AND kind = 'daily'");
        count.Parameters.Add(new() { Value = user });
        return (long)(await count.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
