using System.Text.Json;
using Tripos.Questions;
using Tripos.Scoring;

namespace Tripos.Bench;

/// <summary>Objective answers scored per second on one core, from the JSON of the response as the database gives it to the score.</summary>
public sealed class ScoringBench(Report report)
{
    private const int Goal = 200_000;
    private static readonly TimeSpan Warming = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Measured = TimeSpan.FromMilliseconds(400);

    public object Run()
    {
        report.Line($"  response parsed and scored, per second of processor time; goal {Goal:N0}/s for every kind");
        var results = ScoringAnswers.All.Select(Measure).ToList();
        foreach (var result in results)
        {
            report.Line($"  {result.Kind,-42} {result.PerSecond,10:N0}/s   {result.Micros,6:N2} µs   {result.Bytes,6:N0} B{(result.PerSecond < Goal ? "   BELOW GOAL" : "")}");
        }

        return new
        {
            bench = "scoring",
            goal = Goal,
            slowest = Math.Round(results.Min(result => result.PerSecond)),
            kinds = results.Select(result => new { kind = result.Kind, perSecond = Math.Round(result.PerSecond), microseconds = Math.Round(result.Micros, 3), bytesAllocated = Math.Round(result.Bytes) }),
        };
    }

    // Processor time of the process, collections included, not time on the wall: others may be using the machine.
    private static Result Measure(ScoringAnswers.Answer answer)
    {
        var kind = QuestionKinds.Find(answer.Kind);
        var profile = ScoringProfiles.Find(answer.Kind.StartsWith("pte-", StringComparison.Ordinal) ? "pte-2025-08" : "percentage");
        Run(answer, kind, profile, Warming); // until it is compiled for speed
        var (done, busy) = Run(answer, kind, profile, Measured);
        double micros = busy.TotalMicroseconds / done;

        long before = GC.GetAllocatedBytesForCurrentThread();
        Score(answer, kind, profile, 1000);
        return new Result(answer.Kind, 1_000_000 / micros, micros, (GC.GetAllocatedBytesForCurrentThread() - before) / 1000.0);
    }

    private static (int Done, TimeSpan Busy) Run(ScoringAnswers.Answer answer, QuestionKind kind, ScoringProfile profile, TimeSpan time)
    {
        var before = Environment.CpuUsage.TotalTime;
        int done = 0;
        TimeSpan busy;
        do
        {
            done += Score(answer, kind, profile, 1000);
            busy = Environment.CpuUsage.TotalTime - before;
        }
        while (busy < time);

        return (done, busy);
    }

    private static int Score(ScoringAnswers.Answer answer, QuestionKind kind, ScoringProfile profile, int times)
    {
        for (int i = 0; i < times; i++)
        {
            var response = JsonSerializer.Deserialize<JsonElement>(answer.Response);
            var score = Scorer.Score(kind, answer.Body, response, profile);
            if (score.Fraction is <= 0 or > 1)
            {
                throw new InvalidOperationException($"{answer.Kind} earned {score.Fraction}.");
            }
        }

        return times;
    }

    private sealed record Result(string Kind, double PerSecond, double Micros, double Bytes);
}
