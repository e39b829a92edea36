using static Tripos.Server.Tests.Features.Evaluation.Credits.Books;

namespace Tripos.Server.Tests.Features.Evaluation.Credits;

/// <summary>Many connections at once, as many servers would have.</summary>
public sealed class ParallelSpendingTests(Books books) : IClassFixture<Books>
{
    [Fact]
    public async Task A_hundred_requests_on_four_credits_settle_four()
    {
        var ada = await books.LearnerAsync();

        var settled = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(async () =>
            await books.ReserveAsync(ada, 1) is { Value: { } reservation } && await books.SettleAsync(reservation.RequestId))));

        Assert.Equal(4, settled.Count(done => done));
        Assert.Equal((0, 4L), ((await books.BalanceAsync(ada)).Available, await books.AccountAsync(ada, "spent")));
        await books.BalanceOutAsync();
    }

    [Fact]
    public async Task Requests_that_fail_leave_their_credits_to_others_and_four_are_settled_in_the_end()
    {
        var ada = await books.LearnerAsync();

        // Two of three fail; whoever was refused or failed asks again, until somebody got every credit.
        await Task.WhenAll(Enumerable.Range(0, 100).Select(n => Task.Run(() => SpendAsync(ada, fails: n % 3 != 0))));
        while (await SpendAsync(ada, fails: false))
        {
        }

        Assert.Equal((0, 4L), ((await books.BalanceAsync(ada)).Available, await books.AccountAsync(ada, "spent")));
        await books.BalanceOutAsync();
    }

    [Fact]
    public async Task One_request_sent_by_many_at_once_is_paid_once_and_ends_once()
    {
        var ada = await books.LearnerAsync();
        var request = Guid.CreateVersion7();

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => books.ReserveAsync(ada, 3, request: request))));
        var ends = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => Task.Run(() => n % 2 == 0 ? books.SettleAsync(request) : books.RefundAsync(request))));

        Assert.All(replies, reply => Assert.Equal(request, reply.Value!.RequestId));
        Assert.Single(ends, ended => ended);
        Assert.Equal(4, await books.AccountAsync(ada, "daily") + await books.AccountAsync(ada, "spent"));
        await books.BalanceOutAsync();
    }

    [Fact]
    public async Task The_credits_of_a_day_are_given_once_however_many_ask_first()
    {
        var ada = await books.LearnerAsync();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => books.ReserveAsync(ada, 0, Noon.AddDays(1)))));

        Assert.Equal(-4, await books.AccountAsync(ada, "issued"));
    }

    private async Task<bool> SpendAsync(Guid user, bool fails)
    {
        if (await books.ReserveAsync(user, 1) is not { Value: { } reservation })
        {
            return false;
        }

        return fails ? await books.RefundAsync(reservation.RequestId) : await books.SettleAsync(reservation.RequestId);
    }
}
