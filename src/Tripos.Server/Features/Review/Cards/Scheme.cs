using System.Collections.Concurrent;
using System.Collections.Immutable;
using Npgsql;
using Tripos.Server.Platform.Data;
using Tripos.Spacing;

namespace Tripos.Server.Features.Review;

/// <summary>How cards are scheduled: a row that never changes, so that every review can be computed again as it was.</summary>
/// <param name="WeightsId">Of the memory model.</param>
/// <param name="EasyDays">How much of a normal load each weekday may carry, 0 to 1, Sunday first.</param>
public sealed record Scheme(
    long Id, long WeightsId, double[] Weights, double DesiredRetention, int[] LearningStepsS, int[] RelearningStepsS, double[] EasyDays, int MaximumDays, bool Fuzz)
{
    private readonly ConcurrentDictionary<int, Scheduler> _schedulers = new();

    /// <param name="dayStartsMin">When the learner's day begins, in minutes after midnight UTC.</param>
    public Scheduler SchedulerFor(int dayStartsMin) => _schedulers.GetOrAdd(dayStartsMin, static (minutes, scheme) => scheme.Make(minutes), this);

    private Scheduler Make(int dayStartsMin) => new(new Fsrs(Weights), new SchedulerSettings
    {
        DesiredRetention = DesiredRetention,
        LearningSteps = [.. LearningStepsS.Select(seconds => TimeSpan.FromSeconds(seconds))],
        RelearningSteps = [.. RelearningStepsS.Select(seconds => TimeSpan.FromSeconds(seconds))],
        EasyDays = [.. EasyDays],
        MaximumIntervalDays = MaximumDays,
        Fuzz = Fuzz,
        DayStartsAt = TimeSpan.FromMinutes(dayStartsMin),
    });
}

/// <summary>Schemes read once and kept.</summary>
public sealed class Schemes
{
    private const int MostKept = 5_000; // about 1 kB each

    private const string FindSql = """
        SELECT s.id, s.weights_id, w.weights, s.desired_retention, s.learning_steps_s, s.relearning_steps_s, s.easy_days, s.maximum_days, s.fuzz
        FROM review_schemes s JOIN fsrs_weights w ON w.id = s.weights_id WHERE s.id = ANY ($1)
        """;

    // The last row without a learner is what holds for those who chose nothing.
    private const string CurrentSql = """
        SELECT l.id, COALESCE(d.scheme_id, (SELECT max(id) FROM review_schemes WHERE learner_id IS NULL))
        FROM unnest($1::uuid[]) AS l(id) LEFT JOIN deck_settings d ON d.learner_id = l.id
        """;

    private readonly ConcurrentDictionary<long, Scheme> _kept = new();

    public async Task<Scheme> FindAsync(NpgsqlConnection connection, long id, CancellationToken ct) => (await FindAsync(connection, [id], ct))[id];

    public async Task<IReadOnlyDictionary<long, Scheme>> FindAsync(NpgsqlConnection connection, IEnumerable<long> ids, CancellationToken ct)
    {
        long[] wanted = [.. ids.Distinct()];
        long[] missing = [.. wanted.Where(id => !_kept.ContainsKey(id))];
        if (missing.Length > 0)
        {
            if (_kept.Count > MostKept)
            {
                _kept.Clear();
                missing = wanted;
            }

            foreach (var scheme in await connection.QueryAsync(FindSql, Read, ct, missing))
            {
                _kept.TryAdd(scheme.Id, scheme);
            }
        }

        return wanted.ToImmutableDictionary(id => id, id => _kept[id]);
    }

    /// <summary>The scheme each learner's next review is scheduled by.</summary>
    public async Task<IReadOnlyDictionary<Guid, Scheme>> CurrentAsync(NpgsqlConnection connection, Guid[] learnerIds, CancellationToken ct)
    {
        var ids = await connection.QueryAsync(CurrentSql, row => (Learner: row.GetGuid(0), Scheme: row.GetInt64(1)), ct, learnerIds);
        var schemes = await FindAsync(connection, ids.Select(id => id.Scheme), ct);
        return ids.ToDictionary(id => id.Learner, id => schemes[id.Scheme]);
    }

    public async Task<Scheme> CurrentAsync(NpgsqlConnection connection, Guid learnerId, CancellationToken ct) => (await CurrentAsync(connection, [learnerId], ct))[learnerId];

    private static Scheme Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetFieldValue<double[]>(2), row.GetDouble(3), row.GetFieldValue<int[]>(4), row.GetFieldValue<int[]>(5), row.GetFieldValue<double[]>(6), row.GetInt32(7), row.GetBoolean(8));
}
