using Tripos.Formats;
using Tripos.Questions;
using Tripos.Server.Features.Catalog;

namespace Tripos.Server.Features.Recordings;

/// <summary>How long and how large a recording may be.</summary>
public static class RecordingRules
{
    public const int LargestChunk = 256 * 1024;
    public const int MostChunks = 5000;
    public const int MostTakes = 50;
    public const int MostTroubles = 200;

    /// <summary>A recorder stops a moment after it was told to.</summary>
    public const int ToleranceMs = 2000;

    private const int UntimedMs = 5 * 60_000;
    private const int LongestAnswerMs = 10 * 60_000;

    /// <summary>Uncompressed speech (16 kHz, 16 bits) has 32,000 bytes a second; Opus a tenth of that.</summary>
    private const int MostBytesPerSecond = 32_000;
    private const int Container = 64 * 1024;

    /// <summary>How long an answer to this question may be; null when it is not spoken.</summary>
    public static int? LongestMs(LoadedVersion version) => version.Body is Spoken
        ? (int)Math.Min(version.Kind.TimingOf(version.Body).AnswerMs ?? UntimedMs, LongestAnswerMs) + ToleranceMs
        : null;

    public static int MostBytes(int longestMs) => (int)(longestMs / 1000.0 * MostBytesPerSecond) + Container;

    /// <summary>Whether browsers can play it and the server can tell it from other things.</summary>
    public static bool IsRecordable(string mediaType) => MediaFormat.Find(mediaType) is { Kind: MediaKind.Audio } format && format != MediaFormat.Mp3;
}
