using Npgsql;
using NpgsqlTypes;

namespace Tripos.Server.Platform.Data;

/// <summary>Plain SQL for what is hot, locked or set-based: positional parameters ($1, $2, …), prepared automatically.</summary>
public static class Sql
{
    extension(NpgsqlDataSource source)
    {
        public async Task<List<T>> QueryAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken ct, params object?[] values)
        {
            await using var connection = await source.OpenConnectionAsync(ct);
            return await connection.QueryAsync(sql, read, ct, values);
        }

        public async Task<int> ExecuteAsync(string sql, CancellationToken ct, params object?[] values)
        {
            await using var connection = await source.OpenConnectionAsync(ct);
            return await connection.ExecuteAsync(sql, ct, values);
        }
    }

    extension(NpgsqlConnection connection)
    {
        public async Task<List<T>> QueryAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken ct, params object?[] values)
        {
            await using var command = connection.Command(sql, values);
            await using var reader = await command.ExecuteReaderAsync(ct);
            return await reader.ReadAllAsync(read, ct);
        }

        public async Task<int> ExecuteAsync(string sql, CancellationToken ct, params object?[] values)
        {
            await using var command = connection.Command(sql, values);
            return await command.ExecuteNonQueryAsync(ct);
        }

        private NpgsqlCommand Command(string sql, object?[] values)
        {
            var command = new NpgsqlCommand(sql, connection);
            foreach (object? value in values)
            {
                command.Parameters.Add(Parameter(value));
            }

            return command;
        }
    }

    extension(NpgsqlBatch batch)
    {
        /// <summary>Adds a statement that travels with the others in one round trip.</summary>
        public NpgsqlBatch With(string sql, params object?[] values)
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (object? value in values)
            {
                command.Parameters.Add(Parameter(value));
            }

            batch.BatchCommands.Add(command);
            return batch;
        }
    }

    /// <summary>Times are instants here. An array that begins with no time would else be sent as one of local times, and refused for its first UTC one.</summary>
    private static NpgsqlParameter Parameter(object? value) => value is DateTime?[]
        ? new() { Value = value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz }
        : new() { Value = value ?? DBNull.Value };

    extension(NpgsqlDataReader reader)
    {
        public async Task<List<T>> ReadAllAsync<T>(Func<NpgsqlDataReader, T> read, CancellationToken ct)
        {
            List<T> rows = [];
            while (await reader.ReadAsync(ct))
            {
                rows.Add(read(reader));
            }

            return rows;
        }

        /// <summary>The value, or null (for structs: no value) when the column is NULL.</summary>
        public T? Maybe<T>(int column) => reader.IsDBNull(column) ? default : reader.GetFieldValue<T>(column);

        public DateTimeOffset Time(int column) => reader.GetFieldValue<DateTimeOffset>(column);

        public DateTimeOffset? MaybeTime(int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);

        public T Word<T>(int column) where T : struct, Enum => Enum.Parse<T>(reader.GetString(column).Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
    }
}
