using System.Text.Json;

namespace Tripos.Bench;

/// <summary>The rating model and the predictor on files of responses: discrimination, loss, calibration, speed.</summary>
public static class MeasurementBench
{
    private const int HeldOutEvery = 5;

    public static int Run(string[] args)
    {
        var (options, fault) = MeasurementOptions.Of(args);
        if (options is null)
        {
            Console.Error.WriteLine($"{fault}\n{MeasurementOptions.Usage}");
            return 2;
        }

        try
        {
            Measure(options);
            return 0;
        }
        catch (BadResponseFileException bad)
        {
            Console.Error.WriteLine(bad.Message);
            return 2;
        }
    }

    private static void Measure(MeasurementOptions options)
    {
        var report = new Report(options.Json);
        Accuracy elo = new(), predictor = new();
        var speeds = new Latencies();
        foreach (var (name, run) in Runs(options))
        {
            report.Title(name);
            var rated = run.Elo();
            var (predicted, microseconds) = run.Predictor();
            report.Line("                        AUC   log-loss   accuracy   calibration error");
            report.Line($"  multi-skill Elo    {Line(rated.Result())}");
            report.Line($"  predictor          {Line(predicted.Result())}");
            report.Line($"  {predicted.Count:N0} responses of held-out learners; predict + update {microseconds:N2} µs per response");
            elo.AddAll(rated);
            predictor.AddAll(predicted);
            speeds.Add(microseconds);
        }

        if (options.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new { elo = Rounded(elo.Result()), predictor = Rounded(predictor.Result()), microsecondsPerResponse = Math.Round(speeds.Quantile(0.5), 3) }, JsonSerializerOptions.Web));
        }
    }

    private static IEnumerable<(string Name, MeasurementRun Run)> Runs(MeasurementOptions options)
    {
        foreach (string file in options.Files)
        {
            var ids = new CollectionIds();
            var learners = ResponseFile.Read(file, ids);
            List<LearnerAnswers>[] parts = [[], []];
            for (int i = 0; i < learners.Count; i++)
            {
                parts[i % HeldOutEvery == 0 ? 1 : 0].Add(learners[i]);
            }

            yield return (file, new MeasurementRun(ids, parts[0], parts[1], options.Seed));
        }

        if (options.Train.Count > 0)
        {
            var ids = new CollectionIds();
            List<LearnerAnswers> training = [.. options.Train.SelectMany(file => ResponseFile.Read(file, ids))];
            yield return (string.Join(", ", options.Test), new MeasurementRun(ids, training, [.. options.Test.SelectMany(file => ResponseFile.Read(file, ids))], options.Seed));
        }
    }

    private static string Line(AccuracyResult result) => $"{result.Auc,7:F4}    {result.LogLoss:F4}     {result.Accuracy:F4}     {result.Ece:F4}";

    // A measure that does not exist (one kind of outcome only) is null.
    private static object Rounded(AccuracyResult result) => new { auc = Number(result.Auc), logLoss = Number(result.LogLoss), accuracy = Number(result.Accuracy), ece = Number(result.Ece) };

    private static double? Number(double value) => double.IsFinite(value) ? Math.Round(value, 6) : null;
}
