using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Tripos.Evaluation;
using Tripos.Questions;
using Tripos.Scoring;
using Tripos.Server.Features.Evaluation.Speech;

namespace Tripos.Bench.Speech;

/// <summary>bench speech [WORD…] [--each] [--quick]: what the local evaluator gives to synthetic voices with known defects. Read Aloud: content, pronunciation and fluency of 5 each.</summary>
public static class SpeechBench
{
    private sealed record Text(string Whole, string WithoutOne, string WithoutThree, string Again, string[] Halves, string[] Quarters);

    private sealed record Case(string Name, Func<string, Text, short[]> Make);

    private const string Other = "Our neighbours bought a second hand piano yesterday, but nobody in the house knows how to play.";

    private static readonly Text[] Texts =
    [
        new("The library opens at nine in the morning, and students may borrow up to six books for two weeks.", "The library opens at nine in the morning, and may borrow up to six books for two weeks.",
            "The opens at nine in the, and students may borrow up to books for two weeks.", "The library opens opens at nine in the morning, and students may borrow up to six books for two weeks.",
            ["The library opens at nine in the morning, and students may", "borrow up to six books for two weeks."], ["The library opens", "at nine in the morning, and students may", "borrow up to six", "books for two weeks."]),
        new("Most plants close the small openings in their leaves at night, when there is no light to work with.", "Most plants close the small openings in their at night, when there is no light to work with.",
            "Most plants the small openings in their leaves at, when there is no to work with.", "Most plants close the small openings in their leaves leaves at night, when there is no light to work with.",
            ["Most plants close the small openings", "in their leaves at night, when there is no light to work with."], ["Most plants close", "the small openings in their", "leaves at night, when there is", "no light to work with."]),
        new("The committee will publish its report about the new bridge before the end of this year.", "The committee will publish its about the new bridge before the end of this year.",
            "The will publish its report about the new before the of this year.", "The committee will publish publish its report about the new bridge before the end of this year.",
            ["The committee will publish its report about", "the new bridge before the end of this year."], ["The committee will", "publish its report about the", "new bridge before", "the end of this year."]),
    ];

    private static readonly Case[] Cases =
    [
        new("as it stands", (voice, text) => Voices.Say(voice, text.Whole)),
        new("one word left out", (voice, text) => Voices.Say(voice, text.WithoutOne)),
        new("three words left out", (voice, text) => Voices.Say(voice, text.WithoutThree)),
        new("only the first half", (voice, text) => Voices.Say(voice, text.Halves[0])),
        new("another text", (voice, _) => Voices.Say(voice, Other)),
        new("a word said twice", (voice, text) => Voices.Say(voice, text.Again)),
        new("one pause of 1.8 s", (voice, text) => Voices.WithPauses(voice, 1800, text.Halves)),
        new("three pauses of 1.2 s", (voice, text) => Voices.WithPauses(voice, 1200, text.Quarters)),
        new("at 60 % of its pace", (voice, text) => Voices.Say(voice, text.Whole, 0.6)),
        new("at 150 % of its pace", (voice, text) => Voices.Say(voice, text.Whole, 1.5)),
        new("noise, 20 dB lower", (voice, text) => Voices.WithNoise(Voices.Say(voice, text.Whole), 20)),
        new("noise, 10 dB lower", (voice, text) => Voices.WithNoise(Voices.Say(voice, text.Whole), 10)),
        new("noise, 5 dB lower", (voice, text) => Voices.WithNoise(Voices.Say(voice, text.Whole), 5)),
        new("noise as loud", (voice, text) => Voices.WithNoise(Voices.Say(voice, text.Whole), 0)),
        new("silence", (_, _) => Voices.Quiet(6000)),
    ];

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        if (SpeechTools.Find(new ConfigurationBuilder().Build()) is not { } tools)
        {
            Console.Error.WriteLine("The recogniser, its model or FFmpeg is missing: apt-get install pocketsphinx pocketsphinx-en-us ffmpeg espeak-ng");
            return 1;
        }

        List<string> words = [.. arguments.Where(argument => !argument.StartsWith("--", StringComparison.Ordinal))];
        foreach (string family in Voices.All.Select(voice => voice.Split('/')[0]).Distinct())
        {
            Console.WriteLine($"{family,-24} content  pronunciation  fluency  not evaluated     s");
            foreach (var made in Cases.Where(made => words.Count == 0 || words.Any(word => made.Name.Contains(word, StringComparison.Ordinal))))
            {
                await MeasureAsync(made, family, arguments.Contains("--quick") ? Texts[..1] : Texts, tools, arguments.Contains("--each"));
            }
        }

        return 0;
    }

    private static async Task MeasureAsync(Case made, string family, Text[] texts, SpeechTools tools, bool isLoud)
    {
        List<Verdict> verdicts = [];
        Stopwatch watch = new();
        foreach (string voice in Voices.All.Where(voice => voice.StartsWith(family, StringComparison.Ordinal)))
        {
            foreach (var text in texts)
            {
                byte[] recording = Voices.Wav(made.Make(voice, text));
                watch.Start();
                var verdict = await JudgeRecording.RunAsync(Asked(text.Whole), recording, "audio/wav", tools, CancellationToken.None);
                watch.Stop();
                verdicts.Add(verdict);
                if (isLoud)
                {
                    Console.WriteLine($"    {voice}: {string.Join(' ', verdict.Traits.Select(trait => trait.Score?.ToString("0.#") ?? "-"))} {verdict.Heard?.Transcript} | {verdict.Traits[^1].Why} {verdict.Traits[1].Why}");
                }
            }
        }

        double Mean(int trait) => verdicts.Select(verdict => verdict.Traits[trait].Score).OfType<double>().DefaultIfEmpty(double.NaN).Average();
        int open = verdicts.Count(verdict => verdict.Traits.Any(trait => trait.Score is null));
        Console.WriteLine(FormattableString.Invariant($"{made.Name,-24} {Mean(0),7:0.00} {Mean(1),14:0.00} {Mean(2),8:0.00} {open,14} {watch.Elapsed.TotalSeconds / verdicts.Count,5:0.0}"));
    }

    private static AnswerToJudge Asked(string script)
    {
        var kind = QuestionKinds.All.Single(kind => kind.Name == "pte-read-aloud");
        return new(kind, new Spoken { Prompt = "Read aloud", Script = script }, [new("content", "Content", 5), new("pronunciation", "Pronunciation", 5), new("fluency", "Oral fluency", 5)], null);
    }
}
