using Tripos.Server.Features.Evaluation.Credits;
using static Tripos.Server.Tests.Features.Evaluation.Credits.Books;

namespace Tripos.Server.Tests.Features.Evaluation.Credits;

public sealed class CreditLedgerTests(Books books) : IClassFixture<Books>
{
    [Fact]
    public async Task Settled_credits_are_spent_and_refunded_ones_are_there_again()
    {
        var ada = await books.LearnerAsync();

        var kept = await books.ReservedAsync(ada, 2);
        var failed = await books.ReservedAsync(ada, 1);
        Assert.Equal((1, 3), (await books.BalanceAsync(ada) is var held ? (held.Daily, held.Held) : default));
        Assert.True(await books.SettleAsync(kept, costMicros: 1_200));
        Assert.True(await books.RefundAsync(failed));

        var balance = await books.BalanceAsync(ada);
        Assert.Equal((2, 0, 0, false), (balance.Daily, balance.Extra, balance.Held, balance.Unlimited));
        Assert.Equal(2, await books.AccountAsync(ada, "spent"));
        await books.BalanceOutAsync();
    }

    [Fact]
    public async Task Saying_it_twice_changes_nothing()
    {
        var ada = await books.LearnerAsync();
        var request = await books.ReservedAsync(ada, 3);

        var again = await books.ReserveAsync(ada, 3, request: request);
        bool[] settled = [await books.SettleAsync(request), await books.SettleAsync(request)];
        bool refunded = await books.RefundAsync(request);
        var afterwards = await books.ReserveAsync(ada, 3, request: request);

        Assert.Equal(request, again.Value!.RequestId);
        Assert.Equal([true, false], settled);
        Assert.False(refunded);
        Assert.Null(afterwards.Problem);
        Assert.Equal((1, 3L), ((await books.BalanceAsync(ada)).Daily, await books.AccountAsync(ada, "spent")));
    }

    [Fact]
    public async Task A_refunded_request_is_neither_settled_nor_reserved_again()
    {
        var ada = await books.LearnerAsync();
        var request = await books.ReservedAsync(ada, 3);
        await books.RefundAsync(request);

        bool[] ended = [await books.SettleAsync(request), await books.RefundAsync(request), await books.SettleAsync(Guid.CreateVersion7())];
        var again = await books.ReserveAsync(ada, 3, request: request);

        Assert.Equal([false, false, false], ended);
        Assert.Equal("credits-refunded", again.Problem!.Code);
        Assert.Equal(4, (await books.BalanceAsync(ada)).Daily);
    }

    [Fact]
    public async Task More_than_there_is_cannot_be_reserved_and_the_reply_says_when_there_is_more()
    {
        var ada = await books.LearnerAsync("Europe/Zurich");
        await books.ReservedAsync(ada, 3);

        var refused = await books.ReserveAsync(ada, 2);

        Assert.Equal(("credits-short", 409), (refused.Problem!.Code, refused.Problem.Status));
        Assert.Equal([1, 2, new DateTimeOffset(2026, 3, 10, 23, 0, 0, TimeSpan.Zero)], [refused.Problem.Facts!["balance"], refused.Problem.Facts["needed"], refused.Problem.Facts["nextGrantAt"]]);
        Assert.Equal(1, (await books.BalanceAsync(ada)).Daily);
    }

    [Fact]
    public async Task Premium_members_reserve_whatever_they_need_and_the_books_still_balance()
    {
        var ada = await books.LearnerAsync(level: MembershipLevel.Premium);

        var first = await books.ReservedAsync(ada, 500);
        var second = await books.ReservedAsync(ada, 70);
        await books.RefundAsync(second);
        var third = await books.ReservedAsync(ada, 100);
        await books.SettleAsync(first);
        await books.SettleAsync(third);

        Assert.True((await books.BalanceAsync(ada)).Unlimited);
        Assert.Equal((-600, 600), (await books.AccountAsync(ada, "issued"), await books.AccountAsync(ada, "spent")));
        await books.BalanceOutAsync();
    }

    [Fact]
    public async Task A_request_of_somebody_else_is_a_mistake_of_the_program()
    {
        var (ada, otto) = (await books.LearnerAsync(), await books.LearnerAsync());
        var request = await books.ReservedAsync(ada, 1);

        await Assert.ThrowsAsync<InvalidOperationException>(() => books.ReserveAsync(otto, 1, request: request));

        Assert.Equal(4, (await books.BalanceAsync(otto)).Daily);
    }
}
