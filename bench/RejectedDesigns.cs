using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Bench;

/// <summary>The two ways to store participants in one JSON value that were measured and not taken, beside a row per participant: log volume of one heartbeat.</summary>
public static class RejectedDesigns
{
    private const int Participants = 25;
    private const int Heartbeats = 2_000;

    public sealed record Measured(double RowWal, double SetWal, double ArrayWal);

    public static async Task<Measured> RunAsync(NpgsqlDataSource sql)
    {
        await sql.ExecuteAsync("""
            CREATE TABLE bench_sessions (id integer PRIMARY KEY, as_array jsonb NOT NULL, as_object jsonb NOT NULL) WITH (fillfactor = 70);
            CREATE TABLE bench_rows (session integer, learner integer, seen timestamptz, state smallint, answered smallint, PRIMARY KEY (session, learner)) WITH (fillfactor = 70)
            """, default);
        JsonArray array = [.. Enumerable.Range(0, Participants).Select(n => (JsonNode)Participant(n))];
        var asObject = new JsonObject(Enumerable.Range(0, Participants).Select(n => KeyValuePair.Create(Key(n), (JsonNode?)Participant(n))));
        await sql.ExecuteAsync("INSERT INTO bench_sessions VALUES (1, $1::jsonb, $2::jsonb)", default, array.ToJsonString(), asObject.ToJsonString());
        await sql.ExecuteAsync("INSERT INTO bench_rows SELECT 1, n, now(), 1, 0 FROM generate_series(0, $1) n", default, Participants - 1);

        double row = await WalAsync(sql, (connection, n) => connection.ExecuteAsync("UPDATE bench_rows SET seen = now(), answered = $2 WHERE session = 1 AND learner = $1", default, n % Participants, (short)(n % 100)));
        double set = await WalAsync(sql, (connection, n) => connection.ExecuteAsync("UPDATE bench_sessions SET as_object = jsonb_set(as_object, ARRAY[$1, 'last_activity'], to_jsonb(now())) WHERE id = 1", default, Key(n % Participants)));
        double whole = await WalAsync(sql, async (connection, n) =>
        {
            string text = (await connection.QueryAsync("SELECT as_array::text FROM bench_sessions WHERE id = 1", reader => reader.GetString(0), default))[0];
            var participants = JsonNode.Parse(text)!.AsArray();
            participants[n % Participants]!["last_activity"] = DateTime.UtcNow.ToString("o", CultureInfo.InvariantCulture);
            await connection.ExecuteAsync("UPDATE bench_sessions SET as_array = $1::jsonb WHERE id = 1", default, participants.ToJsonString());
        });
        await sql.ExecuteAsync("DROP TABLE bench_sessions, bench_rows", default);
        return new Measured(row, set, whole);
    }

    private static async Task<double> WalAsync(NpgsqlDataSource sql, Func<NpgsqlConnection, int, Task> heartbeat)
    {
        await using var connection = await sql.OpenConnectionAsync();
        for (int n = 0; n < 200; n++)
        {
            await heartbeat(connection, n); // the first change of a page after a checkpoint writes all of it
        }

        decimal before = await LsnAsync(sql);
        for (int n = 0; n < Heartbeats; n++)
        {
            await heartbeat(connection, n);
        }

        return (double)(await LsnAsync(sql) - before) / Heartbeats;
    }

    public static async Task<decimal> LsnAsync(NpgsqlDataSource sql) => (await sql.QueryAsync("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')", row => row.GetDecimal(0), default))[0];

    private static string Key(int n) => $"0190c0de-0000-7000-8000-{n:d12}";

    private static JsonObject Participant(int n) => new()
    {
        ["student_id"] = Key(n), ["attempt_id"] = Guid.NewGuid().ToString(), ["joined_at"] = "2024-01-10T20:00:15", ["connection_status"] = "CONNECTED", ["last_activity"] = "2024-01-10T20:15:32",
    };
}
