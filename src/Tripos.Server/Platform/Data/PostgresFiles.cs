using System.Security.Cryptography;
using System.Text;

namespace Tripos.Server.Platform.Data;

/// <summary>Where the embedded PostgreSQL keeps its files, and its settings.</summary>
/// <param name="Data">The data folder of Tripos; absolute.</param>
/// <param name="Durable">False for throw-away databases of tests, which need not survive a power cut.</param>
internal sealed record PostgresFiles(string Data, bool Durable)
{
    /// <summary>A socket's path must fit 107 bytes, with the name of the socket.</summary>
    private const int LongestSocketFolder = 90;

    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public string Folder => Path.Combine(Data, "pg");
    public string Cluster => Path.Combine(Folder, "cluster");
    public string Log => Path.Combine(Folder, "log");
    public string ProcessFile => Path.Combine(Cluster, "postmaster.pid");

    /// <summary>Held shared by every process that uses the database; the one that gets it exclusively is the last.</summary>
    public string UsersLock => Path.Combine(Data, "pg.lock");

    /// <summary>Held exclusively while PostgreSQL is being started or stopped.</summary>
    public string StartLock => Path.Combine(Data, "pg.start.lock");

    public string SocketFolder => Path.Combine(Folder, "run") is { } near && Encoding.UTF8.GetByteCount(near) <= LongestSocketFolder
        ? near
        : Path.Combine(Path.GetTempPath(), $"tripos-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Data)))[..16]}");

    public string ConnectionString => $"Host={SocketFolder};Username=tripos;Database=tripos";

    /// <summary>The major version that made the cluster; null when there is none.</summary>
    public int? MadeBy =>
        Path.Combine(Cluster, "PG_VERSION") is var file && File.Exists(file) && int.TryParse(File.ReadAllText(file), out int version) ? version : null;

    /// <summary>Whoever can open the socket is the database's administrator, so nobody else may own or enter its folder.</summary>
    public void MakeSocketFolder()
    {
        try
        {
            var folder = Directory.CreateDirectory(SocketFolder, OwnerOnly);
            if (folder.LinkTarget is null)
            {
                folder.UnixFileMode = OwnerOnly; // refused to anybody but the owner
                return;
            }
        }
        catch (UnauthorizedAccessException)
        {
            // Said below, as for a link.
        }

        throw new SetupException($"{SocketFolder} belongs to somebody else. Remove it, or choose a data folder with a shorter path.");
    }

    /// <summary>Leaves nothing behind in the temporary folder.</summary>
    public void RemoveSocketFolder()
    {
        if (Directory.Exists(SocketFolder))
        {
            Directory.Delete(SocketFolder, recursive: true);
        }
    }

    public string Settings(PostgresBinaries binaries) => $"""
        # Written by Tripos at every start; put your own settings into postgresql.conf, after the line that includes this file.
        listen_addresses = ''
        unix_socket_directories = {Quote(SocketFolder)}
        unix_socket_permissions = 0700
        max_connections = {(Durable ? 120 : 300)}
        shared_buffers = {(Durable ? "192MB" : "64MB")}
        effective_cache_size = 1GB
        jit = off
        wal_compression = on
        max_wal_size = 2GB
        synchronous_commit = on
        fsync = {(Durable ? "on" : "off")}
        full_page_writes = {(Durable ? "on" : "off")}
        random_page_cost = 1.1
        timezone = 'UTC'
        log_timezone = 'UTC'
        logging_collector = on
        log_directory = {Quote(Log)}
        log_filename = 'postgresql-%a.log'
        log_truncate_on_rotation = on
        log_rotation_age = 1d
        log_rotation_size = 0
        log_min_duration_statement = 1000
        log_parameter_max_length = 0
        shared_preload_libraries = '{(binaries.HasStatementStatistics ? "pg_stat_statements" : "")}'

        """;

    private static string Quote(string path) => $"'{path.Replace("'", "''", StringComparison.Ordinal)}'";
}
