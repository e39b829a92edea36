using System.Globalization;
using Tripos.Formats;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.MediaStore.Pages;

/// <summary>What pages say about a file.</summary>
internal static class MediaWords
{
    /// <summary>PNG, 640 × 480, 12 kB.</summary>
    public static string Facts(LibraryFile file) => string.Join(", ", new[]
    {
        (MediaFormat.Find(file.MediaType)?.Extension ?? file.MediaType).ToUpperInvariant(),
        file is { Width: { } width, Height: { } height } ? $"{width} × {height}" : null,
        file.DurationMs is { } ms ? Length(ms) : null,
        Size(file.ByteLength),
    }.OfType<string>());

    public static string Size(long bytes) => bytes < 1 << 20
        ? $"{Math.Max(1, bytes >> 10)} kB"
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 20):0.#} MB");

    /// <summary>Short sounds to the tenth of a second.</summary>
    private static string Length(int ms) => ms < 10_000 ? string.Create(CultureInfo.InvariantCulture, $"{ms / 1000.0:0.0} s") : Words.Duration(ms);
}
