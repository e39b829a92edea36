using System.Globalization;
using Tripos.Scoring;

namespace Tripos.Evaluation.Speech;

/// <summary>Oral fluency from 0 (disfluent) to 5 (native-like), by rules about rate, pauses and repetitions.</summary>
/// <remarks>The bands are those of the scoring profile; what a hesitation is, and the rates, are this project's: docs/evaluation-speech.md has the table.</remarks>
public static class FluencyRule
{
    private const int Bands = 5;
    private const int UsualLength = 20; // words: longer answers may hesitate more often
    private const int SmoothRun = 3;
    private const int LongEnoughForRun = 6;
    private const int MostEvidence = 10;

    /// <summary>Judges the rhythm of an answer.</summary>
    /// <param name="trait">The trait; the band is scaled to its maximum.</param>
    /// <param name="answer">With at least one word heard.</param>
    public static TraitVerdict Judge(ProfileTrait trait, RecognisedAnswer answer)
    {
        var measures = answer.Measures;
        bool isFree = answer.Script is [];
        int hesitations = Hesitations(answer);
        int band = Math.Min(OfHesitations(hesitations, measures), Math.Min(OfRate(measures.WordsPerMinute), OfMatch(answer)));
        string why = string.Create(CultureInfo.InvariantCulture,
            $"{measures.WordsPerMinute:0} words a minute, {hesitations} hesitation{(hesitations == 1 ? "" : "s")}, {measures.Pauses.Count} pause{(measures.Pauses.Count == 1 ? "" : "s")} of {SoundShape.ShortestSilenceMs / 1000.0:0.00} s or more, longest run without a break {measures.LongestRun} words.");
        return new(trait.Name, trait.Max * band / Bands, trait.Max, why, Evidence(answer, isFree));
    }

    /// <summary>Pauses where none belongs (very long ones twice), "uh", and words said again (each stretch once).</summary>
    /// <param name="answer">The answer.</param>
    public static int Hesitations(RecognisedAnswer answer)
    {
        var words = answer.Alignment.Words;
        int again = words.Where((word, at) => word.Heard.As == HeardAs.Repeated && (at == 0 || words[at - 1].Heard.As != HeardAs.Repeated)).Count();
        return answer.Measures.Pauses.Sum(pause => SpeechMeasures.HesitationsOf(pause, answer.Script is [])) + again + answer.Measures.Fillers;
    }

    private static int OfHesitations(int hesitations, SpeechMeasures measures) =>
        (hesitations * (double)UsualLength / Math.Max(UsualLength, measures.Words)) switch
        {
            0 => 5,
            <= 1 => 4,
            <= 3 => 3,
            _ when measures.LongestRun >= SmoothRun || measures.Words < LongEnoughForRun => 2,
            _ when measures.LongestRun == SmoothRun - 1 => 1,
            _ => 0,
        };

    private static int OfRate(double wordsPerMinute) => wordsPerMinute switch
    {
        < 40 => 1,
        < 70 => 2,
        < 95 => 3,
        < 115 => 4,
        <= 235 => 5,
        <= 270 => 4,
        _ => 3, // faster than listeners can follow
    };

    // Smoothness of words nobody asked for says little, and what cannot be made out is not fluent.
    private static int OfMatch(RecognisedAnswer answer) => answer.Script is []
        ? (answer.FreeWords < LongEnoughForRun ? 2 : Bands)
        : ((double)answer.Alignment.Right / Math.Max(1, answer.Alignment.Compared)) switch { >= 0.75 => 5, >= 0.6 => 4, >= 0.4 => 3, >= 0.2 => 2, _ => 1 };

    private static IReadOnlyList<Evidence> Evidence(RecognisedAnswer answer, bool isFree)
    {
        var pauses = answer.Measures.Pauses.Where(pause => SpeechMeasures.HesitationsOf(pause, isFree) > 0)
            .Select(pause => new Evidence($"{Sounds.Seconds(pause.LengthMs)} of silence after “{pause.After}”", Sounds.At(pause)));
        var words = answer.Alignment.Words.Where(word => word.Heard.As is HeardAs.Repeated or HeardAs.Filler)
            .Select(word => new Evidence(word.Heard.As == HeardAs.Filler ? "a hesitation" : "said again", Sounds.At(word.Heard)));
        return [.. pauses.Concat(words).OrderBy(evidence => evidence.Place!.Start).Take(MostEvidence)];
    }
}
