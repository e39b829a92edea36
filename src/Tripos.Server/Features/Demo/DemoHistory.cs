using Npgsql;
using Tripos.Questions;
using Tripos.Server.Features.Accounts;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Demo;

/// <summary>A month of attempts by the demo learners, sat through the engine itself under a clock that is turned back: nothing here writes a score.</summary>
public static class DemoHistory
{
    /// <summary>What Ada sat, by days ago and hour: most days, not all; tests now and then; better over time, with a bad evening.</summary>
    private static readonly (int DaysAgo, int Hour, string What)[] AdasMonth =
    [
        (30, 19, "quiz"), (29, 20, "practice"), (28, 18, "practice"), (27, 21, "quiz"), (25, 19, "practice"), (24, 19, "test"), (22, 20, "practice"),
        (21, 18, "practice"), (20, 20, "practice"), (18, 22, "practice"), (17, 19, "quiz"), (15, 19, "practice"), (14, 20, "test"), (13, 18, "practice"),
        (11, 20, "practice"), (10, 19, "practice"), (9, 10, "exam"), (8, 19, "practice"), (6, 20, "practice"), (5, 19, "quiz"), (4, 21, "practice"),
        (3, 19, "practice"), (2, 20, "test"), (1, 19, "practice"),
    ];

    public static async Task MakeAsync(IServiceProvider services, IReadOnlyDictionary<string, Guid> people, DateTimeOffset now, CancellationToken ct)
    {
        var source = services.GetRequiredService<NpgsqlDataSource>();
        var sitting = new DemoSitting(source, services.GetRequiredService<QuestionVersions>(), services.GetRequiredService<AttemptPapers>());
        var tests = await TestsAsync(source, ct);
        int[] topics = await TopicsAsync(source, ct);

        var ada = new DemoLearner(Learner(people[DemoPeople.Ada.Email]), Seed: 7, StartAbility: -0.2, GainPerDay: 0.045);
        foreach (var (daysAgo, hour, what) in AdasMonth)
        {
            await sitting.SitAsync(ada, At(now, daysAgo, hour, ada.Random), daysAgo, tests.GetValueOrDefault(what), topics, ct);
        }

        await source.ExecuteAsync("INSERT INTO profiles (user_id, exam_date, target_percent) VALUES ($1, $2, 85) ON CONFLICT (user_id) DO NOTHING", ct,
            people[DemoPeople.Ada.Email], DateOnly.FromDateTime(now.UtcDateTime.Date).AddDays(24));
        for (int i = 0; i < DemoPeople.Classmates.Length; i++)
        {
            var mate = new DemoLearner(Learner(people[DemoPeople.Classmates[i].Email]), Seed: 100 + i, StartAbility: -0.8 + (0.25 * i), GainPerDay: 0.02);
            foreach (var (daysAgo, what) in ((int, string)[])[(21 - i, "quiz"), (12 - i, "test"), (Math.Max(1, 8 - i), "exam")])
            {
                await sitting.SitAsync(mate, At(now, daysAgo, 17 + (i % 4), mate.Random), daysAgo, tests.GetValueOrDefault(what), topics, ct);
            }
        }
    }

    /// <summary>One keyed test of each type.</summary>
    private static async Task<Dictionary<string, Guid>> TestsAsync(NpgsqlDataSource source, CancellationToken ct) => (await source.QueryAsync("""
        SELECT DISTINCT ON (type) type, id FROM tests t
        WHERE type IN ('quiz', 'test', 'exam') AND NOT EXISTS (SELECT FROM test_slots s JOIN questions q ON q.id = s.question_id WHERE s.test_id = t.id AND q.needs_key) ORDER BY type, title
        """, row => (Type: row.GetString(0), Id: row.GetGuid(1)), ct)).ToDictionary(row => row.Type, row => row.Id);

    /// <summary>The topics of the course: the demo learners practise what can be answered by choosing.</summary>
    private static async Task<int[]> TopicsAsync(NpgsqlDataSource source, CancellationToken ct) => [.. await source.QueryAsync("""
        SELECT topic_id FROM questions WHERE topic_id IS NOT NULL GROUP BY topic_id HAVING bool_and(kind IN ('single-choice', 'multiple-choice')) ORDER BY topic_id
        """, row => row.GetInt32(0), ct)];

    private static CurrentUser Learner(Guid id) => new(id, IsAuthor: false, IsTeacher: false, IsModerator: false, IsAdmin: false);

    private static DateTimeOffset At(DateTimeOffset now, int daysAgo, int hour, Random random) =>
        new DateTimeOffset(now.UtcDateTime.Date.AddDays(-daysAgo), TimeSpan.Zero).AddHours(hour).AddMinutes(random.Next(50)).AddSeconds(random.Next(60));
}
