using Tripos.Bench.Spacing;

namespace Tripos.Spacing.Tests;

/// <summary>States and whole schedules made with ts-fsrs: default and random weights, steps up to days, long and short waits.</summary>
public sealed class VectorTests
{
    [Fact]
    public void Memories_and_schedules_are_those_of_ts_fsrs() => Agrees(Path.Combine(AppContext.BaseDirectory, "Vectors", "ts-fsrs-5.4.2.json"));

    internal static void Agrees(string file)
    {
        var check = new VectorCheck();

        check.Run(InputFile.Read(file));

        Assert.True(check.Reviews > 100 && check.SchedReviews > 100);
        Assert.Equal((0, 0, 0), (check.IntervalMismatches, check.SchedMismatches, check.GridMismatches));
        Assert.InRange(Math.Max(check.MaxRelativeStabilityError, check.SchedMaxRelativeStabilityError), 0, 1e-8);
        Assert.InRange(Math.Max(check.MaxDifficultyError, check.SchedMaxDifficultyError), 0, 1e-8);
    }
}

/// <summary>With the large file of vectors and the public review log: runs with TRIPOS_CORPUS naming the folder above theirs.</summary>
public sealed class SpacingCorpusTests
{
    [Fact(Explicit = true)]
    public void All_vectors_agree() => Assert.All(Files("fsrs_vectors*.json*"), VectorTests.Agrees);

    [Fact(Explicit = true)]
    public void A_fit_to_a_real_log_predicts_what_follows_better_than_the_defaults() => Assert.All(Files("anki_revlog*.csv"), file =>
    {
        var history = ReviewHistory.Of(ReviewLogFile.Read(InputFile.Read(file)), TimeSpan.FromHours(4));

        var fit = Optimiser.Fit(history, ct: TestContext.Current.CancellationToken);
        var (fitted, usual) = Optimiser.EvaluateSplits(history, ct: TestContext.Current.CancellationToken);

        Assert.Equal(FitScope.All, fit.Scope);
        Assert.True(fit.Before.LogLoss - fit.After.LogLoss > 0.008);
        Assert.True(usual.LogLoss - fitted.LogLoss > 0.004);
    });

    private static string[] Files(string pattern)
    {
        string folder = Environment.GetEnvironmentVariable("TRIPOS_CORPUS") ?? throw new InvalidOperationException("TRIPOS_CORPUS names the folder with the vectors and logs.");
        string[] files = Directory.GetFiles(folder, pattern, SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        return files;
    }
}
