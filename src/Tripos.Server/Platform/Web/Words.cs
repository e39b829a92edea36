using System.Globalization;

namespace Tripos.Server.Platform.Web;

/// <summary>Numbers as people say them.</summary>
public static class Words
{
    /// <summary>1 question, 2 questions.</summary>
    public static string Count(int number, string one, string? many = null) =>
        $"{number.ToString("N0", CultureInfo.InvariantCulture)} {(number == 1 ? one : many ?? one + "s")}";

    /// <summary>A length of time in its two largest units: 45 s, 12 min, 1 h 30 min.</summary>
    public static string Duration(long ms)
    {
        var time = TimeSpan.FromMilliseconds(ms);
        return time switch
        {
            { TotalSeconds: < 60 } => $"{time.Seconds} s",
            { TotalMinutes: < 10 } when time.Seconds > 0 => $"{time.Minutes} min {time.Seconds} s",
            { TotalHours: < 1 } => $"{time.Minutes} min",
            _ when time.Minutes == 0 => $"{(int)time.TotalHours} h",
            _ => $"{(int)time.TotalHours} h {time.Minutes} min",
        };
    }

    /// <summary>A length of time as a clock shows it: 4:05, 1:30:00.</summary>
    public static string Clock(long ms)
    {
        var time = TimeSpan.FromMilliseconds(Math.Max(0, ms));
        return time.TotalHours >= 1 ? $"{(int)time.TotalHours}:{time:mm\\:ss}" : $"{time.Minutes}:{time:ss}";
    }

    /// <summary>73 %, or 72.5 % where the half matters.</summary>
    public static string Percent(double percent) => $"{percent.ToString("0.#", CultureInfo.InvariantCulture)} %";

    /// <summary>Points without useless zeros: 7, 7.5, 7.25.</summary>
    public static string Points(double points) =>
        points is >= 0 and < 100 && (int)points == points ? Whole[(int)points] : points.ToString("0.##", CultureInfo.InvariantCulture); // reports have thousands of them

    private static readonly string[] Whole = [.. Enumerable.Range(0, 100).Select(number => number.ToString(CultureInfo.InvariantCulture))];
}
