using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Folds;

/// <summary>Whether derived data is up to date, for those who operate the server.</summary>
public static class ReadFolds
{
    /// <param name="Behind">Logged responses it has not read yet.</param>
    public sealed record Row(string Name, long Position, long Behind, DateTimeOffset? UpdatedAt);

    /// <param name="Responses">Rows of the log.</param>
    /// <param name="Waiting">Graded facts that are not in the log yet.</param>
    /// <param name="OldestWaitingAt">Null when nothing waits.</param>
    /// <param name="Lag">Null when nothing was graded in the last five minutes.</param>
    public sealed record State(long Responses, long Waiting, DateTimeOffset? OldestWaitingAt, FoldLag.Summary? Lag, IReadOnlyList<Row> Folds);

    public static async Task<State> RunAsync(FoldRunner runner, FoldLag lag, NpgsqlDataSource source, CancellationToken ct)
    {
        var (responses, waiting, oldest) = (await source.QueryAsync(
            "SELECT COALESCE((SELECT max(sequence) FROM responses), 0), count(*), min(created_at) FROM (SELECT created_at FROM graded_facts LIMIT 100000) waiting",
            row => (row.GetInt64(0), row.GetInt64(1), row.MaybeTime(2)), ct))[0];
        var stored = (await source.QueryAsync("SELECT name, position, updated_at FROM folds", row => (Name: row.GetString(0), Position: row.GetInt64(1), UpdatedAt: row.Time(2)), ct)).ToDictionary(row => row.Name);
        return new State(responses, waiting, oldest, lag.Newest(),
            [.. runner.Folds.Select(fold => stored.TryGetValue(fold.Name, out var row) ? new Row(fold.Name, row.Position, Math.Max(0, responses - row.Position), row.UpdatedAt) : new Row(fold.Name, 0, responses, null))]);
    }
}
