namespace Tripos.Evaluation.Speech;

/// <summary>A silent stretch of a recording.</summary>
/// <param name="StartMs">Where it begins.</param>
/// <param name="EndMs">Where it ends.</param>
public sealed record Silence(int StartMs, int EndMs)
{
    /// <summary>Its length.</summary>
    public int LengthMs => EndMs - StartMs;
}

/// <summary>What the samples of a recording say without any recognition.</summary>
/// <param name="DurationMs">Its length.</param>
/// <param name="Loudness">For drawing: equal steps over the whole recording, each in [0, 1], 1 the loudest of it.</param>
/// <param name="Silences">Of at least <see cref="ShortestSilenceMs"/>; empty where noise hides them.</param>
/// <param name="RangeDb">How much louder the loud parts are than the quiet ones, in dB: what noise leaves of the voice.</param>
/// <param name="IsSilent">No part of it is as loud as a voice.</param>
public sealed record SoundShape(int DurationMs, IReadOnlyList<double> Loudness, IReadOnlyList<Silence> Silences, double RangeDb, bool IsSilent)
{
    /// <summary>The shortest silence that is called a pause.</summary>
    /// <remarks>250 ms tells pauses of the speaker from closures of plosives (De Jong and Bosker 2013, Choosing a threshold for silent pauses).</remarks>
    public const int ShortestSilenceMs = 250;

    /// <summary>Under this range the voice does not stand out enough for silences to be told.</summary>
    public const double LeastRangeDb = 12;

    private const int FrameMs = 10;
    private const int Steps = 400;
    private const double FloorDb = -90;
    private const double QuietestVoiceDb = -50; // of full scale; a quiet microphone gives -40
    private const int ShortestSoundMs = 40; // a click inside a silence does not end it

    /// <summary>Whether silences can be told from speech.</summary>
    public bool HasClearSilences => RangeDb >= LeastRangeDb;

    /// <summary>Measures a recording.</summary>
    /// <param name="samples">One channel, full scale ±32768.</param>
    /// <param name="rate">Samples a second.</param>
    public static SoundShape Measure(ReadOnlySpan<short> samples, int rate)
    {
        int frameLength = rate * FrameMs / 1000;
        double[] levels = new double[samples.Length / frameLength];
        for (int i = 0; i < levels.Length; i++)
        {
            levels[i] = Level(samples.Slice(i * frameLength, frameLength));
        }

        int durationMs = (int)(samples.Length * 1000L / rate);
        double[] sorted = [.. levels.Order()];
        double quiet = At(sorted, 0.05), loud = At(sorted, 0.95);
        bool isSilent = loud < QuietestVoiceDb;
        double range = loud - quiet;
        var silences = isSilent || range < LeastRangeDb ? [] : FindSilences(levels, Math.Max(quiet + range * 0.3, loud - 35));
        return new(durationMs, Draw(samples), silences, range, isSilent);
    }

    private static double Level(ReadOnlySpan<short> samples)
    {
        double sum = 0;
        foreach (short sample in samples)
        {
            sum += (double)sample * sample;
        }

        return samples.IsEmpty || sum == 0 ? FloorDb : Math.Max(FloorDb, 10 * Math.Log10(sum / samples.Length / (32768.0 * 32768.0)));
    }

    private static double At(double[] sorted, double share) => sorted.Length == 0 ? FloorDb : sorted[(int)(share * (sorted.Length - 1))];

    private static List<Silence> FindSilences(double[] levels, double threshold)
    {
        List<Silence> silences = [];
        int start = -1, soundSince = -1;
        for (int i = 0; i <= levels.Length; i++)
        {
            if (i < levels.Length && levels[i] < threshold)
            {
                start = start < 0 ? i : start;
                soundSince = -1;
                continue;
            }

            soundSince = soundSince < 0 ? i : soundSince;
            if (start >= 0 && (i == levels.Length || (i - soundSince + 1) * FrameMs >= ShortestSoundMs))
            {
                Keep(silences, start, soundSince);
                start = -1;
            }
        }

        return silences;
    }

    private static void Keep(List<Silence> silences, int start, int end)
    {
        if ((end - start) * FrameMs >= ShortestSilenceMs)
        {
            silences.Add(new(start * FrameMs, end * FrameMs));
        }
    }

    private static double[] Draw(ReadOnlySpan<short> samples)
    {
        double[] steps = new double[Math.Min(Steps, samples.Length)];
        for (int i = 0; i < steps.Length; i++)
        {
            int from = (int)((long)samples.Length * i / steps.Length), to = (int)((long)samples.Length * (i + 1) / steps.Length);
            steps[i] = Math.Pow(10, Level(samples[from..to]) / 20);
        }

        double most = Math.Max(steps.DefaultIfEmpty().Max(), 0.003); // silence is drawn as silence, not as loud noise
        return [.. steps.Select(step => Math.Round(Math.Min(1, step / most), 3))];
    }
}
