namespace Tripos.Server.Features.Evaluation.Credits;

/// <summary>What has to happen to daily credits before anything else: those of a day that is over expire, those of today are given.</summary>
/// <param name="Day">The day of the wallet from now on.</param>
/// <param name="Gives">Also what is missing after a membership was raised during the day.</param>
internal sealed record Renewal(DateOnly Day, DateTimeOffset StartedAt, bool IsNewDay, int Expires, int Gives, DateTimeOffset NextAt)
{
    // The shortest day there is. Whoever travels, or says so, has to wait as long for the next day's credits.
    private static readonly TimeSpan ShortestDay = TimeSpan.FromHours(23);

    public static Renewal Plan(Wallet wallet, DateTimeOffset now)
    {
        var local = CreditDay.Of(wallet.Zone, now);
        var earliest = wallet.DayStartedAt is { } started ? started + ShortestDay : DateTimeOffset.MinValue;
        bool isNew = wallet.Day is not { } last || (local.Date > last && now >= earliest);
        var day = isNew ? local.Date : wallet.Day!.Value;
        var startedAt = isNew ? Later(local.StartsAt, earliest) : wallet.DayStartedAt!.Value;
        int gives = Math.Max(0, (wallet.Level.PerDay ?? 0) - (isNew ? 0 : wallet.GivenToday));
        return new Renewal(day, startedAt, isNew, isNew ? wallet.Daily : 0, gives, Later(CreditDay.StartOf(wallet.Zone, day.AddDays(1)), startedAt + ShortestDay));
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
