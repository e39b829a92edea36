using System.Buffers.Binary;

namespace Tripos.Formats;

/// <summary>Reads the headers of MPEG audio frames (ISO/IEC 11172-3, 13818-3), layer 3 only.</summary>
internal static class Mp3Frames
{
    private static readonly int[] Kbps1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    private static readonly int[] Kbps2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    private static readonly int[] Rates = [44_100, 48_000, 32_000];

    private readonly record struct Frame(int Length, int Samples, int Rate);

    /// <summary>Whether the file opens with an ID3 tag or with two frames in a row: one alone may be chance.</summary>
    public static bool StartsWith(ReadOnlySpan<byte> content)
    {
        int start = AfterTag(content);
        return TryRead(content, start, out var first) && (start + first.Length >= content.Length || TryRead(content, start + first.Length, out _));
    }

    /// <summary>How long it plays, frame by frame; null when there is no frame.</summary>
    public static int? DurationMs(ReadOnlySpan<byte> content)
    {
        double ms = 0;
        for (int at = AfterTag(content); TryRead(content, at, out var frame); at += frame.Length)
        {
            ms += frame.Samples * 1000.0 / frame.Rate;
        }

        return ms > 0 ? (int)Math.Min(ms, int.MaxValue) : null;
    }

    // ID3v2: "ID3", version, flags, then a length of four times seven bits.
    private static int AfterTag(ReadOnlySpan<byte> content) =>
        content.Length > 10 && content.StartsWith("ID3"u8)
            ? 10 + ((content[6] & 0x7F) << 21 | (content[7] & 0x7F) << 14 | (content[8] & 0x7F) << 7 | content[9] & 0x7F)
            : 0;

    private static bool TryRead(ReadOnlySpan<byte> content, int at, out Frame frame)
    {
        frame = default;
        if (at < 0 || at > content.Length - 4)
        {
            return false;
        }

        uint header = BinaryPrimitives.ReadUInt32BigEndian(content[at..]);
        int version = (int)(header >> 19) & 3, layer = (int)(header >> 17) & 3, bitrate = (int)(header >> 12) & 15, rate = (int)(header >> 10) & 3;
        if (header >> 21 != 0x7FF || version == 1 || layer != 1 || bitrate is 0 or 15 || rate == 3)
        {
            return false;
        }

        bool isFirst = version == 3; // MPEG 1; else MPEG 2 at half and 2.5 at a quarter of the rates
        int hz = Rates[rate] / (isFirst ? 1 : version == 2 ? 2 : 4);
        int samples = isFirst ? 1152 : 576;
        int padding = (int)(header >> 9) & 1;
        frame = new Frame(samples / 8 * (isFirst ? Kbps1 : Kbps2)[bitrate] * 1000 / hz + padding, samples, hz);
        return true;
    }
}
