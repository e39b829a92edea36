using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Folds;

/// <summary>How many live questions each topic has, and how well they can be guessed. Changes slowly, so it is counted at most once a minute.</summary>
public sealed class TopicSizes(NpgsqlDataSource source, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private volatile Counted? _counted;

    /// <param name="Guess">Mean chance of guessing right.</param>
    public sealed record Size(int TopicId, string Topic, int ModuleId, string Module, int Questions, double Guess);

    private sealed record Counted(DateTimeOffset At, IReadOnlyList<Size> Sizes);

    /// <summary>Topics with live questions, module by module in their order.</summary>
    public async ValueTask<IReadOnlyList<Size>> ReadAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (_counted is { } known && now - known.At < Fresh)
        {
            return known.Sizes;
        }

            // Four options are usual; the exact floor of a question counts where it is answered.
        var sizes = await source.QueryAsync("""
            SELECT t.id, t.name, m.id, m.name, q.questions, q.guess FROM topics t JOIN modules m ON m.id = t.module_id
            JOIN (
                SELECT topic_id, count(*)::integer AS questions, avg(CASE kind WHEN 'single-choice' THEN 0.25 WHEN 'true-false' THEN 0.5 ELSE 0 END)::float8 AS guess
                FROM questions WHERE status = 'live' AND NOT needs_key GROUP BY topic_id
            ) q ON q.topic_id = t.id
            ORDER BY m.name, t.display_order, t.name, t.id
            """, row => new Size(row.GetInt32(0), row.GetString(1), row.GetInt32(2), row.GetString(3), row.GetInt32(4), row.GetDouble(5)), ct);
        _counted = new Counted(now, sizes);
        return sizes;
    }
}
