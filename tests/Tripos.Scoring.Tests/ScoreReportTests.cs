using FsCheck;
using FsCheck.Fluent;

namespace Tripos.Scoring.Tests;

/// <summary>From points to scores on the scale; the same examples are worked in docs/scoring.md.</summary>
public sealed class ScoreReportTests
{
    private static readonly ScoringProfile Profile = ScoringProfiles.Find("pte-2025-08");

    [Fact]
    public void A_skill_is_the_share_of_its_points_on_the_scale_with_an_interval()
    {
        ScoredItem[] items = [Item(1, "pte-reading-multiple-choice-single", 1, 1), Item(2, "pte-reorder-paragraphs", 3, 4), Item(3, "pte-reading-fill-blanks", 2, 4)];

        var reading = ScoreReport.Of(Profile, items)!.Of("reading")!;

        // 6 of 9: 10 + 80 × 0.6667 = 63.3. n = 9² / (1² + 4² + 4²) = 2.4545; Wilson at 95 %: 0.1830 to 0.9470, so 24.6 to 85.8.
        Assert.Equal((63, 24, 86), (reading.Score, reading.Low, reading.High));
        Assert.Equal((6.0, 9.0, 0.0), (reading.Earned, reading.Max, reading.Open));
        Assert.Equal([1, 2, 3], reading.From.Select(given => given.Position));
    }

    [Fact]
    public void What_is_open_widens_the_interval_and_is_not_counted()
    {
        TraitScore[] traits = [new("content", null, 6), new("form", 2, 2), new("discourse", null, 6), new("grammar", null, 2), new("linguistic-range", null, 6), new("vocabulary", null, 2), new("spelling", 2, 2)];

        var writing = ScoreReport.Of(Profile, [new ScoredItem(1, "pte-write-essay", 26, ItemScore.Of(traits))])!.Of("writing")!;

        // 4 of the 4 evaluated points. Wilson for one item, all right: 0.2065 to 1. Of all 26: 4/26 × 0.2065 = 0.0318, and 1.
        Assert.Equal((90, 12, 90), (writing.Score, writing.Low, writing.High));
        Assert.Equal((4.0, 26.0, 22.0), (writing.Earned, writing.Max, writing.Open));
        Assert.Equal(traits.Select(trait => trait.Name), writing.From.Select(given => given.Trait!));
    }

    [Fact]
    public void The_overall_score_counts_every_item_once_and_is_not_the_mean_of_the_skills()
    {
        ScoredItem[] items = [Item(1, "pte-write-from-dictation", 9, 10), Item(2, "pte-reading-fill-blanks", 1, 4)];

        var report = ScoreReport.Of(Profile, items)!;

        Assert.Equal([82, 30, 82], new[] { "writing", "reading", "listening" }.Select(skill => report.Of(skill)!.Score!.Value)); // 9/10, 1/4, 9/10
        Assert.Equal(67, report.Of("overall")!.Score); // 10 of 14; the mean of the skills is 65
        Assert.Null(report.Of("speaking")!.Score);
    }

    [Fact]
    public void Integrated_items_feed_all_their_skills_and_traits_feed_their_own_scores()
    {
        TraitScore[] traits = [new("content", 2, 3), new("pronunciation", 4, 5), new("fluency", 3, 5)];

        var report = ScoreReport.Of(Profile, [new ScoredItem(1, "pte-repeat-sentence", 13, ItemScore.Of(traits))])!;

        Assert.Equal((9.0, 13.0), (report.Of("speaking")!.Earned, report.Of("speaking")!.Max));
        Assert.Equal((9.0, 13.0), (report.Of("listening")!.Earned, report.Of("listening")!.Max));
        Assert.Equal((74, 58, 63), (report.Of("pronunciation")!.Score, report.Of("fluency")!.Score, report.Of("content")!.Score)); // 4/5, 3/5, 2/3
        Assert.Empty(report.Of("writing")!.From);
    }

    [Fact]
    public void Content_and_form_feed_the_skills_but_no_enabling_skill()
    {
        TraitScore[] traits = [new("content", 4, 4), new("form", 1, 1), new("grammar", 0, 2), new("vocabulary", 0, 2)];

        var report = ScoreReport.Of(Profile, [new ScoredItem(1, "pte-summarize-written-text", 9, ItemScore.Of(traits))])!;

        Assert.Equal(5, report.Of("writing")!.Earned);
        Assert.Equal((0.0, 2.0), (report.Of("grammar")!.Earned, report.Of("grammar")!.Max));
        Assert.Equal((0.0, 2.0), (report.Of("vocabulary")!.Earned, report.Of("vocabulary")!.Max));
        Assert.Equal(0, report.Of("discourse")!.Max);
    }

    [Fact]
    public void Nothing_evaluated_is_no_score()
    {
        var score = ItemScore.Of([new TraitScore("content", null, 5), new TraitScore("pronunciation", null, 5), new TraitScore("fluency", null, 5)]);

        var speaking = ScoreReport.Of(Profile, [new ScoredItem(1, "pte-read-aloud", 15, score)])!.Of("speaking")!;

        Assert.Equal((null, null, null), (speaking.Score, speaking.Low, speaking.High));
        Assert.Equal((0.0, 15.0, 15.0), (speaking.Earned, speaking.Max, speaking.Open));
    }

    [Fact]
    public void A_profile_without_a_scale_has_no_report() => Assert.Null(ScoreReport.Of(ScoringProfiles.Percentage, [Item(1, "single-choice", 1, 1)]));

    [Fact]
    public void Kinds_the_profile_does_not_mention_and_unscored_items_feed_nothing() =>
        Assert.All(ScoreReport.Of(Profile, [Item(1, "single-choice", 1, 1), new ScoredItem(2, "pte-personal-introduction", 0, ItemScore.Unscored)])!.Scores, score => Assert.Equal(0, score.Max));

    [Fact]
    public void Scores_are_on_the_scale_inside_their_interval_and_rise_with_the_points() =>
        Prop.ForAll<byte, byte, byte>((earned, lost, open) =>
        {
            var one = Reading(earned, lost, open, other: lost);
            var better = Reading(earned + 1, Math.Max(0, lost - 1), open, other: lost);
            return one.Score is null || (one.Score is >= 10 and <= 90 && one.Low >= 10 && one.Low <= one.Score && one.Score <= one.High && one.High <= 90 && better.Score >= one.Score);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void More_items_narrow_the_interval()
    {
        ScoredItem[] few = [.. Enumerable.Range(1, 5).Select(position => Item(position, "pte-reading-fill-blanks", 2, 4))];
        ScoredItem[] many = [.. Enumerable.Range(1, 50).Select(position => Item(position, "pte-reading-fill-blanks", 2, 4))];

        var (one, other) = (ScoreReport.Of(Profile, few)!.Of("reading")!, ScoreReport.Of(Profile, many)!.Of("reading")!);

        Assert.Equal(one.Score, other.Score);
        Assert.True(other.High - other.Low < one.High - one.Low);
    }

    private static ScaledScore Reading(int earned, int lost, int open, int other)
    {
        int max = earned + lost + open;
        var score = new ItemScore(max == 0 ? 0 : (double)earned / max, null) { OpenFraction = max == 0 ? 0 : (double)open / max };
        return ScoreReport.Of(Profile, [new ScoredItem(1, "pte-reading-fill-blanks", max, score), Item(2, "pte-reorder-paragraphs", other % 5, 4)])!.Of("reading")!;
    }

    private static ScoredItem Item(int position, string kind, double earned, double max) => new(position, kind, max, ItemScore.Of(earned, max));
}
