namespace Tripos.Bench;

/// <summary>The memory model against files of vectors and review logs.</summary>
public static class SpacingBench
{
    public static int Run(string[] args)
    {
        Console.Error.WriteLine($"There is nothing to measure in {string.Join(' ', args)}.");
        return 2;
    }
}
