using Npgsql;
using Tripos.Server.Features.Accounts;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Features.Live;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Demo;

/// <summary>A session that the demo class sat three days ago: planned, opened, started and ended by its use cases under a clock that is turned back, so that there are results and timelines to look at.</summary>
public sealed class DemoSession(IServiceProvider services, IReadOnlyDictionary<string, Guid> people)
{
    private const int DaysAgo = 3;
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(20);

    private readonly NpgsqlDataSource _source = services.GetRequiredService<NpgsqlDataSource>();
    private readonly QuestionVersions _versions = services.GetRequiredService<QuestionVersions>();
    private readonly AttemptPapers _papers = services.GetRequiredService<AttemptPapers>();
    private readonly PastClock _clock = new();

    public async Task MakeAsync(Guid classId, Guid testId, string title, CurrentUser tess, DateTimeOffset now, CancellationToken ct)
    {
        var start = new DateTimeOffset(now.UtcDateTime.Date.AddDays(-DaysAgo).AddHours(18), TimeSpan.Zero);
        _clock.Now = start.AddDays(-1);
        var session = Made(await PlanSession.CreateAsync(classId, new(testId, title, start, TimeLimitMs: (long)Length.TotalMilliseconds), tess, _source, _clock, ct)).Id;
        _clock.Now = start.AddMinutes(-10);
        Made(await OpenRoom.RunAsync(session, tess, _source, _clock, ct));
        await ComeInAsync(session, start, ct);
        _clock.Now = start;
        Made(await StartTogether.RunAsync(session, tess, _source, _versions, _papers, services.GetRequiredService<LiveBoards>(), services.GetRequiredService<SaveBoards>(), _clock, ct));
        await SitAsync(session, start, ct);
        await NoticeAsync(session, start, ct);
        _clock.Now = start + Length;
        Made(await CompleteSession.RunAsync(session, tess, _source, _versions, _clock, ct));
    }

    private static DemoPeople.Person[] Learners => [DemoPeople.Ada, .. DemoPeople.Classmates[..^1]]; // the last one was not there

    /// <summary>Their pages would have said so through the hub.</summary>
    private async Task ComeInAsync(Guid session, DateTimeOffset start, CancellationToken ct)
    {
        foreach (var (number, learner) in Learners.Index())
        {
            var at = start.AddSeconds(-300 + (number * 31));
            await _source.ExecuteAsync("INSERT INTO live_participants (session_id, learner_id, joined_at, last_seen, state) VALUES ($1, $2, $3, $4, 1)", ct, session, people[learner.Email], at, start);
            await EventAsync(session, learner, "joined", at, null, ct);
            await EventAsync(session, learner, "connected", at.AddSeconds(1), null, ct);
        }
    }

    private async Task SitAsync(Guid session, DateTimeOffset start, CancellationToken ct)
    {
        var attempts = (await _source.QueryAsync("SELECT learner_id, attempt_id FROM live_participants WHERE session_id = $1", row => KeyValuePair.Create(row.GetGuid(0), row.GetGuid(1)), ct, session)).ToDictionary();
        var sitting = new DemoSitting(_source, _versions, _papers);
        foreach (var (number, person) in Learners.Index())
        {
            var user = new CurrentUser(people[person.Email], IsAuthor: false, IsTeacher: false, IsModerator: false, IsAdmin: false);
            var learner = new DemoLearner(user, Seed: 300 + number, StartAbility: number == 0 ? 0.6 : -0.8 + (0.3 * number), GainPerDay: 0.01);
            var end = await sitting.SitStartedAsync(learner, attempts[user.Id], start.AddSeconds(2), DaysAgo, submits: number != 5, ct);
            await EventAsync(session, person, "disconnected", end.AddSeconds(20), null, ct);
            await _source.ExecuteAsync("""
                UPDATE live_participants p SET state = 0, last_seen = $3, answered = (SELECT count(*) FROM answers x WHERE x.attempt_id = p.attempt_id AND x.response IS NOT NULL)::smallint
                WHERE p.session_id = $1 AND p.learner_id = $2
                """, ct, session, user.Id, end.AddSeconds(20));
        }
    }

    /// <summary>A look at something else, and a network that was gone for a while.</summary>
    private async Task NoticeAsync(Guid session, DateTimeOffset start, CancellationToken ct)
    {
        var (dario, emma) = (DemoPeople.Classmates[2], DemoPeople.Classmates[3]);
        await EventAsync(session, dario, "tab_hidden", start.AddSeconds(95), 3, ct);
        await EventAsync(session, dario, "tab_visible", start.AddSeconds(118), 3, ct);
        await EventAsync(session, emma, "network_lost", start.AddSeconds(60), 2, ct);
        await EventAsync(session, emma, "network_back", start.AddSeconds(84), 2, ct);
    }

    private Task<int> EventAsync(Guid session, DemoPeople.Person learner, string kind, DateTimeOffset at, short? position, CancellationToken ct) =>
        _source.ExecuteAsync("INSERT INTO live_events (session_id, learner_id, id, kind, position, at, received_at) VALUES ($1, $2, $3, $4, $5::smallint, $6, $6)", ct,
            session, people[learner.Email], Guid.CreateVersion7(), kind, position, at);

    private static T Made<T>(Outcome<T> outcome) where T : class => DemoClass.Made(outcome);
}
