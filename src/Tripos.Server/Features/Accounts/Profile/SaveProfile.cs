using Microsoft.EntityFrameworkCore;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Accounts;

/// <summary>Stores the name others see and what a person tells about themselves.</summary>
public static class SaveProfile
{
    /// <param name="TimeZone">IANA name; null for as the browser says.</param>
    public sealed record Request(string DisplayName, string? TimeZone = null, string Locale = "en", DateOnly? ExamDate = null, short? TargetPercent = null, string Bio = "");

    /// <summary>Languages dates and numbers can be written in.</summary>
    public static readonly IReadOnlyDictionary<string, string> Locales = new Dictionary<string, string>
    {
        ["en"] = "English", ["en-GB"] = "English (United Kingdom)", ["en-US"] = "English (United States)",
        ["de"] = "Deutsch", ["es"] = "Español", ["fr"] = "Français", ["it"] = "Italiano", ["pt"] = "Português",
    };

    public static async Task<Request> GetAsync(CurrentUser user, AppDb db, CancellationToken ct)
    {
        string name = await db.Users.Where(u => u.Id == user.Id).Select(u => u.DisplayName).SingleAsync(ct);
        var profile = await db.Profiles.AsNoTracking().SingleOrDefaultAsync(p => p.UserId == user.Id, ct) ?? new() { UserId = user.Id };
        return new(name, profile.TimeZone, profile.Locale, profile.ExamDate, profile.TargetPercent, profile.Bio);
    }

    public static async Task<Outcome<Request>> RunAsync(Request request, CurrentUser user, AppDb db, Credentials credentials, CancellationToken ct)
    {
        var errors = Check(request).ToList();
        if (errors.Count > 0)
        {
            return AccountProblems.Invalid(errors);
        }

        string name = request.DisplayName.Trim();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Users.Where(u => u.Id == user.Id).ExecuteUpdateAsync(set => set.SetProperty(u => u.DisplayName, name), ct);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO profiles (user_id, time_zone, locale, exam_date, target_percent, bio)
            VALUES ({user.Id}, {request.TimeZone}, {request.Locale}, {request.ExamDate}, {request.TargetPercent}, {request.Bio})
            ON CONFLICT (user_id) DO UPDATE SET time_zone = excluded.time_zone, locale = excluded.locale,
                exam_date = excluded.exam_date, target_percent = excluded.target_percent, bio = excluded.bio
            """, ct);
        await transaction.CommitAsync(ct);
        credentials.Forget(user.Id);
        return request with { DisplayName = name };
    }

    private static IEnumerable<(string Field, string Message)> Check(Request request)
    {
        if (string.IsNullOrWhiteSpace(request.DisplayName) || request.DisplayName.Trim().Length > 80)
        {
            yield return ("displayName", "Enter the name others see, up to 80 characters");
        }

        if (request.TimeZone is not null && !TimeZones.Exists(request.TimeZone))
        {
            yield return ("timeZone", "Choose a time zone from the list, such as Europe/Zurich");
        }

        if (!Locales.ContainsKey(request.Locale))
        {
            yield return ("locale", "Choose a language from the list");
        }

        if (request.TargetPercent is < 1 or > 100)
        {
            yield return ("targetPercent", "Enter a target between 1 and 100 percent");
        }

        if (request.Bio.Length > 2000)
        {
            yield return ("bio", "Write at most 2,000 characters about yourself");
        }
    }
}

/// <summary>The time zones this system knows, by their IANA names.</summary>
public static class TimeZones
{
    private static readonly Lazy<string[]> Names = new(() => [.. TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id).Append("UTC").Where(IsIana).Distinct().Order(StringComparer.Ordinal)]);

    public static IReadOnlyList<string> All => Names.Value;

    public static bool Exists(string id) => IsIana(id) && (id == "UTC" || TimeZoneInfo.TryFindSystemTimeZoneById(id, out _));

    private static bool IsIana(string id) => id == "UTC" || (id.Length <= 64 && id.Contains('/', StringComparison.Ordinal));
}
