namespace Tripos.Evaluation.Speech;

/// <summary>A silence between two words.</summary>
/// <param name="StartMs">Where it begins.</param>
/// <param name="EndMs">Where it ends.</param>
/// <param name="After">The word before it.</param>
/// <param name="IsBetweenPhrases">A comma, a full stop or the like stands there in the script: a pause belongs there. False where there is no script.</param>
public sealed record Pause(int StartMs, int EndMs, string After, bool IsBetweenPhrases)
{
    /// <summary>Its length.</summary>
    public int LengthMs => EndMs - StartMs;
}

/// <summary>How somebody spoke, counted.</summary>
/// <param name="Words">Words that were heard, hesitations not among them.</param>
/// <param name="SpanMs">From the first word to the end of the last one.</param>
/// <param name="Pauses">Silences of at least <see cref="SoundShape.ShortestSilenceMs"/> inside the span.</param>
/// <param name="LongestRun">The most words between two interruptions (hesitating pauses, hesitations, words said again or not made out).</param>
/// <param name="Fillers">Hesitations such as "uh".</param>
/// <param name="Repeated">Words said again.</param>
public sealed record SpeechMeasures(int Words, int SpanMs, IReadOnlyList<Pause> Pauses, int LongestRun, int Fillers, int Repeated)
{
    /// <summary>From here on a silence inside a phrase is a hesitation.</summary>
    public const int HesitationMs = 450;

    /// <summary>From here on a silence is one wherever it is.</summary>
    public const int LongPauseMs = 1200;

    /// <summary>From here on a silence counts as two hesitations.</summary>
    public const int VeryLongPauseMs = 2000;

    /// <summary>Without a script nobody knows where phrases end: breaths and thoughts are given more time.</summary>
    public const int FreeHesitationMs = 700;

    /// <summary>Time with a voice, in ms.</summary>
    public int PhonationMs => Math.Max(0, SpanMs - Pauses.Sum(pause => pause.LengthMs));

    /// <summary>Share of the span with a voice, in [0, 1].</summary>
    public double PhonationShare => SpanMs == 0 ? 0 : (double)PhonationMs / SpanMs;

    /// <summary>Words a minute, pauses included; 0 when nothing was said.</summary>
    public double WordsPerMinute => SpanMs == 0 ? 0 : Words * 60_000.0 / SpanMs;

    /// <summary>Words a minute of voice, pauses not included; 0 when nothing was said.</summary>
    public double ArticulationPerMinute => PhonationMs == 0 ? 0 : Words * 60_000.0 / PhonationMs;

    /// <summary>Mean length of the pauses, in ms; 0 when there is none.</summary>
    public double MeanPauseMs => Pauses.Select(pause => (double)pause.LengthMs).DefaultIfEmpty().Average();

    /// <summary>Measures words against the silences of the recording.</summary>
    /// <param name="words">In order, with their places in the script.</param>
    /// <param name="script">Empty for free speech.</param>
    /// <param name="silences">Those of the recording.</param>
    public static SpeechMeasures Of(IReadOnlyList<AlignedWord> words, IReadOnlyList<ScriptWord> script, IReadOnlyList<Silence> silences)
    {
        if (words is [])
        {
            return new(0, 0, [], 0, 0, 0);
        }

        int start = words[0].Heard.StartMs, end = words[^1].Heard.EndMs;
        List<Pause> pauses = [.. silences.Where(silence => silence.StartMs > start && silence.EndMs < end).Select(silence => Place(silence, words, script))];
        int Count(HeardAs what) => words.Count(word => word.Heard.As == what);
        return new(words.Count - Count(HeardAs.Filler), Math.Max(0, end - start), pauses, LongestRunOf(words, pauses, script is []), Count(HeardAs.Filler), Count(HeardAs.Repeated));
    }

    /// <summary>How many hesitations a pause counts as: 0, 1 or 2.</summary>
    /// <param name="pause">The pause.</param>
    /// <param name="isFree">There is no script.</param>
    public static int HesitationsOf(Pause pause, bool isFree) =>
        pause.LengthMs >= VeryLongPauseMs ? 2
        : pause.LengthMs >= LongPauseMs || (!pause.IsBetweenPhrases && pause.LengthMs >= (isFree ? FreeHesitationMs : HesitationMs)) ? 1
        : 0;

    private static Pause Place(Silence silence, IReadOnlyList<AlignedWord> words, IReadOnlyList<ScriptWord> script)
    {
        int middle = (silence.StartMs + silence.EndMs) / 2;
        var before = words.LastOrDefault(word => Middle(word.Heard) <= middle) ?? words[0];
        return new(silence.StartMs, silence.EndMs, before.Heard.Word, before.Index >= 0 && script[before.Index].EndsPhrase);
    }

    private static int LongestRunOf(IReadOnlyList<AlignedWord> words, List<Pause> pauses, bool isFree)
    {
        int longest = 0, run = 0, last = 0;
        foreach (var (heard, _) in words)
        {
            bool isStopped = pauses.Any(pause => HesitationsOf(pause, isFree) > 0 && (pause.StartMs + pause.EndMs) / 2 is var middle && middle > last && middle <= Middle(heard));
            bool isSmooth = heard.As is not (HeardAs.Filler or HeardAs.Repeated) && heard.Word != SpokenWord.Unclear;
            run = !isSmooth ? 0 : isStopped ? 1 : run + 1;
            longest = Math.Max(longest, run);
            last = Middle(heard);
        }

        return longest;
    }

    private static int Middle(HeardWord word) => (word.StartMs + word.EndMs) / 2;
}
