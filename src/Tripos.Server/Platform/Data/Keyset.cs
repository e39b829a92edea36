using System.Globalization;

namespace Tripos.Server.Platform.Data;

/// <summary>The place after which a list goes on: time and id of the last row shown, in a URL-safe word.</summary>
public static class Keyset
{
    public static string Write(DateTimeOffset at, Guid id) => $"{at.UtcTicks.ToString("x", CultureInfo.InvariantCulture)}-{id:n}";

    /// <returns>False for anything <see cref="Write"/> did not make.</returns>
    public static bool TryParse(string? text, out (DateTimeOffset At, Guid Id) place)
    {
        place = default;
        if (text?.Split('-') is not [var ticks, var id]
            || !long.TryParse(ticks, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out long at) || at < 0 || at > DateTimeOffset.MaxValue.UtcTicks
            || !Guid.TryParseExact(id, "n", out var guid))
        {
            return false;
        }

        place = (new DateTimeOffset(at, TimeSpan.Zero), guid);
        return true;
    }
}
