using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Catalog;

/// <summary>The module tree with what can be served from each topic.</summary>
public static class ReadTopics
{
    /// <param name="Questions">Live questions with a key.</param>
    public sealed record Row(int TopicId, string Name, int ModuleId, string Module, int Questions);

    public static Task<List<Row>> RunAsync(NpgsqlDataSource source, CancellationToken ct) => source.QueryAsync("""
        SELECT t.id, t.name, m.id, m.name, (SELECT count(*)::integer FROM questions q WHERE q.topic_id = t.id AND q.status = 'live' AND NOT q.needs_key)
        FROM topics t JOIN modules m ON m.id = t.module_id ORDER BY m.display_order, m.name, m.id, t.display_order, t.id
        """, row => new Row(row.GetInt32(0), row.GetString(1), row.GetInt32(2), row.GetString(3), row.GetInt32(4)), ct);
}
