using System.Globalization;

namespace Tripos.Bench;

/// <summary>The arguments: files to split, or files for training and for measuring.</summary>
public sealed record MeasurementOptions(IReadOnlyList<string> Files, IReadOnlyList<string> Train, IReadOnlyList<string> Test, int Seed, bool Json)
{
    public const string Usage = """
        bin/bench measurement FILE… [--train FILE]… [--test FILE]… [--seed N] [--json]
          FILE alone: every fifth learner is held out, starting with the first; several files are measured one by one.
          --train and --test: learn from the learners of the former, measure on those of the latter; each may be given several times. A FILE beside --train is measured too.
        """;

    /// <summary>The options, or what is wrong with the arguments.</summary>
    public static (MeasurementOptions? Options, string? Fault) Of(string[] args)
    {
        List<string> files = [], train = [], test = [];
        int seed = 1;
        for (int i = 0; i < args.Length; i++)
        {
            if (args[i] is "--train" or "--test" or "--seed" && i + 1 == args.Length)
            {
                return (null, $"{args[i]} needs a value after it.");
            }

            switch (args[i])
            {
                case "--json": break;
                case "--train": train.Add(args[++i]); break;
                case "--test": test.Add(args[++i]); break;
                case "--seed" when int.TryParse(args[++i], CultureInfo.InvariantCulture, out seed): break;
                case "--seed": return (null, $"--seed needs a whole number, not \"{args[i]}\".");
                case ['-', ..]: return (null, $"There is no option {args[i]}.");
                default: files.Add(args[i]); break;
            }
        }

        if (train.Count > 0)
        {
            test.AddRange(files);
            files.Clear();
        }

        return (files, train, test) switch
        {
            ([], [], []) => (null, "Name the files of responses to measure."),
            (_, [], [_, ..]) => (null, "--test needs --train: name the files to learn from, too."),
            (_, [_, ..], []) => (null, "--train needs --test: name the files to measure on, too."),
            _ => (new(files, train, test, seed, args.Contains("--json")), null),
        };
    }
}
