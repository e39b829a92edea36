using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Platform.Jobs;

/// <summary>Puts a fact on its way in the transaction that makes it true: no commit, no job.</summary>
public static class JobQueue
{
    private const string Insert = "INSERT INTO jobs (kind, payload) VALUES ($1, $2::jsonb)";

    extension(NpgsqlConnection connection)
    {
        public Task EnqueueAsync<T>(string kind, T payload, CancellationToken ct) => connection.ExecuteAsync(Insert, ct, kind, Text(payload));
    }

    extension(NpgsqlBatch batch)
    {
        public NpgsqlBatch WithJob<T>(string kind, T payload) => batch.With(Insert, kind, Text(payload));
    }

    extension(AppDb db)
    {
        public Task EnqueueAsync<T>(string kind, T payload, CancellationToken ct) =>
            db.Database.ExecuteSqlAsync($"INSERT INTO jobs (kind, payload) VALUES ({kind}, {Text(payload)}::jsonb)", ct);
    }

    private static string Text<T>(T payload) => JsonSerializer.Serialize(payload, Json.Options);
}
