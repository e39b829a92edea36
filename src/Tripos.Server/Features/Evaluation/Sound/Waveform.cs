using System.Globalization;
using System.Text;

namespace Tripos.Server.Features.Evaluation.Sound;

/// <summary>Loudness drawn as a shape that is as high above the middle as below, in a box of <see cref="Width"/> by <see cref="Height"/>.</summary>
internal static class Waveform
{
    public const int Width = 1000;
    public const int Height = 100;

    /// <summary>A line is seen where it is quiet too.</summary>
    private const double Least = 1;

    /// <summary>Places shorter than this could not be seen.</summary>
    private const double Narrowest = 5;

    /// <param name="loudness">Equal steps over the whole recording, each in [0, 1].</param>
    /// <returns>The <c>d</c> of an SVG path; empty when there is nothing to draw.</returns>
    public static string Path(IReadOnlyList<double> loudness)
    {
        if (loudness.Count == 0)
        {
            return "";
        }

        double step = (double)Width / loudness.Count;
        StringBuilder path = new("M0 50");
        Append(path, loudness, step, -1);
        path.Append(CultureInfo.InvariantCulture, $"L{Width} 50");
        Append(path, loudness, step, 1);
        return path.Append('Z').ToString();
    }

    /// <returns>Where the place begins and how wide it is, inside the box.</returns>
    public static (double X, double Width) Span(SoundPlace place, int durationMs)
    {
        double whole = Math.Max(1, durationMs);
        double start = Math.Clamp(place.StartMs / whole * Width, 0, Width);
        double width = Math.Max(Narrowest, Math.Clamp(place.EndMs / whole * Width, start, Width) - start);
        return (Math.Min(start, Width - width), width);
    }

    private static void Append(StringBuilder path, IReadOnlyList<double> loudness, double step, int side)
    {
        for (int i = 0; i < loudness.Count; i++)
        {
            int at = side < 0 ? i : loudness.Count - 1 - i;
            double height = Math.Max(Least, Math.Clamp(loudness[at], 0, 1) * (Height / 2.0 - 2));
            path.Append(CultureInfo.InvariantCulture, $"L{(at + 0.5) * step:0.#} {Height / 2.0 + side * height:0.#}");
        }
    }
}
