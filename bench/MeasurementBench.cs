namespace Tripos.Bench;

/// <summary>The rating model and the predictor on files of responses: discrimination, loss, calibration, speed.</summary>
public static class MeasurementBench
{
    public static int Run(string[] args)
    {
        Console.Error.WriteLine($"There is nothing to measure in {string.Join(' ', args)}.");
        return 2;
    }
}
