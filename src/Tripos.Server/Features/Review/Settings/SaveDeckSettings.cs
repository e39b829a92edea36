using System.Globalization;
using Npgsql;
using Tripos.Server.Features.Accounts;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Review;

/// <summary>Stores how much of the deck a learner does a day and how it is scheduled. Reviews made before stay scheduled as they were.</summary>
public static class SaveDeckSettings
{
    /// <param name="RetentionPercent">The share of cards to be remembered when they come back, 80 to 97.</param>
    /// <param name="LearningSteps">Waits of new cards, such as "1m 10m"; empty for none.</param>
    /// <param name="RelearningSteps">Waits of forgotten cards.</param>
    /// <param name="EasyDays">Percent of a normal load for each weekday, Sunday first.</param>
    public sealed record Request(
        int NewPerDay, int ReviewsPerDay, int? MinutesPerDay, double RetentionPercent, string LearningSteps, string RelearningSteps, int[] EasyDays, bool Fuzz, DateOnly? VacationFrom, DateOnly? VacationTo);

    private const string StepsWanted = "Write waits such as 1m 10m 1h, at most ten of them";

    public static async Task<Outcome<Done>> RunAsync(Request request, CurrentUser learner, Schemes schemes, NpgsqlDataSource source, CancellationToken ct)
    {
        var errors = Check(request).ToList();
        if (errors.Count > 0)
        {
            return AccountProblems.Invalid(errors);
        }

        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var current = await schemes.CurrentAsync(connection, learner.Id, ct);
        var wanted = current with
        {
            DesiredRetention = request.RetentionPercent / 100, LearningStepsS = StepsOf(request.LearningSteps)!, RelearningStepsS = StepsOf(request.RelearningSteps)!,
            EasyDays = [.. request.EasyDays.Select(percent => percent / 100.0)], Fuzz = request.Fuzz,
        };
        await SetSchemeAsync(connection, learner.Id, current, wanted, ct);
        await connection.ExecuteAsync("""
            UPDATE deck_settings SET new_per_day = $2, reviews_per_day = $3, minutes_per_day = $4::integer, vacation_from = $5::date, vacation_to = $6::date, updated_at = now() WHERE learner_id = $1
            """, ct, learner.Id, request.NewPerDay, request.ReviewsPerDay, request.MinutesPerDay, request.VacationFrom, request.VacationTo);
        await transaction.CommitAsync(ct);
        return Done.Instance;
    }

    /// <summary>Lets the learner's next reviews be scheduled by another scheme; the same one again makes no row.</summary>
    internal static async Task SetSchemeAsync(NpgsqlConnection connection, Guid learnerId, Scheme current, Scheme wanted, CancellationToken ct)
    {
        long id = AreSame(current, wanted) ? current.Id : (await connection.QueryAsync("""
            INSERT INTO review_schemes (learner_id, weights_id, desired_retention, learning_steps_s, relearning_steps_s, easy_days, maximum_days, fuzz) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id
            """, row => row.GetInt64(0), ct, learnerId, wanted.WeightsId, wanted.DesiredRetention, wanted.LearningStepsS, wanted.RelearningStepsS, wanted.EasyDays, wanted.MaximumDays, wanted.Fuzz))[0];
        await connection.ExecuteAsync("INSERT INTO deck_settings (learner_id, scheme_id) VALUES ($1, $2) ON CONFLICT (learner_id) DO UPDATE SET scheme_id = excluded.scheme_id", ct, learnerId, id);
    }

    private static bool AreSame(Scheme one, Scheme other) =>
        one.WeightsId == other.WeightsId && one.DesiredRetention.Equals(other.DesiredRetention) && one.MaximumDays == other.MaximumDays && one.Fuzz == other.Fuzz
        && one.LearningStepsS.SequenceEqual(other.LearningStepsS) && one.RelearningStepsS.SequenceEqual(other.RelearningStepsS) && one.EasyDays.SequenceEqual(other.EasyDays);

    /// <summary>Waits in seconds of "30s 10m 1h 1d"; null when something else stands there.</summary>
    internal static int[]? StepsOf(string text)
    {
        List<int> steps = [];
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int unit = word[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86_400, _ => 0 };
            if (unit == 0 || !int.TryParse(word.AsSpan(0, word.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count is < 1 or > 10_000)
            {
                return null;
            }

            steps.Add(count * unit);
        }

        return steps.Count <= 10 ? [.. steps] : null;
    }

    /// <summary>The steps as <see cref="StepsOf"/> reads them.</summary>
    internal static string Text(IEnumerable<int> steps) => string.Join(' ', steps.Select(seconds =>
        seconds % 86_400 == 0 ? $"{seconds / 86_400}d" : seconds % 3600 == 0 ? $"{seconds / 3600}h" : seconds % 60 == 0 ? $"{seconds / 60}m" : $"{seconds}s"));

    private static IEnumerable<(string Field, string Message)> Check(Request request)
    {
        if (request.NewPerDay is < 0 or > 1000)
        {
            yield return ("newPerDay", "Enter how many new cards a day, 0 to 1,000");
        }

        if (request.ReviewsPerDay is < 1 or > 10_000)
        {
            yield return ("reviewsPerDay", "Enter how many reviews a day, 1 to 10,000");
        }

        if (request.MinutesPerDay is < 1 or > 1440)
        {
            yield return ("minutesPerDay", "Enter minutes a day, 1 to 1,440, or leave it empty");
        }

        if (request.RetentionPercent is not (>= 80 and <= 97))
        {
            yield return ("retention", "Enter a share between 80 and 97 percent");
        }

        if (StepsOf(request.LearningSteps) is null)
        {
            yield return ("learningSteps", StepsWanted);
        }

        if (StepsOf(request.RelearningSteps) is null)
        {
            yield return ("relearningSteps", StepsWanted);
        }

        if (request.EasyDays.Length != 7 || request.EasyDays.Any(percent => percent is < 0 or > 100))
        {
            yield return ("easyDays", "Choose a share between 0 and 100 percent for each day");
        }
        else if (request.EasyDays.Max() < 50)
        {
            yield return ("easyDays", "Leave at least one day with half of the load or more");
        }

        if (request.VacationFrom is null != request.VacationTo is null || request.VacationTo < request.VacationFrom)
        {
            yield return ("vacationFrom", "Enter the first and the last day of the holiday, or neither");
        }
    }
}
