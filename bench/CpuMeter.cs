using System.Globalization;

namespace Tripos.Bench;

/// <summary>Where the processor time of a run went: noisy neighbours change seconds, much less the work done per request.</summary>
public sealed class CpuMeter
{
    private const double TicksPerSecond = 100; // sysconf(_SC_CLK_TCK) on Linux
    private readonly int _server;
    private readonly string _postmaster;
    private readonly (double Server, double Database, double Load) _before;

    public CpuMeter(int serverProcess, int postmaster)
    {
        _server = serverProcess;
        _postmaster = $"{postmaster}";
        _before = Now();
    }

    /// <summary>Microseconds of processor time per unit since the start.</summary>
    public string PerUnit(double units)
    {
        var now = Now();
        double Micro(double after, double before) => (after - before) / units * 1e6;
        return $"CPU per request: server {Micro(now.Server, _before.Server):N0} µs, database {Micro(now.Database, _before.Database):N0} µs, load {Micro(now.Load, _before.Load):N0} µs";
    }

    private (double Server, double Database, double Load) Now() =>
        (Seconds(_server), Directory.EnumerateDirectories("/proc").Where(IsOurs).Sum(folder => Seconds(int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture))), Environment.CpuUsage.TotalTime.TotalSeconds);

    /// <summary>A backend of the database under test: its parent is that postmaster.</summary>
    private bool IsOurs(string folder)
    {
        try
        {
            return char.IsDigit(Path.GetFileName(folder)[0]) && File.ReadAllText(Path.Combine(folder, "stat")).Split(") ")[1].Split(' ')[1] == _postmaster;
        }
        catch (IOException)
        {
            return false; // it ended meanwhile
        }
    }

    private static double Seconds(int process)
    {
        try
        {
            string[] fields = File.ReadAllText($"/proc/{process}/stat").Split(") ")[1].Split(' ');
            return (double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
        }
        catch (Exception gone) when (gone is IOException or FormatException)
        {
            return 0;
        }
    }
}
