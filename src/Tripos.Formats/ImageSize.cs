using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Tripos.Formats;

/// <summary>Reads from a picture how large it is.</summary>
/// <param name="Width">In pixels, or in the units of a drawing.</param>
/// <param name="Height">In pixels, or in the units of a drawing.</param>
public sealed partial record ImageSize(int Width, int Height)
{
    private const int Largest = 100_000;

    /// <summary>The size of a picture.</summary>
    /// <param name="format">What <see cref="MediaFormat.Recognise"/> said.</param>
    /// <param name="content">The whole file.</param>
    /// <returns>Null for sounds and for pictures that do not say.</returns>
    public static ImageSize? Of(MediaFormat format, ReadOnlySpan<byte> content)
    {
        var size = format == MediaFormat.Png && content.Length >= 24 ? new ImageSize(BinaryPrimitives.ReadInt32BigEndian(content[16..]), BinaryPrimitives.ReadInt32BigEndian(content[20..]))
            : format == MediaFormat.Gif && content.Length >= 10 ? new ImageSize(BinaryPrimitives.ReadUInt16LittleEndian(content[6..]), BinaryPrimitives.ReadUInt16LittleEndian(content[8..]))
            : format == MediaFormat.Jpeg ? OfJpeg(content)
            : format == MediaFormat.WebP ? OfWebP(content)
            : format == MediaFormat.Svg ? OfSvg(content)
            : null;
        return size is { Width: > 0 and <= Largest, Height: > 0 and <= Largest } ? size : null;
    }

    // From marker to marker, to the one that begins a frame.
    private static ImageSize? OfJpeg(ReadOnlySpan<byte> content)
    {
        for (int at = 2; at + 9 <= content.Length && content[at] == 0xFF;)
        {
            byte marker = content[at + 1];
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return new ImageSize(BinaryPrimitives.ReadUInt16BigEndian(content[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(content[(at + 5)..]));
            }

            at += marker == 0xFF ? 1 : 2 + BinaryPrimitives.ReadUInt16BigEndian(content[(at + 2)..]);
        }

        return null;
    }

    private static ImageSize? OfWebP(ReadOnlySpan<byte> content)
    {
        if (content.Length < 30)
        {
            return null;
        }

        var form = content.Slice(12, 4);
        if (form.SequenceEqual("VP8X"u8))
        {
            return new ImageSize(1 + (content[24] | content[25] << 8 | content[26] << 16), 1 + (content[27] | content[28] << 8 | content[29] << 16));
        }

        if (form.SequenceEqual("VP8L"u8))
        {
            uint bits = BinaryPrimitives.ReadUInt32LittleEndian(content[21..]);
            return new ImageSize(1 + (int)(bits & 0x3FFF), 1 + (int)(bits >> 14 & 0x3FFF));
        }

        return new ImageSize(BinaryPrimitives.ReadUInt16LittleEndian(content[26..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(content[28..]) & 0x3FFF);
    }

    private static ImageSize? OfSvg(ReadOnlySpan<byte> content)
    {
        var root = SvgRoot().Match(Encoding.UTF8.GetString(content[..Math.Min(content.Length, 4096)]));
        if (Measure("width") is { } width && Measure("height") is { } height)
        {
            return new ImageSize(width, height);
        }

        return ViewBox().Match(root.Value) is { Success: true } box ? new ImageSize(Rounded(box.Groups[1].Value), Rounded(box.Groups[2].Value)) : null;

        int? Measure(string name) =>
            Regex.Match(root.Value, $"""\b{name}\s*=\s*["']\s*([0-9.]+)\s*(?:px)?\s*["']""") is { Success: true } found ? Rounded(found.Groups[1].Value) : null;
    }

    private static int Rounded(string number) =>
        double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && value < Largest ? (int)Math.Round(value) : 0;

    [GeneratedRegex("<svg[^>]*>")]
    private static partial Regex SvgRoot();

    [GeneratedRegex("""\bviewBox\s*=\s*["']\s*[-0-9.]+[\s,]+[-0-9.]+[\s,]+([0-9.]+)[\s,]+([0-9.]+)\s*["']""")]
    private static partial Regex ViewBox();
}
