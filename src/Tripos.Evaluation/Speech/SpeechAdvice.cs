using System.Globalization;
using Tripos.Questions;

namespace Tripos.Evaluation.Speech;

/// <summary>What a learner is told about a spoken answer as a whole, and what to do about it.</summary>
internal static class SpeechAdvice
{
    private const int Most = 5;
    private const double TooSlow = 95;
    private const double TooFast = 235;

    public static string Summary(RecognisedAnswer answer, SpokenKey key)
    {
        var (alignment, measures) = (answer.Alignment, answer.Measures);
        if (key == SpokenKey.Words)
        {
            return "A recogniser on this server listened for the answers that count. It can mistake words that sound alike.";
        }

        string what = answer.Script is []
            ? $"A recogniser on this server heard about {measures.Words} words."
            : $"A recogniser on this server heard {alignment.Right} of the {alignment.Compared} words as they stand in the text.";
        string how = string.Create(CultureInfo.InvariantCulture, $" You spoke {measures.WordsPerMinute:0} words a minute and made {measures.Pauses.Count} pause{(measures.Pauses.Count == 1 ? "" : "s")}.");
        int unknown = answer.Script.Count - alignment.Compared;
        string rest = answer.Script is not [] && unknown > 0 ? $" {unknown} word{(unknown == 1 ? "" : "s")} of the text it does not know, and left out of the comparison." : "";
        return what + how + rest + (answer.Sound.HasClearSilences ? "" : " The recording is noisy; that lowers every estimate.");
    }

    public static IReadOnlyList<Suggestion> Suggestions(RecognisedAnswer answer, SpokenKey key) =>
        key == SpokenKey.Words ? [] : [.. Content(answer).Concat(Fluency(answer)).Concat(Pronunciation(answer)).Take(Most)];

    private static IEnumerable<Suggestion> Content(RecognisedAnswer answer)
    {
        foreach (var stretch in Stretches(answer.Alignment.Omitted).OrderByDescending(words => words.Count).Take(2))
        {
            yield return new($"Say every word: “{string.Join(' ', stretch.Select(word => word.Word))}” was not heard.", "content", new Place(PlaceUnit.Sound, stretch[0].AtMs, stretch[0].AtMs));
        }
    }

    private static IEnumerable<Suggestion> Fluency(RecognisedAnswer answer)
    {
        bool isFree = answer.Script is [];
        if (answer.Measures.Pauses.Where(pause => SpeechMeasures.HesitationsOf(pause, isFree) > 0).MaxBy(pause => pause.LengthMs) is { } longest)
        {
            yield return new($"Go on without stopping after “{longest.After}”: there are {Sounds.Seconds(longest.LengthMs)} of silence at {Sounds.Clock(longest.StartMs)}.", "fluency", Sounds.At(longest));
        }

        if (answer.Alignment.Words.FirstOrDefault(word => word.Heard.As == HeardAs.Repeated) is { } again)
        {
            yield return new($"Do not go back: “{again.Heard.Word}” was said again.", "fluency", Sounds.At(again.Heard));
        }

        double rate = answer.Measures.WordsPerMinute;
        if (rate is > 0 and < TooSlow)
        {
            yield return new(string.Create(CultureInfo.InvariantCulture, $"Speak a little faster: {rate:0} words a minute is slow, 120 to 180 is usual."), "fluency");
        }
        else if (rate > TooFast)
        {
            yield return new(string.Create(CultureInfo.InvariantCulture, $"Speak a little slower: {rate:0} words a minute is hard to follow."), "fluency");
        }
    }

    private static IEnumerable<Suggestion> Pronunciation(RecognisedAnswer answer)
    {
        if (answer.Script is not [] && PronunciationRule.Hard(answer) is [var first, ..] hard)
        {
            yield return new($"Practise these words, which were hard to recognise: {string.Join(", ", hard.Select(word => word.Word).Distinct().Take(4))}.", "pronunciation", Sounds.At(first));
        }
    }

    // Words left out one after the other are one mistake to a reader.
    private static List<List<OmittedWord>> Stretches(IReadOnlyList<OmittedWord> omitted)
    {
        List<List<OmittedWord>> stretches = [];
        foreach (var word in omitted)
        {
            if (stretches is [.., var last] && last[^1].Index == word.Index - 1)
            {
                last.Add(word);
            }
            else
            {
                stretches.Add([word]);
            }
        }

        return stretches;
    }
}
