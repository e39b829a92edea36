using System.Diagnostics;
using Tripos.Evaluation;
using Tripos.Evaluation.Agreement;
using Tripos.Evaluation.Writing;
using Tripos.Scoring;

namespace Tripos.Bench;

/// <summary>The local evaluator on the marked answers.</summary>
public sealed record SampleRun(IReadOnlyList<SampleRun.Judged> Answers, double MillisecondsPerAnswer)
{
    public sealed record Judged(SampleFile File, SampleFile.Marked Answer, Verdict Verdict)
    {
        /// <summary>Points of all traits by the program and by hand, each as a share of the maximum.</summary>
        public double Given => Verdict.Traits.Sum(trait => trait.Score ?? 0) / Verdict.Traits.Sum(trait => trait.Max);

        public double ByHand => Verdict.Traits.Sum(trait => Answer.Marks[trait.Name]) / Verdict.Traits.Sum(trait => trait.Max);
    }

    public sealed record Row(string Rubric, string Trait, double Max, string Part, RaterAgreement Agreement);

    public static SampleRun Of(ScoringResources resources)
    {
        List<Judged> Judge() => [.. SampleFile.All.SelectMany(file => file.Answers.Select(answer => new Judged(file, answer, LocalWriting.Evaluate(file.ToJudge(answer), resources))))];
        Judge(); // until it is compiled
        var clock = Stopwatch.StartNew();
        var answers = Judge();
        return new(answers, clock.Elapsed.TotalMilliseconds / answers.Count);
    }

    /// <summary>By rubric, trait and part.</summary>
    public IEnumerable<Row> Rows() =>
        from part in (string[])["development", "held-out"]
        from file in SampleFile.All
        from trait in file.Traits
        let pairs = Answers.Where(judged => judged.File == file && judged.Answer.Part == part)
            .Select(judged => (judged.Answer.Marks[trait.Name], judged.Verdict.Traits.First(given => given.Name == trait.Name).Score ?? 0)).ToList()
        select new Row(file.Rubric, trait.Name, trait.Max, part, RaterAgreement.Of(pairs, trait.Max >= 2 ? 1 : trait.Max / 4));

    public static ScoringResources Dictionaries()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Dictionaries");
        return new() { Dictionaries = [.. ((string[])["en", "en-gb"]).Where(name => File.Exists(Path.Combine(folder, $"{name}.dic"))).Select(name => Read(folder, name))] };
    }

    private static SpellingDictionary Read(string folder, string name)
    {
        using var aff = File.OpenRead(Path.Combine(folder, $"{name}.aff"));
        using var dic = File.OpenRead(Path.Combine(folder, $"{name}.dic"));
        return SpellingDictionary.Read(aff, dic);
    }
}
