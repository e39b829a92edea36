using System.Collections.Concurrent;
using Npgsql;
using Tripos.Measurement.Ratings;
using Tripos.Server.Features.Folds;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Practice;

/// <summary>
/// What can be practised, in memory: choosing among 50,000 questions reads none of them. It is at most a few seconds old; whether a question may still be asked is
/// checked again when it is asked.
/// </summary>
public sealed partial class PracticeItems(NpgsqlDataSource source, TimeProvider clock, ILogger<PracticeItems> log) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ExposureFresh = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestTransaction = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim _one = new(1);
    private PracticeCatalogue? _current;
    private Exposure _exposure = new([], 0);
    private DateTimeOffset _readAt, _exposureReadAt;
    private long _sequence;
    private int _refreshing;

    /// <summary>How often each question was chosen in the last day.</summary>
    /// <param name="Sessions">How many sessions there were.</param>
    private sealed record Exposure(ConcurrentDictionary<int, int> Served, int Sessions);

    /// <summary>The catalogue as it is; when it is not fresh, a newer one is fetched meanwhile.</summary>
    public async ValueTask<PracticeCatalogue> GetAsync(CancellationToken ct)
    {
        if (_current is null)
        {
            await RefreshAsync(ct);
        }
        else if (clock.GetUtcNow() - _readAt > Fresh && Interlocked.Exchange(ref _refreshing, 1) == 0)
        {
            _ = RefreshBehindAsync();
        }

        return _current!;
    }

    /// <summary>Share of the most exposure allowed that a question has had; from 1 on it rests. In quarters, so that single sessions do not change each other's choice.</summary>
    public double ExposureShare(int questionId)
    {
        const double mostShare = 0.25; // of the sessions of a day
        const int alwaysAllowed = 20;
        return Math.Floor(4 * _exposure.Served.GetValueOrDefault(questionId) / Math.Max(alwaysAllowed, mostShare * _exposure.Sessions)) / 4;
    }

    /// <summary>A question was chosen just now.</summary>
    public void Count(int questionId) => _exposure.Served.AddOrUpdate(questionId, 1, static (_, count) => count + 1);

    public async Task RefreshAsync(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            var now = clock.GetUtcNow();
            await using var connection = await source.OpenConnectionAsync(ct);
            var (dbNow, read) = (await connection.QueryAsync("SELECT now(), (SELECT COALESCE(min(position), 0) FROM folds)", row => (row.Time(0), row.GetInt64(1)), ct))[0];
            var topics = await ReadTopicsAsync(connection, ct);
            _current = _current is null
                ? CatalogueBuilder.Build(await ReadItems.AllAsync(connection, ct), topics)
                : CatalogueBuilder.Change(_current, await ReadItems.ChangedAsync(connection, _changedSince, _sequence, ct), topics);
            (_changedSince, _sequence, _readAt) = (dbNow - LongestTransaction, read, now);
            if (now - _exposureReadAt > ExposureFresh)
            {
                _exposure = await ReadExposureAsync(connection, now, ct);
                _exposureReadAt = now;
            }
        }
        finally
        {
            _one.Release();
        }
    }

    private DateTimeOffset _changedSince;

    public void Dispose() => _one.Dispose();

    private async Task RefreshBehindAsync()
    {
        try
        {
            await RefreshAsync(CancellationToken.None);
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException or ObjectDisposedException)
        {
            Stale(log, failure); // the next request tries again
        }
        finally
        {
            Interlocked.Exchange(ref _refreshing, 0);
        }
    }

    private static async Task<Exposure> ReadExposureAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken ct)
    {
        var since = now.AddDays(-1);
        var served = await connection.QueryAsync("SELECT question_id, count(*)::integer FROM selections WHERE created_at > $1 GROUP BY question_id", row => KeyValuePair.Create(row.GetInt32(0), row.GetInt32(1)), ct, since);
        int sessions = (await connection.QueryAsync("SELECT count(DISTINCT attempt_id)::integer FROM selections WHERE created_at > $1", row => row.GetInt32(0), ct, since))[0];
        return new Exposure(new ConcurrentDictionary<int, int>(served), sessions);
    }

    private static Task<List<PracticeTopic>> ReadTopicsAsync(NpgsqlConnection connection, CancellationToken ct) => connection.QueryAsync("""
        SELECT k.id, COALESCE(t.name, 'No topic'), t.module_id, COALESCE(m.name, 'Other'), r.points, r.deviation, r.answers, r.updated_at_days
        FROM (SELECT id FROM topics UNION ALL SELECT -1) k LEFT JOIN topics t ON t.id = k.id LEFT JOIN modules m ON m.id = t.module_id LEFT JOIN topic_ratings r ON r.topic_id = k.id
        """, row => new PracticeTopic(row.GetInt32(0), row.GetString(1), row.Maybe<int?>(2), row.GetString(3),
            row.IsDBNull(4) ? RatingFold.Model.NewSkill() : row.RatingAt(4), [], [], 0), ct);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The questions that can be practised could not be read again; the older list is used")]
    private static partial void Stale(ILogger log, Exception failure);
}
