using System.Collections.Immutable;
using System.Text.Json;
using Tripos.Spacing;

namespace Tripos.Bench.Spacing;

/// <summary>Replays a file of reference vectors and counts what differs: memory states, whole schedules, and the two grids.</summary>
public sealed class VectorCheck
{
    private double[] _defaults = [];

    public int Sequences { get; private set; }

    public int Reviews { get; private set; }

    public int IntervalMismatches { get; private set; }

    public double MaxRelativeStabilityError { get; private set; }

    public double MaxDifficultyError { get; private set; }

    public double MaxRecallError { get; private set; }

    public int SchedSequences { get; private set; }

    public int SchedReviews { get; private set; }

    public int SchedMismatches { get; private set; }

    public double SchedMaxRelativeStabilityError { get; private set; }

    public double SchedMaxDifficultyError { get; private set; }

    public int GridMismatches { get; private set; }

    public double MaxGridError { get; private set; }

    public void Run(InputFile file)
    {
        var root = Parse(file);
        if (root.TryGet("state") is null && root.TryGet("sched") is null)
        {
            throw root.Wrong("has neither \"state\" nor \"sched\"");
        }

        _defaults = root.TryGet("meta")?.TryGet("default_w") is { } given ? Weights(given) : [.. FsrsWeights.Default];
        Each(root, "state", CheckStates);
        Each(root, "sched", CheckSchedule);
        Each(root, "interval_grid", CheckInterval);
        Each(root, "curve_grid", CheckCurve);
    }

    public void Print(Report report, string files)
    {
        report.Title($"vectors {files}");
        report.Line($"  states     {Sequences:N0} sequences, {Reviews:N0} reviews: {IntervalMismatches} intervals differ, stability by {MaxRelativeStabilityError:G3} at most (relative), difficulty by {MaxDifficultyError:G3}, recall by {MaxRecallError:G3}");
        report.Line($"  schedules  {SchedSequences:N0} sequences, {SchedReviews:N0} reviews: {SchedMismatches} cards differ in due time, state, step, days, reps or lapses");
        report.Line($"  grids      {GridMismatches} intervals differ, curves by {MaxGridError:G3} at most");
    }

    private static VectorNode Parse(InputFile file)
    {
        try
        {
            return new(file.Path, "", JsonDocument.Parse(file.Bytes).RootElement);
        }
        catch (JsonException fault)
        {
            throw new BadInputException($"{file.Path}: line {fault.LineNumber + 1} is not JSON ({fault.Message}). Fetch or make the file again.");
        }
    }

    private static void Each(VectorNode root, string name, Action<VectorNode> check)
    {
        if (root.TryGet(name) is not { } list)
        {
            return;
        }

        int count = list.Length;
        for (int i = 0; i < count; i++)
        {
            check(list[i]);
        }
    }

    private void CheckStates(VectorNode sequence)
    {
        var fsrs = new Fsrs(WeightsOf(sequence));
        double retention = sequence["request_retention"].Number;
        bool shortTerm = sequence["enable_short_term"].Flag;
        int maximum = sequence.TryGet("maximum_interval")?.Whole ?? 36_500;
        var steps = sequence["steps"];
        MemoryState state = default;
        for (int i = 0; i < steps.Length; i++)
        {
            var (step, days) = (steps[i], steps[i][1].Whole);
            double recalled = i == 0 ? 0 : fsrs.Retrievability(days, state.StabilityDays);
            state = i == 0 ? fsrs.First(step[0].Recall) : fsrs.Next(state, step[0].Recall, days, shortTerm);
            MaxRelativeStabilityError = Math.Max(MaxRelativeStabilityError, Relative(state.StabilityDays, step[2].Number));
            MaxDifficultyError = Math.Max(MaxDifficultyError, Math.Abs(state.Difficulty - step[3].Number));
            IntervalMismatches += fsrs.IntervalDays(state.StabilityDays, retention, maximum) == step[4].Whole ? 0 : 1;
            MaxRecallError = step[5].IsNull ? MaxRecallError : Math.Max(MaxRecallError, Math.Abs(recalled - step[5].Number));
        }

        Sequences++;
        Reviews += steps.Length;
    }

    private void CheckSchedule(VectorNode sequence)
    {
        var scheduler = new Scheduler(new Fsrs(WeightsOf(sequence)), new SchedulerSettings
        {
            DesiredRetention = sequence["request_retention"].Number,
            ShortTerm = sequence["enable_short_term"].Flag,
            LearningSteps = Waits(sequence["learning_steps"]),
            RelearningSteps = Waits(sequence["relearning_steps"]),
            MaximumIntervalDays = sequence.TryGet("maximum_interval")?.Whole ?? 36_500,
        });
        var steps = sequence["steps"];
        var card = Card.New(DateTime.UnixEpoch);
        for (int i = 0; i < steps.Length; i++)
        {
            var step = steps[i];
            card = scheduler.Review(card, step["rating"].Recall, step["at"].Time);
            SchedMaxRelativeStabilityError = Math.Max(SchedMaxRelativeStabilityError, Relative(card.StabilityDays, step["stability"].Number));
            SchedMaxDifficultyError = Math.Max(SchedMaxDifficultyError, Math.Abs(card.Difficulty - step["difficulty"].Number));
            SchedMismatches += Agrees(card, step) ? 0 : 1;
        }

        SchedSequences++;
        SchedReviews += steps.Length;
    }

    private static bool Agrees(in Card card, VectorNode step) =>
        card.DueAt == step["due"].Time && (int)card.State == step["state"].Whole && card.Step == step["learning_steps"].Whole
        && card.ScheduledDays == step["scheduled_days"].Whole && card.Reps == step["reps"].Whole && card.Lapses == step["lapses"].Whole;

    // [retention, stability, interval in days, interval per day of stability]
    private void CheckInterval(VectorNode row)
    {
        GridMismatches += Fsrs.Default.IntervalDays(row[1].Number, row[0].Number) == row[2].Whole ? 0 : 1;
        MaxGridError = Math.Max(MaxGridError, Relative(Fsrs.Default.IntervalFactor(row[0].Number), row[3].Number));
    }

    // [stability, days, chance of recall]
    private void CheckCurve(VectorNode row) =>
        MaxGridError = Math.Max(MaxGridError, Math.Abs(Fsrs.Default.Retrievability(row[1].Number, row[0].Number) - row[2].Number));

    private double[] WeightsOf(VectorNode sequence) => sequence["w"] is { Value.ValueKind: JsonValueKind.Array } given ? Weights(given) : _defaults;

    private static double[] Weights(VectorNode list)
    {
        double[] weights = new double[list.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = list[i].Number;
        }

        return weights.Length is 17 or 19 or 21 ? weights : throw list.Wrong($"has {weights.Length} weights, not 17, 19 or 21");
    }

    private static ImmutableArray<TimeSpan> Waits(VectorNode list) =>
        [.. Enumerable.Range(0, list.Length).Select(i => list[i].Wait)];

    private static double Relative(double value, double expected) => Math.Abs(value - expected) / Math.Max(Math.Abs(expected), 1e-12);
}
