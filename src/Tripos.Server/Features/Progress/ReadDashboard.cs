using Npgsql;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Folds;
using Tripos.Server.Features.Review;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Progress;

/// <summary>Everything the dashboard shows, from derived tables and stored results alone.</summary>
public static class ReadDashboard
{
    private const int DaysShown = 90;
    private const int ResultsShown = 40;

    public sealed record Day(DateOnly Date, int Answers, int Correct, double ScoreSum, long StudyMs, double Ability, double Deviation);

    /// <param name="Overall">On the scale of the scoring profile, 10-90; null where it has none.</param>
    public sealed record Result(Guid AttemptId, string Title, AttemptMode Mode, DateTimeOffset SubmittedAt, double Percent, short? Overall);

    /// <param name="Percent">Expected score, with its 80 % interval.</param>
    /// <param name="Share">Of the module's questions, how many belong to topics that were practised.</param>
    public sealed record Module(string Name, int Attempts, double Percent, double Low, double High, double Target, double Share);

    public sealed record TeamMate(Guid Id, string Name, int Answers, int Correct, long StudyMs, bool IsMe);

    public sealed record TeamWeek(Guid TeamId, string Name, IReadOnlyList<TeamMate> Mates);

    /// <param name="DueNow">Cards the deck still asks for today, its daily limits kept.</param>
    public sealed record Dashboard(
        DateOnly Today, DateOnly? ExamDate, double Target, int MinutesPerDay, int DueNow, IReadOnlyDictionary<DateOnly, int> DueByDay,
        IReadOnlyList<TopicStanding> Standings, IReadOnlyList<Module> Modules, IReadOnlyList<Day> Days, Streak Streak, IReadOnlyList<Result> Results,
        IReadOnlyList<TeamWeek> Teams, IReadOnlyList<RevisionDay> Calendar, OpenAttempt? Open);

    public sealed record OpenAttempt(Guid AttemptId, string Title);

    private sealed record Learner(DateOnly? ExamDate, int MinutesPerDay);

    private const string ResultsSql = """
        SELECT id, title, mode, submitted_at, percent, overall FROM attempts
        WHERE learner_id = $1 AND status = 'graded' AND mode IN ('exam', 'mock', 'live') AND percent IS NOT NULL ORDER BY created_at DESC, id DESC LIMIT $2
        """;

    private const string TeamsSql = """
        SELECT t.id, t.name, u.id, u.display_name, COALESCE(sum(d.answers), 0)::integer, COALESCE(sum(d.correct), 0)::integer, COALESCE(sum(d.study_ms), 0)::bigint
        FROM team_members me JOIN teams t ON t.id = me.team_id JOIN team_members m ON m.team_id = t.id JOIN users u ON u.id = m.user_id AND u.disabled_at IS NULL
        LEFT JOIN daily_progress d ON d.learner_id = u.id AND d.topic_id = 0 AND d.day > $2 - 7 AND d.day <= $2
        WHERE me.user_id = $1 GROUP BY t.id, t.name, u.id, u.display_name
        """;

    public static async Task<Dashboard> RunAsync(Guid learnerId, DateOnly today, TimeZoneInfo zone, TopicSizes sizes, Schemes schemes, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        var deck = await ReadDeck.RunAsync(learnerId, LearnerDay.Of(zone, clock.GetUtcNow()), schemes, source, clock, ct);
        var standings = await ReadStandings.RunAsync(learnerId, target: null, sizes, source, clock, ct);
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        batch.With("SELECT p.exam_date, COALESCE(f.daily_minutes, 30) FROM users u LEFT JOIN profiles p ON p.user_id = u.id LEFT JOIN preferences f ON f.user_id = u.id WHERE u.id = $1", learnerId)
            .With("SELECT day, answers, correct, score_sum, study_ms, ability, deviation FROM daily_progress WHERE learner_id = $1 AND topic_id = 0 ORDER BY day", learnerId)
            .With(ResultsSql, learnerId, ResultsShown)
            .With("SELECT id, title FROM attempts WHERE learner_id = $1 AND status = 'in_progress' AND mode <> 'review' ORDER BY created_at DESC, id DESC LIMIT 1", learnerId)
            .With("SELECT repairs_day FROM practice_sessions WHERE learner_id = $1 AND kind = 'drill' AND repairs_day IS NOT NULL AND ended_why IS NOT NULL", learnerId)
            .With(TeamsSql, learnerId, today);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var learner = (await reader.ReadAllAsync(row => new Learner(row.Maybe<DateOnly?>(0), row.GetInt32(1)), ct)).Single();
        var days = await NextAsync(reader, row => new Day(row.GetFieldValue<DateOnly>(0), row.GetInt32(1), row.GetInt32(2), row.GetDouble(3), row.GetInt64(4), row.GetDouble(5), row.GetDouble(6)), ct);
        var results = await NextAsync(reader, row => new Result(row.GetGuid(0), row.GetString(1), row.Word<AttemptMode>(2), row.Time(3), row.GetFloat(4), row.Maybe<short?>(5)), ct);
        var open = await NextAsync(reader, row => new OpenAttempt(row.GetGuid(0), row.GetString(1)), ct);
        var repaired = await NextAsync(reader, row => row.GetFieldValue<DateOnly>(0), ct);
        var mates = await NextAsync(reader, row => (Team: (row.GetGuid(0), row.GetString(1)), Mate: new TeamMate(row.GetGuid(2), row.GetString(3), row.GetInt32(4), row.GetInt32(5), row.GetInt64(6), row.GetGuid(2) == learnerId)), ct);

        var dueByDay = deck.Due.Select((count, i) => (Day: today.AddDays(i), Count: i == 0 ? deck.Left : count)).Where(day => day.Count > 0).ToDictionary(day => day.Day, day => day.Count);
        return new Dashboard(
            today, learner.ExamDate, standings.Count > 0 ? standings[0].Target : ReadStandings.UsualTarget, learner.MinutesPerDay, deck.Left, dueByDay,
            standings, Modules(standings), [.. days.Where(day => day.Date > today.AddDays(-DaysShown))], Streak.Of(days.Select(day => day.Date).Concat(repaired), today), results, Teams(mates),
            RevisionCalendar.Plan(today, learner.ExamDate, learner.MinutesPerDay, dueByDay, standings), open.FirstOrDefault());
    }

    private static async Task<List<T>> NextAsync<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read, CancellationToken ct)
    {
        await reader.NextResultAsync(ct);
        return await reader.ReadAllAsync(read, ct);
    }

    /// <summary>What a test over a whole module is expected to give. The ends of the interval are the means of the topics' ends: too wide rather than too narrow.</summary>
    private static List<Module> Modules(IReadOnlyList<TopicStanding> standings) => [.. standings.GroupBy(topic => (topic.ModuleId, topic.Module)).Select(module =>
    {
        double weight = module.Sum(topic => topic.Weight);
        double Mean(Func<TopicStanding, double> value) => module.Sum(topic => topic.Weight * value(topic)) / weight * 100;
        return new Module(module.Key.Module, module.Sum(topic => topic.Attempts), Mean(topic => topic.Expected), Mean(topic => topic.Low), Mean(topic => topic.High),
            module.First().Target * 100, module.Where(topic => topic.Attempts > 0).Sum(topic => topic.Weight) / weight);
    })];

    private static List<TeamWeek> Teams(List<((Guid, string) Team, TeamMate Mate)> mates) => [.. mates.GroupBy(row => row.Team)
        .Select(team => new TeamWeek(team.Key.Item1, team.Key.Item2, [.. team.Select(row => row.Mate).OrderByDescending(mate => mate.Correct).ThenBy(mate => mate.Name, StringComparer.CurrentCulture)]))
        .Where(team => team.Mates.Count > 1)];
}
