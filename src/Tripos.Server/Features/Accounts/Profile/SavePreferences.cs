using Microsoft.EntityFrameworkCore;
using System.Text.Json;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Accounts;

/// <summary>Stores how a person wants Tripos to look and to choose work.</summary>
public static class SavePreferences
{
    private const int MostWords = 30;
    private const int LongestWord = 60;

    public sealed record Request(ThemeChoice Theme, string[] Interests, string[] Goals, TimeBudget TimeBudget, bool ChallengeMode, int DailyMinutes, Notifications Notifications);

    public static async Task<Request> GetAsync(CurrentUser user, AppDb db, CancellationToken ct)
    {
        var p = await db.Preferences.AsNoTracking().SingleOrDefaultAsync(x => x.UserId == user.Id, ct) ?? new() { UserId = user.Id };
        return new(p.Theme, p.Interests, p.Goals, p.TimeBudget, p.ChallengeMode, p.DailyMinutes, p.Notifications);
    }

    public static async Task<Outcome<Request>> RunAsync(Request request, CurrentUser user, AppDb db, CancellationToken ct)
    {
        var clean = request with { Interests = Words(request.Interests), Goals = Words(request.Goals), Notifications = request.Notifications ?? new() };
        var errors = Check(clean).ToList();
        if (errors.Count > 0)
        {
            return AccountProblems.Invalid(errors);
        }

        string theme = AppDb.SnakeCase(clean.Theme.ToString());
        string budget = AppDb.SnakeCase(clean.TimeBudget.ToString());
        string notifications = JsonSerializer.Serialize(clean.Notifications, Json.Options);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO preferences (user_id, theme, interests, goals, time_budget, challenge_mode, daily_minutes, notifications)
            VALUES ({user.Id}, {theme}, {clean.Interests}, {clean.Goals}, {budget}, {clean.ChallengeMode}, {clean.DailyMinutes}, {notifications}::jsonb)
            ON CONFLICT (user_id) DO UPDATE SET theme = excluded.theme, interests = excluded.interests, goals = excluded.goals,
                time_budget = excluded.time_budget, challenge_mode = excluded.challenge_mode, daily_minutes = excluded.daily_minutes, notifications = excluded.notifications
            """, ct);
        return clean;
    }

    private static string[] Words(string[]? words) => [.. (words ?? []).Select(w => w.Trim()).Where(w => w.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];

    private static IEnumerable<(string Field, string Message)> Check(Request request)
    {
        if (request.DailyMinutes is < 5 or > 480)
        {
            yield return ("dailyMinutes", "Enter between 5 and 480 minutes a day");
        }

        foreach (var (field, words) in new[] { ("interests", request.Interests), ("goals", request.Goals) })
        {
            if (words.Length > MostWords || words.Any(w => w.Length > LongestWord))
            {
                yield return (field, $"Enter at most {MostWords} lines of up to {LongestWord} characters");
            }
        }
    }
}
