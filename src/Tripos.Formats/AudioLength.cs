using System.Buffers.Binary;

namespace Tripos.Formats;

/// <summary>Reads from a sound how long it plays, where the file says so.</summary>
public static class AudioLength
{
    /// <summary>The length of a sound.</summary>
    /// <param name="format">What <see cref="MediaFormat.Recognise"/> said.</param>
    /// <param name="content">The whole file.</param>
    /// <returns>Milliseconds; null for pictures and for files that do not say, such as a WebM that a browser recorded.</returns>
    public static int? OfMs(MediaFormat format, ReadOnlySpan<byte> content) =>
        format == MediaFormat.Wav ? OfWav(content)
        : format == MediaFormat.Mp3 ? Mp3Frames.DurationMs(content)
        : format == MediaFormat.Ogg ? OfOgg(content)
        : format == MediaFormat.M4a ? OfMp4(content)
        : null;

    private static int? OfWav(ReadOnlySpan<byte> content)
    {
        uint bytesPerSecond = 0;
        for (int at = 12; at + 8 <= content.Length;)
        {
            var name = content.Slice(at, 4);
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(content[(at + 4)..]);
            if (name.SequenceEqual("fmt "u8) && at + 20 <= content.Length)
            {
                bytesPerSecond = BinaryPrimitives.ReadUInt32LittleEndian(content[(at + 16)..]);
            }
            else if (name.SequenceEqual("data"u8))
            {
                return Ms(Math.Min(length, content.Length - at - 8), bytesPerSecond); // a recorder that was cut off left a length of all ones
            }

            long next = at + 8L + length + (length & 1);
            if (next > int.MaxValue)
            {
                return null;
            }

            at = (int)next;
        }

        return null;
    }

    // The last page says how many samples there were; Opus counts at 48 kHz and starts with some to leave out.
    private static int? OfOgg(ReadOnlySpan<byte> content)
    {
        int last = content.LastIndexOf("OggS"u8);
        if (last < 0 || last + 14 > content.Length)
        {
            return null;
        }

        long samples = BinaryPrimitives.ReadInt64LittleEndian(content[(last + 6)..]);
        int opus = content.IndexOf("OpusHead"u8), vorbis = content.IndexOf("\u0001vorbis"u8);
        return opus >= 0 && opus + 12 <= content.Length ? Ms(samples - BinaryPrimitives.ReadUInt16LittleEndian(content[(opus + 10)..]), 48_000)
            : vorbis >= 0 && vorbis + 16 <= content.Length ? Ms(samples, BinaryPrimitives.ReadUInt32LittleEndian(content[(vorbis + 12)..]))
            : null;
    }

    // mvhd: version, flags, two times, then units per second and units; version 1 has times of eight bytes.
    private static int? OfMp4(ReadOnlySpan<byte> content)
    {
        int at = content.IndexOf("mvhd"u8);
        if (at < 0 || at + 36 > content.Length)
        {
            return null;
        }

        return content[at + 4] == 0
            ? Ms(BinaryPrimitives.ReadUInt32BigEndian(content[(at + 20)..]), BinaryPrimitives.ReadUInt32BigEndian(content[(at + 16)..]))
            : Ms(BinaryPrimitives.ReadInt64BigEndian(content[(at + 28)..]), BinaryPrimitives.ReadUInt32BigEndian(content[(at + 24)..]));
    }

    private static int? Ms(long units, uint perSecond) =>
        units > 0 && perSecond > 0 && units * 1000.0 / perSecond is var ms and < int.MaxValue ? (int)ms : null;
}
