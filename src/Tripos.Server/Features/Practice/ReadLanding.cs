using Npgsql;
using Tripos.Server.Features.Folds;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Practice;

/// <summary>Everything the practice page offers.</summary>
/// <param name="Questions">Live questions that practice can choose.</param>
/// <param name="Length">The length the learner prefers.</param>
/// <param name="DrillDone">Today's drill is over; null when it was not started.</param>
/// <param name="Weak">The topics that cost most, worst first.</param>
/// <param name="Tests">The newest level tests and placements that are over.</param>
public sealed record LandingView(
    int Questions, IReadOnlyList<LandingView.Open> Sessions, PracticeLength Length, DrillDays Drill, bool? DrillDone, int Due, int Bookmarks, int Mistakes, int Answers,
    IReadOnlyList<TopicStanding> Weak, IReadOnlyList<PlannedPractice.Row> Plans, IReadOnlyList<LandingView.Measured> Tests)
{
    /// <summary>A session to go on with.</summary>
    public sealed record Open(Guid AttemptId, PracticeKind Kind, string Title, int ItemCount, int MostItems);

    /// <summary>A placement or level test that is over.</summary>
    public sealed record Measured(Guid AttemptId, PracticeKind Kind, string Title, DateTimeOffset At, double? Ability, double? Deviation);
}

/// <summary>Reads the practice page.</summary>
public static class ReadLanding
{
    private const int MostWeak = 5;

    public static async Task<LandingView> RunAsync(CurrentUser learner, PracticeItems items, TopicSizes sizes, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        var catalogue = await items.GetAsync(ct);
        var standings = await ReadStandings.RunAsync(learner.Id, null, sizes, source, clock, ct);
        await using var connection = await source.OpenConnectionAsync(ct);
        var streak = await DrillDays.ReadAsync(connection, learner.Id, clock.GetUtcNow(), ct);
        await using var batch = Ask(connection, learner.Id, streak.Today, clock.GetUtcNow());
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var open = await reader.ReadAllAsync(row => new LandingView.Open(row.GetGuid(0), row.Word<PracticeKind>(1), row.GetString(2), row.GetInt16(3), row.GetInt16(4)), ct);
        var length = (await NextAsync(reader, row => row.Word<PracticeLength>(0), ct)).FirstOrDefault(PracticeLength.Standard);
        bool? drill = await NextAsync(reader, row => row.GetBoolean(0), ct) is [var done] ? done : null;
        var (bookmarks, mistakes) = (await NextAsync(reader, row => (row.GetInt32(0), row.GetInt32(1)), ct))[0];
        var tests = await NextAsync(reader, row => new LandingView.Measured(row.GetGuid(0), row.Word<PracticeKind>(1), row.GetString(2), row.Time(3), row.Maybe<double?>(4), row.Maybe<double?>(5)), ct);
        int due = (await NextAsync(reader, row => row.GetInt32(0), ct))[0];
        return new LandingView(
            catalogue.Topics.Values.Sum(topic => topic.Live.Length), open, length, streak, drill, due, bookmarks, mistakes, standings.Sum(standing => standing.Attempts),
            [.. standings.Where(standing => standing.IsWeak).OrderByDescending(standing => standing.Severity).Take(MostWeak)], await PlannedPractice.ListAsync(learner, source, ct), tests);
    }

    private static NpgsqlBatch Ask(NpgsqlConnection connection, Guid learnerId, DateOnly today, DateTimeOffset now)
    {
        var batch = new NpgsqlBatch(connection);
        return batch.With("""
                SELECT s.attempt_id, s.kind, a.title, a.item_count, s.most_items FROM practice_sessions s JOIN attempts a ON a.id = s.attempt_id
                WHERE s.learner_id = $1 AND a.status = 'in_progress' ORDER BY s.created_at DESC LIMIT 4
                """, learnerId)
            .With("SELECT time_budget FROM preferences WHERE user_id = $1", learnerId)
            .With("SELECT a.status <> 'in_progress' FROM practice_sessions s JOIN attempts a ON a.id = s.attempt_id WHERE s.learner_id = $1 AND s.kind = 'drill' AND s.drill_day = $2", learnerId, today)
            .With("""
                SELECT (SELECT count(*)::integer FROM bookmarks b JOIN questions q ON q.id = b.question_id WHERE b.user_id = $1 AND q.status = 'live'),
                    (SELECT count(*)::integer FROM learner_items i JOIN questions q ON q.id = i.question_id WHERE i.learner_id = $1 AND NOT i.last_correct AND q.status = 'live')
                """, learnerId)
            .With("""
                SELECT s.attempt_id, s.kind, a.title, a.submitted_at, s.ability, s.deviation FROM practice_sessions s JOIN attempts a ON a.id = s.attempt_id
                WHERE s.learner_id = $1 AND s.kind IN ('placement', 'level') AND a.submitted_at IS NOT NULL ORDER BY s.created_at DESC LIMIT 3
                """, learnerId)
            .With("SELECT count(*)::integer FROM review_cards WHERE learner_id = $1 AND NOT suspended AND due_at <= $2", learnerId, now);
    }

    private static async Task<List<T>> NextAsync<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read, CancellationToken ct)
    {
        await reader.NextResultAsync(ct);
        return await reader.ReadAllAsync(read, ct);
    }
}
