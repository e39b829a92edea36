using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Tripos.Bench.Speech;

/// <summary>Synthetic voices and what can go wrong in a recording: sounds whose defects are known because they were made.</summary>
public static class Voices
{
    public const int Rate = 16_000;

    /// <summary>Of FFmpeg (flite), cut from recordings of people; and of eSpeak NG, made by formulas.</summary>
    public static IReadOnlyList<string> All { get; } = ["flite/slt", "flite/rms", "flite/awb", "espeak/en-us", "espeak/en-us+f3"];

    /// <summary>Has a voice say a text.</summary>
    /// <param name="pace">1 is the voice's own.</param>
    /// <returns>Samples: <see cref="Rate"/>, one channel.</returns>
    public static short[] Say(string voice, string text, double pace = 1)
    {
        var folder = Directory.CreateTempSubdirectory("tripos-voice-");
        try
        {
            string[] input = ["-f", "lavfi", "-i", $"flite=textfile=text:voice={voice[(voice.IndexOf('/', StringComparison.Ordinal) + 1)..]}"];
            File.WriteAllText(Path.Combine(folder.FullName, "text"), text);
            if (voice.StartsWith("espeak/", StringComparison.Ordinal))
            {
                Run(folder.FullName, "espeak-ng", "-v", voice["espeak/".Length..], "-s", "150", "-f", "text", "-w", "said.wav");
                input = ["-i", "said.wav"];
            }

            Run(folder.FullName, "ffmpeg", ["-nostdin", "-loglevel", "error", .. input, "-af", FormattableString.Invariant($"atempo={pace:0.##}"), "-ac", "1", "-ar", $"{Rate}", "-f", "s16le", "said.raw"]);
            return MemoryMarshal.Cast<byte, short>(File.ReadAllBytes(Path.Combine(folder.FullName, "said.raw"))).ToArray();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Silence as rooms have it: not quite.</summary>
    public static short[] Quiet(int ms, int seed = 1)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, ms * (Rate / 1000)).Select(_ => (short)random.Next(-12, 13))];
    }

    /// <summary>Says parts with silences between them.</summary>
    public static short[] WithPauses(string voice, int ms, params string[] parts) =>
        [.. parts.SelectMany((part, at) => (at == 0 ? [] : Quiet(ms, at)).Concat(Trim(Say(voice, part))))];

    /// <summary>Adds white noise.</summary>
    /// <param name="db">How much louder the voice is.</param>
    public static short[] WithNoise(short[] voice, double db, int seed = 1)
    {
        Random random = new(seed);
        double power = Math.Sqrt(voice.Average(sample => (double)sample * sample)), noise = power / Math.Pow(10, db / 20);
        return [.. voice.Select(sample => (short)Math.Clamp(sample + noise * Gauss(random), short.MinValue, short.MaxValue))];
    }

    /// <summary>A WAV file.</summary>
    public static byte[] Wav(short[] samples)
    {
        byte[] wav = new byte[44 + samples.Length * 2];
        Encoding.ASCII.GetBytes("RIFF....WAVEfmt ").CopyTo(wav, 0);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(4), wav.Length - 8);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(24), Rate);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(28), Rate * 2);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(32), 2);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(34), 16);
        Encoding.ASCII.GetBytes("data").CopyTo(wav, 36);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(40), samples.Length * 2);
        MemoryMarshal.AsBytes(samples.AsSpan()).CopyTo(wav.AsSpan(44));
        return wav;
    }

    /// <summary>As a browser records it: Opus, here in Ogg or WebM.</summary>
    public static byte[] Opus(short[] samples, string container)
    {
        var folder = Directory.CreateTempSubdirectory("tripos-voice-");
        try
        {
            File.WriteAllBytes(Path.Combine(folder.FullName, "said.wav"), Wav(samples));
            Run(folder.FullName, "ffmpeg", "-nostdin", "-loglevel", "error", "-i", "said.wav", "-c:a", "libopus", "-b:a", "32k", $"said.{container}");
            return File.ReadAllBytes(Path.Combine(folder.FullName, $"said.{container}"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static short[] Trim(short[] samples)
    {
        int start = Array.FindIndex(samples, sample => Math.Abs((int)sample) > 300), end = Array.FindLastIndex(samples, sample => Math.Abs((int)sample) > 300);
        return start < 0 ? [] : samples[start..(end + 1)];
    }

    private static double Gauss(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());

    private static void Run(string folder, string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = folder, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {errors}");
        }
    }
}
