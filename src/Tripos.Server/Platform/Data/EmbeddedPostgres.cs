using Npgsql;

namespace Tripos.Server.Platform.Data;

/// <summary>
/// A PostgreSQL of our own inside the data folder, reached through a socket only its owner can open. Several processes may
/// use one folder: the first starts it, the last stops it, and one that was killed leaves a database the next one adopts.
/// </summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly PostgresFiles _files;
    private PostgresAccount _account = null!;
    private PostgresBinaries _binaries = null!;
    private FileStream? _use;

    public EmbeddedPostgres(string dataFolder, bool durable = true) => _files = new(Path.GetFullPath(dataFolder), durable);

    public string ConnectionString => _files.ConnectionString;

    /// <summary>True when this process started it, false when it was running already.</summary>
    public bool StartedHere { get; private set; }

    /// <summary>Makes the database when there is none, and starts it unless it runs.</summary>
    /// <exception cref="SetupException">It cannot be started; the message says why.</exception>
    public async Task StartAsync(CancellationToken ct)
    {
        if (_use is not null)
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            throw new SetupException("The embedded database runs on Linux and macOS. On Windows use WSL, or name a PostgreSQL server in TRIPOS_DATABASE.");
        }

        PrepareFolder();
        await using var turn = await LockAsync(_files.StartLock, FileAccess.ReadWrite, FileShare.None, ct);
        _binaries = await PostgresBinaries.FindAsync(_files.MadeBy, ct);
        _account = await PostgresAccount.ChooseAsync(ct);
        await _account.OwnAsync(_files.Folder, ct);
        await _account.ReachAsync([_files.Folder, _binaries.BinFolder], ct);
        RefuseOtherVersion();
        if (!await IsServingAsync(ct))
        {
            await CreateWhenMissingAsync(ct);
            await LaunchAsync(ct);
            StartedHere = true;
        }

        _use = await LockAsync(_files.UsersLock, FileAccess.Read, FileShare.Read, ct);
    }

    /// <summary>Stops it, unless another process still uses it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _use, null) is not { } use)
        {
            return;
        }

        await using var turn = await LockAsync(_files.StartLock, FileAccess.ReadWrite, FileShare.None, CancellationToken.None);
        await use.DisposeAsync();
        if (TryLock(_files.UsersLock, FileAccess.ReadWrite, FileShare.None) is { } last)
        {
            await using (last)
            {
                NpgsqlConnection.ClearAllPools();
                await _account.RunAsync([_binaries.PgCtl, "stop", "-D", _files.Cluster, "-m", "fast", "-w", "-t", "60"], CancellationToken.None);
                _files.RemoveSocketFolder();
            }
        }
    }

    private void PrepareFolder()
    {
        try
        {
            Directory.CreateDirectory(_files.Data);
            Directory.CreateDirectory(_files.Folder, PostgresFiles.OwnerOnly);
            _ = Directory.EnumerateFileSystemEntries(_files.Folder).Any();
            File.Open(_files.StartLock, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite).Dispose();
            File.Open(_files.UsersLock, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite).Dispose();
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or IOException)
        {
            throw new SetupException($"The data folder {_files.Data} cannot be used: {failure.Message} If it belongs to another account (Tripos once ran as root, say), use that account or choose another folder with --data.", failure);
        }
    }

    private void RefuseOtherVersion()
    {
        if (_files.MadeBy is { } made && made != _binaries.MajorVersion)
        {
            throw new SetupException($"The database in {_files.Folder} was made by PostgreSQL {made}, and {_binaries.BinFolder} holds version {_binaries.MajorVersion}. Install version {made}, or choose another folder with --data.");
        }
    }

    private async Task CreateWhenMissingAsync(CancellationToken ct)
    {
        if (Directory.Exists(_files.Cluster))
        {
            return;
        }

        string unfinished = _files.Cluster + ".new"; // renamed at the end, so that a killed initdb leaves nothing that looks whole
        if (Directory.Exists(unfinished))
        {
            Directory.Delete(unfinished, recursive: true);
        }

        string[] locale = _binaries.MajorVersion >= 17 ? ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"] : ["--locale=C"];
        string[] sync = _files.Durable ? [] : ["--no-sync"];
        Check("The database cannot be made", await _account.RunAsync([_binaries.InitDb, "-D", unfinished, "-U", "tripos", "-A", "trust", "-E", "UTF8", .. locale, .. sync], ct));
        await File.AppendAllTextAsync(Path.Combine(unfinished, "postgresql.conf"), "\ninclude_if_exists = 'tripos.conf'\n", ct);
        Directory.Move(unfinished, _files.Cluster);
    }

    private async Task LaunchAsync(CancellationToken ct)
    {
        await File.WriteAllTextAsync(Path.Combine(_files.Cluster, "tripos.conf"), _files.Settings(_binaries), ct);
        Directory.CreateDirectory(_files.Log);
        _files.MakeSocketFolder();
        await _account.OwnAsync(_files.Folder, ct);
        await _account.OwnAsync(_files.SocketFolder, ct);
        bool crashed = File.Exists(_files.ProcessFile);
        PostgresProcess.ForgetDead(_files);
        string startLog = Path.Combine(_files.Log, "start.log");
        string[] start = [_binaries.PgCtl, "start", "-D", _files.Cluster, "-l", startLog, "-w", "-t", "60", "-s"];
        var started = await _account.RunAsync(start, ct);
        for (int again = 0; !started.Succeeded && crashed && again < 20; again++)
        {
            await Task.Delay(500, ct); // children of the server that was killed still hold its memory
            started = await _account.RunAsync(start, ct);
        }

        Check($"PostgreSQL did not start; its log is in {_files.Log} and ends with:\n{LogTail()}\npg_ctl says", started);
        await CreateDatabaseAsync(ct);
    }

    private string LogTail() =>
        new DirectoryInfo(_files.Log).EnumerateFiles("*.log").MaxBy(file => file.LastWriteTimeUtc) is { } newest
            ? string.Join('\n', File.ReadLines(newest.FullName).TakeLast(6))
            : "";

    private async Task CreateDatabaseAsync(CancellationToken ct)
    {
        await using var admin = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(ConnectionString) { Database = "postgres", Pooling = false });
        await using var exists = admin.CreateCommand("SELECT EXISTS (SELECT FROM pg_database WHERE datname = 'tripos')");
        if (!(bool)(await exists.ExecuteScalarAsync(ct))!)
        {
            await using var create = admin.CreateCommand("CREATE DATABASE tripos");
            await create.ExecuteNonQueryAsync(ct);
        }
    }

    /// <summary>True when a server left by another process answers; waits for one that is still recovering.</summary>
    private async Task<bool> IsServingAsync(CancellationToken ct)
    {
        var until = DateTime.UtcNow + Patience;
        while (PostgresProcess.Running(_files) is not null && DateTime.UtcNow < until)
        {
            try
            {
                await CreateDatabaseAsync(ct);
                return true;
            }
            catch (NpgsqlException)
            {
                await Task.Delay(100, ct); // starting, recovering or shutting down
            }
        }

        return false;
    }

    private static async Task<FileStream> LockAsync(string path, FileAccess access, FileShare share, CancellationToken ct)
    {
        for (var until = DateTime.UtcNow + Patience; DateTime.UtcNow < until; await Task.Delay(50, ct))
        {
            if (TryLock(path, access, share) is { } held)
            {
                return held;
            }
        }

        throw new SetupException($"Another Tripos process has been starting or stopping the database for a minute and holds {path}. End it, then try again.");
    }

    private static FileStream? TryLock(string path, FileAccess access, FileShare share)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, access, share);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static void Check(string failure, ToolResult result)
    {
        if (!result.Succeeded)
        {
            throw new SetupException($"{failure}: {result.Tail}");
        }
    }
}
