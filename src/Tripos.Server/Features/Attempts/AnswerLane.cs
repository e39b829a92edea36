using Npgsql;

namespace Tripos.Server.Features.Attempts;

/// <summary>One connection of its own (its settings must not leak into the pool) with the statement prepared on it, opened again after a failure.</summary>
/// <param name="passOverLocked">Leaves attempts alone that another transaction holds, instead of waiting for it.</param>
internal sealed class AnswerLane(NpgsqlDataSource source, bool passOverLocked) : IAsyncDisposable
{
    // The tables grow from nothing to tens of millions of rows under one plan: with these settings the only way into them is the primary key,
    // while the parts of the batch itself may still be hashed.
    private const string PlannerSettings = "SET enable_seqscan = off; SET enable_mergejoin = off; SET enable_bitmapscan = off; SET plan_cache_mode = force_generic_plan";

    private readonly string _settings = new NpgsqlConnectionStringBuilder(source.ConnectionString) { Pooling = false, ApplicationName = "tripos answers" }.ConnectionString;
    private NpgsqlConnection? _connection;
    private NpgsqlCommand? _command;

    public async Task<JudgedChange[]> StoreAsync(IReadOnlyList<AnswerChange> changes)
    {
        if (_command is null)
        {
            _connection = new NpgsqlConnection(_settings);
            await _connection.OpenAsync();
            await using var settings = new NpgsqlCommand(PlannerSettings, _connection);
            await settings.ExecuteNonQueryAsync();
            _command = AnswerBatch.CreateCommand(_connection, passOverLocked);
            await _command.PrepareAsync();
        }

        return await AnswerBatch.StoreAsync(_command, changes, CancellationToken.None);
    }

    /// <summary>Forgets the connection; the next batch opens another.</summary>
    public async Task ResetAsync()
    {
        await (_command?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_connection?.DisposeAsync() ?? ValueTask.CompletedTask);
        _command = null;
    }

    public ValueTask DisposeAsync() => new(ResetAsync());
}
