using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Review;

/// <summary>How long learners usually take for questions of a kind: the median of their own last answers.</summary>
internal sealed class AnswerPaces
{
    /// <summary>So many answers are remembered for each kind.</summary>
    private const int Window = 31;

    /// <summary>Below that nobody is called slow or fast.</summary>
    private const int Fewest = 5;

    private readonly Dictionary<(Guid Learner, string Kind), List<long>> _recent;

    private AnswerPaces(Dictionary<(Guid, string), List<long>> recent) => _recent = recent;

    /// <param name="wanted">Whose, for which kinds; others are not known.</param>
    public static async Task<AnswerPaces> LoadAsync(NpgsqlConnection connection, IReadOnlyCollection<(Guid Learner, string Kind)> wanted, CancellationToken ct)
    {
        var rows = await connection.QueryAsync("SELECT p.learner_id, p.kind, p.recent_ms FROM unnest($1::uuid[], $2::text[]) AS n(learner_id, kind) JOIN answer_paces p USING (learner_id, kind)",
            row => (Key: (row.GetGuid(0), row.GetString(1)), Recent: row.GetFieldValue<long[]>(2)), ct, wanted.Select(pace => pace.Learner).ToArray(), wanted.Select(pace => pace.Kind).ToArray());
        return new AnswerPaces(rows.ToDictionary(row => row.Key, row => row.Recent.ToList()));
    }

    /// <summary>The usual time in milliseconds; null while too few answers are known.</summary>
    public double? MedianMs(Guid learner, string kind)
    {
        if (!_recent.TryGetValue((learner, kind), out var recent) || recent.Count < Fewest)
        {
            return null;
        }

        long[] sorted = [.. recent.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2.0;
    }

    public void Add(Guid learner, string kind, long elapsedMs)
    {
        if (!_recent.TryGetValue((learner, kind), out var recent))
        {
            _recent[(learner, kind)] = recent = [];
        }

        recent.Add(elapsedMs);
        if (recent.Count > Window)
        {
            recent.RemoveAt(0);
        }
    }

    public async Task StoreAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        // An array of arrays of different lengths is no array of PostgreSQL's: they travel as text.
        var rows = _recent.OrderBy(row => row.Key.Learner).ThenBy(row => row.Key.Kind, StringComparer.Ordinal).ToList();
        await connection.ExecuteAsync("""
            INSERT INTO answer_paces (learner_id, kind, recent_ms) SELECT learner_id, kind, recent_ms::bigint[] FROM unnest($1::uuid[], $2::text[], $3::text[]) AS n(learner_id, kind, recent_ms)
            ON CONFLICT (learner_id, kind) DO UPDATE SET recent_ms = excluded.recent_ms
            """, ct, rows.Select(row => row.Key.Learner).ToArray(), rows.Select(row => row.Key.Kind).ToArray(), rows.Select(row => $"{{{string.Join(',', row.Value)}}}").ToArray());
    }
}
