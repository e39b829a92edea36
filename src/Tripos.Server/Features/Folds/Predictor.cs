using Npgsql;
using Tripos.Measurement.Prediction;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Folds;

/// <summary>A question as the predictor sees it.</summary>
/// <param name="Guess">Chance of being right without knowing.</param>
public readonly record struct PredictedItem(int QuestionId, int Topic, double Guess);

/// <summary>
/// The chance that a learner answers a question well, by everything that was logged: stronger than the ratings, and not explainable, so it chooses practice and never grades.
/// It lives in memory, follows the log, and is saved now and then together with its place in it, so that a restart goes on with the same bits.
/// </summary>
public sealed class Predictor(NpgsqlDataSource source, TimeProvider clock) : IDisposable
{
    /// <summary>A few MB instead of tens, for two thousandths of AUC: it is saved often.</summary>
    private static readonly PredictorSettings Settings = new() { TableBits = 15 };

    private const int BatchSize = 2_000;
    private const int SaveEvery = 20_000; // responses
    private const int MostKept = 20_000; // histories in memory that are saved already
    private static readonly TimeSpan SaveAfter = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _following = new(1, 1);
    private readonly Lock _model = new();
    private readonly Dictionary<Guid, LearnerHistory> _histories = [];
    private readonly HashSet<Guid> _unsaved = [];
    private SuccessPredictor _predictor = new(Settings);
    private bool _loaded;
    private long _position, _savedPosition;
    private DateTimeOffset _savedAt;

    /// <summary>The last response it has learnt from.</summary>
    public long Position => Interlocked.Read(ref _position);

    public void Dispose() => _following.Dispose();

    /// <returns>For each question the expected chance of success, guess floor included.</returns>
    public async Task<double[]> PredictAsync(Guid learnerId, IReadOnlyList<PredictedItem> items, CancellationToken ct)
    {
        await LoadAsync(ct);
        var history = await HistoryAsync(learnerId, ct);
        double now = (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
        var chances = new double[items.Count];
        lock (_model)
        {
            for (int i = 0; i < chances.Length; i++)
            {
                chances[i] = _predictor.Predict(history, items[i].QuestionId, items[i].Topic, items[i].Guess, now);
            }
        }

        return chances;
    }

    /// <summary>Learns from every response that was logged since, and saves when it is time.</summary>
    public async Task FollowAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        await _following.WaitAsync(ct);
        try
        {
            await using var connection = await source.OpenConnectionAsync(ct);
            while (await LoggedResponse.AfterAsync(connection, Position, BatchSize, ct) is { Count: > 0 } batch)
            {
                await LearnAsync(connection, batch, ct);
                if (_position - _savedPosition >= SaveEvery)
                {
                    await SaveAsync(connection, ct);
                }
            }

            if (_position > _savedPosition && clock.GetUtcNow() - _savedAt >= SaveAfter)
            {
                await SaveAsync(connection, ct);
            }
        }
        finally
        {
            _following.Release();
        }
    }

    /// <summary>Stores where it is now.</summary>
    public async Task SaveAsync(CancellationToken ct)
    {
        await _following.WaitAsync(ct);
        try
        {
            await using var connection = await source.OpenConnectionAsync(ct);
            await SaveAsync(connection, ct);
        }
        finally
        {
            _following.Release();
        }
    }

    /// <summary>Forgets everything stored, so that it learns again from the first response.</summary>
    public async Task ResetAsync(CancellationToken ct)
    {
        await _following.WaitAsync(ct);
        try
        {
            await source.ExecuteAsync("WITH gone AS (DELETE FROM predictor_learners) DELETE FROM predictor_state", ct);
            lock (_model)
            {
                (_predictor, _position, _savedPosition, _loaded) = (new SuccessPredictor(Settings), 0, 0, true);
                _histories.Clear();
                _unsaved.Clear();
            }
        }
        finally
        {
            _following.Release();
        }
    }

    private async Task LearnAsync(NpgsqlConnection connection, IReadOnlyList<LoggedResponse> batch, CancellationToken ct)
    {
        await LoadHistoriesAsync(connection, [.. batch.Where(response => response.IsEvidence).Select(response => response.LearnerId).Distinct()], ct);
        lock (_model)
        {
            foreach (var response in batch)
            {
                if (response.IsEvidence)
                {
                    _predictor.Update(_histories[response.LearnerId], response.QuestionId, response.Topic, response.Score >= 0.5, response.Guess, response.AtDays * 86_400);
                    _unsaved.Add(response.LearnerId);
                }
            }

            Interlocked.Exchange(ref _position, batch[^1].Sequence);
        }
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        if (Volatile.Read(ref _loaded))
        {
            return;
        }

        await _following.WaitAsync(ct);
        try
        {
            if (!_loaded && await source.QueryAsync("SELECT position, model FROM predictor_state", row => (Position: row.GetInt64(0), Model: row.GetFieldValue<byte[]>(1)), ct) is [var stored])
            {
                using var stream = new MemoryStream(stored.Model, writable: false);
                (_predictor, _position, _savedPosition) = (SuccessPredictor.Load(stream), stored.Position, stored.Position);
            }

            _savedAt = clock.GetUtcNow();
            Volatile.Write(ref _loaded, true);
        }
        finally
        {
            _following.Release();
        }
    }

    private async Task<LearnerHistory> HistoryAsync(Guid learnerId, CancellationToken ct)
    {
        lock (_model)
        {
            if (_histories.TryGetValue(learnerId, out var known))
            {
                return known;
            }
        }

        await using var connection = await source.OpenConnectionAsync(ct);
        await LoadHistoriesAsync(connection, [learnerId], ct);
        lock (_model)
        {
            return _histories.GetValueOrDefault(learnerId) ?? new LearnerHistory();
        }
    }

    private async Task LoadHistoriesAsync(NpgsqlConnection connection, Guid[] learners, CancellationToken ct)
    {
        Guid[] missing;
        lock (_model)
        {
            missing = [.. learners.Where(id => !_histories.ContainsKey(id))];
        }

        if (missing.Length == 0)
        {
            return;
        }

        var stored = await connection.QueryAsync("SELECT learner_id, history FROM predictor_learners WHERE learner_id = ANY ($1)", row => (Id: row.GetGuid(0), History: row.GetFieldValue<byte[]>(1)), ct, missing);
        lock (_model)
        {
            foreach (var (id, bytes) in stored)
            {
                using var reader = new BinaryReader(new MemoryStream(bytes, writable: false));
                _histories.TryAdd(id, LearnerHistory.Load(reader));
            }

            foreach (var id in missing)
            {
                _histories.TryAdd(id, new LearnerHistory());
            }
        }
    }

    private async Task SaveAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        byte[] model;
        Guid[] learners;
        byte[][] histories;
        long position;
        lock (_model)
        {
            using var stream = new MemoryStream();
            _predictor.Save(stream);
            (model, position, learners) = (stream.ToArray(), _position, [.. _unsaved]);
            histories = [.. learners.Select(id => Bytes(_histories[id]))];
        }

        await using var transaction = await connection.BeginTransactionAsync(ct);
        int moved = await connection.ExecuteAsync("""
            INSERT INTO predictor_state (position, model, saved_at) VALUES ($1, $2, $3)
            ON CONFLICT (id) DO UPDATE SET position = $1, model = $2, saved_at = $3 WHERE predictor_state.position < $1
            """, ct, position, model, clock.GetUtcNow());
        if (moved == 0) // another server is further already: what is stored belongs to its place, not to ours
        {
            _savedAt = clock.GetUtcNow();
            return;
        }

        await connection.ExecuteAsync("""
            INSERT INTO predictor_learners (learner_id, history) SELECT * FROM unnest($1::uuid[], $2::bytea[])
            ON CONFLICT (learner_id) DO UPDATE SET history = EXCLUDED.history
            """, ct, learners, histories);
        await transaction.CommitAsync(ct);
        lock (_model)
        {
            (_savedPosition, _savedAt) = (position, clock.GetUtcNow());
            _unsaved.Clear();
            if (_histories.Count > MostKept)
            {
                _histories.Clear();
            }
        }
    }

    private static byte[] Bytes(LearnerHistory history)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream))
        {
            history.Save(writer);
        }

        return stream.ToArray();
    }
}
