using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Review;

/// <summary>How much of the deck a learner does on a day, and how their cards are scheduled.</summary>
/// <param name="MinutesPerDay">Limits the reviews of a day by the time one takes this learner; null for no such limit.</param>
/// <param name="CatchUpUntil">The last day of working off a backlog; null when there is no such plan.</param>
/// <param name="CatchUpPerDay">Reviews a day until then.</param>
public sealed record DeckSettings(
    int NewPerDay, int ReviewsPerDay, int? MinutesPerDay, DateOnly? CatchUpUntil, int? CatchUpPerDay, DateOnly? VacationFrom, DateOnly? VacationTo, Scheme Scheme)
{
    public static async Task<DeckSettings> LoadAsync(NpgsqlConnection connection, Guid learnerId, Schemes schemes, CancellationToken ct)
    {
        var scheme = await schemes.CurrentAsync(connection, learnerId, ct);
        var rows = await connection.QueryAsync("SELECT new_per_day, reviews_per_day, minutes_per_day, catch_up_until, catch_up_per_day, vacation_from, vacation_to FROM deck_settings WHERE learner_id = $1",
            row => new DeckSettings(row.GetInt32(0), row.GetInt32(1), row.Maybe<int?>(2), row.Maybe<DateOnly?>(3), row.Maybe<int?>(4), row.Maybe<DateOnly?>(5), row.Maybe<DateOnly?>(6), scheme), ct, learnerId);
        return rows is [var settings] ? settings : new DeckSettings(20, 200, null, null, null, null, null, scheme);
    }

    public bool IsVacation(DateOnly date) => date >= VacationFrom && date <= VacationTo;

    /// <summary>The share of a normal day's load, 0 to 1; nothing while on holiday.</summary>
    public double ShareOf(DateOnly date) => IsVacation(date) ? 0 : Scheme.EasyDays[(int)date.DayOfWeek];

    /// <summary>Reviews of known cards on a normal day: as many as the learner wants, and as fit into their time.</summary>
    /// <param name="msPerReview">What a review takes this learner.</param>
    public int MostOn(DateOnly date, double msPerReview)
    {
        int wanted = date <= CatchUpUntil ? CatchUpPerDay!.Value : ReviewsPerDay;
        return MinutesPerDay is { } minutes ? Math.Clamp((int)(minutes * 60_000 / msPerReview), 1, wanted) : wanted;
    }

    /// <summary>The same on a certain day, easy days and holidays counted in.</summary>
    public int ReviewsOn(DateOnly date, double msPerReview) => Rounded(MostOn(date, msPerReview) * ShareOf(date));

    /// <summary>New cards at most on a day.</summary>
    public int NewOn(DateOnly date) => Rounded(NewPerDay * ShareOf(date));

    private static int Rounded(double cards) => (int)Math.Floor(cards + 0.5); // as the planner of Tripos.Spacing does
}
