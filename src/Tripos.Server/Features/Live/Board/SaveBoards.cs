using Npgsql;
using NpgsqlTypes;

namespace Tripos.Server.Features.Live;

/// <summary>Writes what memory knows of participants: one statement for all sessions, on a connection of its own that does not wait for the disk. What is lost in a crash, the next heartbeat brings again.</summary>
internal sealed class SaveBoards(NpgsqlDataSource source) : IAsyncDisposable
{
    private const string Sql = """
        UPDATE live_participants p SET last_seen = v.t, state = v.s, answered = v.a, position = v.p
        FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::smallint[], $5::smallint[], $6::smallint[]) v (sid, uid, t, s, a, p) WHERE p.session_id = v.sid AND p.learner_id = v.uid
        """;

    private readonly string _settings = new NpgsqlConnectionStringBuilder(source.ConnectionString) { Pooling = false, ApplicationName = "tripos live" }.ConnectionString;
    private readonly SemaphoreSlim _one = new(1);
    private NpgsqlConnection? _connection;
    private NpgsqlCommand? _command;

    /// <summary>Statements so far, for measuring.</summary>
    public long Statements { get; private set; }

    /// <summary>Writes everything that is not saved yet; what could not be written stays so.</summary>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    public async Task RunAsync(IEnumerable<SessionBoard> boards, CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        List<(SessionBoard Board, BoardParticipant.SavedState State)> unsaved = [];
        try
        {
            unsaved.AddRange(boards.SelectMany(board => board.TakeUnsaved().Select(state => (board, state))));
            if (unsaved.Count > 0)
            {
                await WriteAsync(unsaved, ct);
            }
        }
        catch (Exception)
        {
            unsaved.ForEach(each => each.Board.MarkUnsaved(each.State.LearnerId));
            await ResetAsync();
            throw;
        }
        finally
        {
            _one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ResetAsync();
        _one.Dispose();
    }

    private async Task WriteAsync(List<(SessionBoard Board, BoardParticipant.SavedState State)> rows, CancellationToken ct)
    {
        var command = _command ??= await OpenAsync(ct);
        command.Parameters[0].Value = rows.Select(row => row.Board.Session.Id).ToArray();
        command.Parameters[1].Value = rows.Select(row => row.State.LearnerId).ToArray();
        command.Parameters[2].Value = rows.Select(row => row.State.LastSeen.UtcDateTime).ToArray();
        command.Parameters[3].Value = rows.Select(row => (short)(row.State.Connected ? 1 : 0)).ToArray();
        command.Parameters[4].Value = rows.Select(row => row.State.Answered).ToArray();
        command.Parameters[5].Value = rows.Select(row => row.State.Position).ToArray();
        await command.ExecuteNonQueryAsync(ct);
        Statements++;
    }

    private async Task<NpgsqlCommand> OpenAsync(CancellationToken ct)
    {
        _connection = new NpgsqlConnection(_settings);
        await _connection.OpenAsync(ct);
        await using (var settings = new NpgsqlCommand("SET synchronous_commit = off; SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan", _connection))
        {
            await settings.ExecuteNonQueryAsync(ct);
        }

        var command = new NpgsqlCommand(Sql, _connection);
        ReadOnlySpan<NpgsqlDbType> types = [NpgsqlDbType.Uuid, NpgsqlDbType.Uuid, NpgsqlDbType.TimestampTz, NpgsqlDbType.Smallint, NpgsqlDbType.Smallint, NpgsqlDbType.Smallint];
        foreach (var type in types)
        {
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | type });
        }

        await command.PrepareAsync(ct);
        return command;
    }

    private async Task ResetAsync()
    {
        await (_command?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_connection?.DisposeAsync() ?? ValueTask.CompletedTask);
        _command = null;
        _connection = null;
    }
}
