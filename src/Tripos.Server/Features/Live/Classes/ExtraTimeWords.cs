using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Live;

/// <summary>An accommodation as people say it.</summary>
public static class ExtraTimeWords
{
    /// <summary>+25 %; +10 min; +25 % and 10 min; no extra time.</summary>
    public static string Of(double factor, long extraMs)
    {
        double percent = Math.Round((factor - 1) * 100, 1);
        return (percent > 0, extraMs > 0) switch
        {
            (true, true) => $"+{Words.Percent(percent)} and {Words.Duration(extraMs)}",
            (true, false) => $"+{Words.Percent(percent)}",
            (false, true) => $"+{Words.Duration(extraMs)}",
            _ => "no extra time",
        };
    }
}
