using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Interchange;

/// <summary>Finds topics by name and makes those that are missing.</summary>
internal static class Topics
{
    /// <summary>The module of topics whose file names none.</summary>
    public const string NoModule = "General";

    /// <summary>Ids of the topics, each named by its module and itself.</summary>
    public static async Task<Dictionary<(string Module, string Topic), int>> EnsureAsync(IEnumerable<(string Module, string Topic)> names, ImportFiles.Work work)
    {
        var wanted = names.Distinct().ToList();
        if (wanted.Count == 0)
        {
            return [];
        }

        string[] modules = [.. wanted.Select(w => w.Module)], topics = [.. wanted.Select(w => w.Topic)];
        await work.Connection.ExecuteAsync("INSERT INTO modules (name) SELECT DISTINCT name FROM unnest($1) name ON CONFLICT (name) DO NOTHING", work.Ct, (object)modules);
        await work.Connection.ExecuteAsync("""
            INSERT INTO topics (module_id, name)
            SELECT m.id, w.topic FROM unnest($1, $2) w (module, topic) JOIN modules m ON m.name = w.module ON CONFLICT (module_id, name) DO NOTHING
            """, work.Ct, modules, topics);
        var rows = await work.Connection.QueryAsync("""
            SELECT w.module, w.topic, t.id FROM unnest($1, $2) w (module, topic) JOIN modules m ON m.name = w.module JOIN topics t ON t.module_id = m.id AND t.name = w.topic
            """, row => (Name: (row.GetString(0), row.GetString(1)), Id: row.GetInt32(2)), work.Ct, modules, topics);
        return rows.ToDictionary(row => row.Name, row => row.Id);
    }
}
