using System.Globalization;

namespace Tripos.Evaluation.Speech;

/// <summary>Places in recordings, and lengths as people read them.</summary>
internal static class Sounds
{
    public static Place At(HeardWord word) => new(PlaceUnit.Sound, word.StartMs, word.EndMs, word.Word);

    public static Place At(Pause pause) => new(PlaceUnit.Sound, pause.StartMs, pause.EndMs);

    /// <summary>1.8 s.</summary>
    public static string Seconds(int ms) => string.Create(CultureInfo.InvariantCulture, $"{ms / 1000.0:0.0} s");

    /// <summary>0:03.</summary>
    public static string Clock(int ms) => string.Create(CultureInfo.InvariantCulture, $"{ms / 60_000}:{ms / 1000 % 60:00}");
}
