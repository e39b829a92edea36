using System.Text;

namespace Tripos.Formats;

/// <summary>What a media file is to a reader.</summary>
public enum MediaKind
{
    /// <summary>Something to look at.</summary>
    Image,

    /// <summary>Something to listen to.</summary>
    Audio,
}

/// <summary>One of the formats that can be stored and that every browser plays or shows.</summary>
/// <param name="MediaType">As a browser is told, without parameters: <c>image/png</c>.</param>
/// <param name="Kind">Picture or sound.</param>
/// <param name="Extension">Of a file name, without the dot.</param>
public sealed record MediaFormat(string MediaType, MediaKind Kind, string Extension)
{
    /// <summary>Portable Network Graphics.</summary>
    public static readonly MediaFormat Png = new("image/png", MediaKind.Image, "png");

    /// <summary>JPEG.</summary>
    public static readonly MediaFormat Jpeg = new("image/jpeg", MediaKind.Image, "jpg");

    /// <summary>WebP.</summary>
    public static readonly MediaFormat WebP = new("image/webp", MediaKind.Image, "webp");

    /// <summary>GIF.</summary>
    public static readonly MediaFormat Gif = new("image/gif", MediaKind.Image, "gif");

    /// <summary>Scalable Vector Graphics; only what <see cref="SvgSanitizer"/> leaves may be shown.</summary>
    public static readonly MediaFormat Svg = new("image/svg+xml", MediaKind.Image, "svg");

    /// <summary>MPEG audio layer 3.</summary>
    public static readonly MediaFormat Mp3 = new("audio/mpeg", MediaKind.Audio, "mp3");

    /// <summary>Opus, Vorbis or FLAC in Ogg.</summary>
    public static readonly MediaFormat Ogg = new("audio/ogg", MediaKind.Audio, "ogg");

    /// <summary>Opus or Vorbis in WebM, as Chromium and Firefox record.</summary>
    public static readonly MediaFormat WebM = new("audio/webm", MediaKind.Audio, "webm");

    /// <summary>Uncompressed sound.</summary>
    public static readonly MediaFormat Wav = new("audio/wav", MediaKind.Audio, "wav");

    /// <summary>Sound in MPEG-4, as Safari records.</summary>
    public static readonly MediaFormat M4a = new("audio/mp4", MediaKind.Audio, "m4a");

    /// <summary>Every format, pictures first.</summary>
    public static IReadOnlyList<MediaFormat> All { get; } = [Png, Jpeg, WebP, Gif, Svg, Mp3, Ogg, WebM, Wav, M4a];

    /// <summary>The format with this media type.</summary>
    /// <param name="mediaType">With or without parameters, in any case: <c>audio/webm;codecs=opus</c>.</param>
    /// <returns>Null for a type that is not one of <see cref="All"/>.</returns>
    public static MediaFormat? Find(string mediaType)
    {
        string bare = mediaType.Split(';')[0].Trim();
        return All.FirstOrDefault(format => format.MediaType.Equals(bare, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>What the bytes are, whatever their name says.</summary>
    /// <param name="content">The whole file.</param>
    /// <returns>Null when it is none of <see cref="All"/>, or holds moving pictures.</returns>
    public static MediaFormat? Recognise(ReadOnlySpan<byte> content) =>
        content.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]) ? Png
        : content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? Jpeg
        : content.StartsWith("GIF87a"u8) || content.StartsWith("GIF89a"u8) ? Gif
        : IsRiff(content, "WEBP"u8) ? WebP
        : IsRiff(content, "WAVE"u8) ? Wav
        : IsOggSound(content) ? Ogg
        : IsWebMSound(content) ? WebM
        : IsMp4Sound(content) ? M4a
        : Mp3Frames.StartsWith(content) ? Mp3
        : IsSvg(content) ? Svg
        : null;

    private static bool IsRiff(ReadOnlySpan<byte> content, ReadOnlySpan<byte> form) =>
        content.Length > 12 && content.StartsWith("RIFF"u8) && content[8..].StartsWith(form);

    // The first page holds nothing but the codec's own header.
    private static bool IsOggSound(ReadOnlySpan<byte> content) =>
        content.StartsWith("OggS"u8) && Head(content, 128) is var page
        && (page.IndexOf("OpusHead"u8) > 0 || page.IndexOf("\u0001vorbis"u8) > 0 || page.IndexOf("\u007FFLAC"u8) > 0);

    private static bool IsWebMSound(ReadOnlySpan<byte> content) =>
        content.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]) && Head(content, 64).IndexOf("webm"u8) > 0 && Head(content, 8192) is var tracks
        && (tracks.IndexOf("A_OPUS"u8) > 0 || tracks.IndexOf("A_VORBIS"u8) > 0)
        && tracks.IndexOf("V_VP"u8) < 0 && tracks.IndexOf("V_AV1"u8) < 0;

    private static bool IsMp4Sound(ReadOnlySpan<byte> content) =>
        content.Length > 12 && content[4..].StartsWith("ftyp"u8) && HasHandler(content, "soun"u8) && !HasHandler(content, "vide"u8);

    // hdlr, 4 bytes of version and flags, 4 of zeros, then the type of the track.
    private static bool HasHandler(ReadOnlySpan<byte> content, ReadOnlySpan<byte> type)
    {
        for (int at; (at = content.IndexOf("hdlr"u8)) >= 0; content = content[(at + 4)..])
        {
            if (content.Length >= at + 16 && content.Slice(at + 12, 4).SequenceEqual(type))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSvg(ReadOnlySpan<byte> content)
    {
        string head = Encoding.UTF8.GetString(Head(content, 4096)).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return head.StartsWith('<') && head.Contains("<svg", StringComparison.Ordinal)
            && (head.StartsWith("<svg", StringComparison.Ordinal) || head.StartsWith("<?xml", StringComparison.Ordinal)
                || head.StartsWith("<!--", StringComparison.Ordinal) || head.StartsWith("<!DOCTYPE svg", StringComparison.OrdinalIgnoreCase));
    }

    private static ReadOnlySpan<byte> Head(ReadOnlySpan<byte> content, int length) => content[..Math.Min(length, content.Length)];
}
