using System.Globalization;
using Tripos.Server.Features.Evaluation.Credits;
using static Tripos.Server.Tests.Features.Evaluation.Credits.Books;

namespace Tripos.Server.Tests.Features.Evaluation.Credits;

/// <summary>Daily credits come at the person's own midnight, once a day, and go with it.</summary>
public sealed class CreditDaysTests(Books books) : IClassFixture<Books>
{
    [Fact]
    public async Task At_midnight_where_the_person_is_yesterdays_credits_go_and_todays_come()
    {
        var ada = await books.LearnerAsync("America/New_York"); // four hours behind in March: midnight is at four o'clock UTC
        await books.ReservedAsync(ada, 1);
        var midnight = new DateTimeOffset(2026, 3, 11, 4, 0, 0, TimeSpan.Zero);

        var before = await books.BalanceAsync(ada, midnight.AddSeconds(-1));
        var after = await books.BalanceAsync(ada, midnight);
        await books.ReservedAsync(ada, 4, midnight);

        Assert.Equal((3, midnight), (before.Daily, before.NextGrantAt));
        Assert.Equal((4, midnight.AddDays(1)), (after.Daily, after.NextGrantAt));
        Assert.Equal((3, -8), (await books.AccountAsync(ada, "expired"), await books.AccountAsync(ada, "issued")));
        await books.BalanceOutAsync();
    }

    [Fact]
    public async Task Extra_credits_stay_and_are_spent_after_the_daily_ones()
    {
        var ada = await books.LearnerAsync();
        await books.GiveAsync(ada, 10);

        var request = await books.ReservedAsync(ada, 6);
        var next = await books.BalanceAsync(ada, Noon.AddDays(3));

        Assert.Equal((0, 8), (await books.AccountAsync(ada, "daily"), await books.AccountAsync(ada, "extra")));
        Assert.Equal((4, 8), (next.Daily, next.Extra));
        await books.RefundAsync(request);
        Assert.Equal((4, 10), (await books.AccountAsync(ada, "daily"), await books.AccountAsync(ada, "extra")));
    }

    [Fact]
    public async Task What_comes_back_after_midnight_has_expired_unless_it_was_extra()
    {
        var ada = await books.LearnerAsync();
        await books.GiveAsync(ada, 10);
        var request = await books.ReservedAsync(ada, 6);

        await books.RefundAsync(request, Noon.AddDays(1));

        var balance = await books.BalanceAsync(ada, Noon.AddDays(1));
        Assert.Equal((4, 10), (balance.Daily, balance.Extra));
        Assert.Equal(4, await books.AccountAsync(ada, "expired"));
        await books.BalanceOutAsync();
    }

    [Fact]
    public async Task A_higher_membership_counts_at_once_and_an_expired_one_from_the_next_day()
    {
        var ada = await books.LearnerAsync();
        await books.ReservedAsync(ada, 4);

        await books.BecomesAsync(ada, MembershipLevel.Pro, until: Noon.AddHours(2));
        var raised = await books.BalanceAsync(ada);
        await books.ReservedAsync(ada, 6);
        var lowered = await books.BalanceAsync(ada, Noon.AddHours(3));
        var next = await books.BalanceAsync(ada, Noon.AddDays(1));

        Assert.Equal((MembershipLevel.Pro, 46), (raised.Level, raised.Daily));
        Assert.Equal((MembershipLevel.Free, 40), (lowered.Level, lowered.Daily));
        Assert.Equal(4, next.Daily);
        await books.BalanceOutAsync();
    }

    [Fact]
    public async Task Going_back_and_forth_between_memberships_gives_no_more_than_the_highest()
    {
        var ada = await books.LearnerAsync();

        for (int i = 0; i < 3; i++)
        {
            foreach (var level in Enum.GetValues<MembershipLevel>())
            {
                await books.BecomesAsync(ada, level);
                await books.ReserveAsync(ada, 0);
            }
        }

        Assert.Equal(50, await books.AccountAsync(ada, "daily"));
    }

    [Fact]
    public async Task Travelling_round_the_world_every_hour_gives_no_more_than_the_days_that_pass()
    {
        var ada = await books.LearnerAsync("UTC");
        string[] zones = ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Zurich", "Asia/Tokyo", "America/Los_Angeles", "UTC"];
        const int Days = 10;

        for (int hour = 0; hour <= Days * 24; hour++)
        {
            await books.LivesInAsync(ada, zones[hour % zones.Length]);
            await books.ReserveAsync(ada, 0, Noon.AddHours(hour));
        }

        long grants = -await books.AccountAsync(ada, "issued") / 4;
        Assert.InRange(grants, Days - 1, Days + 1);
        await books.BalanceOutAsync();
    }

    [Fact]
    public async Task Whoever_moves_east_still_gets_the_next_day_at_most_a_day_later()
    {
        var ada = await books.LearnerAsync("Europe/Berlin");
        await books.ReservedAsync(ada, 4);

        await books.LivesInAsync(ada, "Asia/Tokyo");
        var next = (await books.BalanceAsync(ada)).NextGrantAt;

        Assert.Equal(new DateTimeOffset(2026, 3, 10, 22, 0, 0, TimeSpan.Zero), next); // 23 hours after midnight in Berlin, not at midnight in Tokyo
        Assert.Equal(0, (await books.BalanceAsync(ada, next.AddSeconds(-1))).Daily);
        Assert.Equal(4, (await books.BalanceAsync(ada, next)).Daily);
    }

    [Theory]
    [InlineData("UTC", "2026-03-10", "2026-03-10T00:00Z")]
    [InlineData("Europe/Zurich", "2026-03-29", "2026-03-28T23:00Z")] // the clocks change later that night
    [InlineData("Asia/Beirut", "2025-03-30", "2025-03-29T22:00Z")] // midnight is skipped: the day begins at one
    [InlineData("America/Havana", "2025-11-02", "2025-11-02T04:00Z")] // midnight comes twice: the first counts
    [InlineData("Asia/Kathmandu", "2026-03-10", "2026-03-09T18:15Z")]
    public void A_day_begins_at_local_midnight(string zone, string date, string start)
    {
        var begins = CreditDay.StartOf(TimeZoneInfo.FindSystemTimeZoneById(zone), DateOnly.Parse(date, CultureInfo.InvariantCulture));

        Assert.Equal(DateTimeOffset.Parse(start, CultureInfo.InvariantCulture), begins);
        Assert.Equal(begins, CreditDay.Of(TimeZoneInfo.FindSystemTimeZoneById(zone), begins).StartsAt);
    }
}
