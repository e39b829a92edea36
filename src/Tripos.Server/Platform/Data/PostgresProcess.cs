using System.Diagnostics;

namespace Tripos.Server.Platform.Data;

/// <summary>The server process that the files of a cluster name, and whether it is still alive.</summary>
internal static class PostgresProcess
{
    /// <summary>Its number; null when it ended, however it ended.</summary>
    public static int? Running(PostgresFiles files)
    {
        if (!File.Exists(files.ProcessFile) || !int.TryParse(File.ReadLines(files.ProcessFile).FirstOrDefault(), out int id))
        {
            return null;
        }

        try
        {
            using var process = Process.GetProcessById(id);
            return process.ProcessName.StartsWith("postgres", StringComparison.Ordinal) && !IsDead(id) ? id : null;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Removes what a crash left: the files may name a number that now belongs to another program, which PostgreSQL would take for itself.</summary>
    public static void ForgetDead(PostgresFiles files)
    {
        if (Running(files) is null)
        {
            File.Delete(files.ProcessFile);
            File.Delete(Path.Combine(files.SocketFolder, ".s.PGSQL.5432.lock"));
        }
    }

    /// <summary>A killed process keeps its number until its parent looks, which in a container may take long.</summary>
    private static bool IsDead(int process) =>
        File.Exists($"/proc/{process}/stat") && File.ReadAllText($"/proc/{process}/stat") is { } line && line[(line.LastIndexOf(')') + 2)..].StartsWith('Z');
}
