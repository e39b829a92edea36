using System.Globalization;
using System.Runtime.InteropServices;

namespace Tripos.Server.Features.Evaluation.Speech;

/// <summary>Turns a recording of a browser into samples: 16 kHz, 16 bits, one channel.</summary>
internal static class DecodeSound
{
    public const int Rate = 16_000;
    public const string FileName = "sound.raw";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    /// <param name="longest">What is longer is cut off there.</param>
    /// <returns>The samples, which also are in <see cref="FileName"/>; null when it cannot be read.</returns>
    public static async Task<short[]?> RunAsync(byte[] recording, string mediaType, TimeSpan longest, SpeechTools tools, WorkFolder folder, CancellationToken ct)
    {
        if (Container(mediaType) is not { } container)
        {
            return null;
        }

        await File.WriteAllBytesAsync(folder.File("recording"), recording, ct);
        string[] arguments =
        [
            "-nostdin", "-hide_banner", "-loglevel", "error", "-threads", "1",
            "-protocol_whitelist", "file", "-f", container, "-i", "recording", // named: a playlist in disguise opens nothing else
            "-map", "0:a:0", "-vn", "-t", longest.TotalSeconds.ToString("0", CultureInfo.InvariantCulture),
            "-ac", "1", "-ar", Rate.ToString(CultureInfo.InvariantCulture), "-f", "s16le", "-y", FileName,
        ];
        int? code = await BoundedProcess.RunAsync(tools.Ffmpeg, arguments, folder.Path, Limit, ct);
        return code == 0 && File.Exists(folder.File(FileName)) ? MemoryMarshal.Cast<byte, short>(await File.ReadAllBytesAsync(folder.File(FileName), ct)).ToArray() : null;
    }

    private static string? Container(string mediaType) => mediaType.Split(';')[0] switch
    {
        "audio/webm" or "video/webm" => "matroska",
        "audio/ogg" => "ogg",
        "audio/mp4" or "video/mp4" or "audio/x-m4a" => "mov",
        "audio/wav" or "audio/x-wav" or "audio/wave" => "wav",
        "audio/mpeg" => "mp3",
        _ => null,
    };
}
