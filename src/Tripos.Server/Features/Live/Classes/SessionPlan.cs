using Npgsql;
using Tripos.Formats;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Live;

/// <summary>What a teacher decides about a session before it starts.</summary>
/// <param name="Title">Empty for that of the test.</param>
/// <param name="ScheduledAt">Null when there is no appointment: a teacher opens it by hand.</param>
/// <param name="OpensBeforeMs">How long before that time the waiting room opens by itself; null for not by itself.</param>
/// <param name="TimeLimitMs">Instead of the limit of the test; null for that of the test.</param>
/// <param name="FullScreen">Learners are asked to work in full screen.</param>
/// <param name="Revision">The one that was read, when a session is changed.</param>
public sealed record SessionPlan(
    Guid TestId, string? Title = null, DateTimeOffset? ScheduledAt = null, long? OpensBeforeMs = null, long? TimeLimitMs = null, bool FullScreen = false, int? Revision = null)
{
    public const int LongestTitle = 160;
    public const long ShortestLimitMs = 60_000, LongestLimitMs = 6 * 3_600_000;
    public const long LongestOpensBeforeMs = 24 * 3_600_000;

    /// <summary>Nobody plans to the second; an appointment that has just passed is one for now.</summary>
    private static readonly TimeSpan Lateness = TimeSpan.FromMinutes(5);

    private sealed record PlannedTest(string Title, bool MayChoose, int Items, int Unready);

    /// <summary>The plan with its title filled in, or why it cannot be.</summary>
    /// <param name="before">The session that is changed; null for a new one. Its own test and time may stay whatever they are.</param>
    internal async Task<Outcome<SessionPlan>> CheckAsync(LiveSession? before, CurrentUser user, NpgsqlConnection connection, DateTimeOffset now, CancellationToken ct)
    {
        var test = await TestAsync(user, connection, ct);
        bool known = test is { Items: > 0 } && (test.MayChoose || TestId == before?.TestId);
        string title = PlainText.OneLine(Title ?? "") is { Length: > 0 } given ? given : known ? Shortened(test!.Title) : "";
        if (Faults(title, known).ToList() is { Count: > 0 } faults)
        {
            return ClassProblems.Invalid(faults);
        }

        if (test!.Unready > 0)
        {
            return AttemptProblems.NeedsKey(test.Unready);
        }

        return ScheduledAt < now - Lateness && ScheduledAt != before?.ScheduledAt ? PlanProblems.InThePast : this with { Title = title, OpensBeforeMs = ScheduledAt is null ? null : OpensBeforeMs };
    }

    private async Task<PlannedTest?> TestAsync(CurrentUser user, NpgsqlConnection connection, CancellationToken ct) => (await connection.QueryAsync("""
        SELECT t.title, t.is_active OR COALESCE(t.created_by = $2, false) OR $3, count(q.id)::integer, (count(q.id) FILTER (WHERE q.needs_key OR q.status = 'draft'))::integer
        FROM tests t LEFT JOIN test_slots s ON s.test_id = t.id LEFT JOIN questions q ON q.id = s.question_id WHERE t.id = $1 GROUP BY t.id
        """, row => new PlannedTest(row.GetString(0), row.GetBoolean(1), row.GetInt32(2), row.GetInt32(3)), ct, TestId, user.Id, user.IsAdmin)).SingleOrDefault();

    private IEnumerable<(string Field, string Message)> Faults(string title, bool knowsTest)
    {
        if (!knowsTest)
        {
            yield return ("testId", "Choose the test that the class sits");
        }

        if (title.Length > LongestTitle)
        {
            yield return ("title", $"Shorten the title to {LongestTitle} characters");
        }

        if (TimeLimitMs is < ShortestLimitMs or > LongestLimitMs)
        {
            yield return ("timeLimitMs", $"Choose a time limit from {Words.Duration(ShortestLimitMs)} to {Words.Duration(LongestLimitMs)}, or none to use that of the test");
        }

        if (OpensBeforeMs is < 0 or > LongestOpensBeforeMs)
        {
            yield return ("opensBeforeMs", "The waiting room can open up to 24 hours before");
        }
    }

    private static string Shortened(string title) => title.Length <= LongestTitle ? title : title[..LongestTitle];
}
