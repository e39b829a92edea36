using Tripos.Bench;
using Tripos.Evaluation.Writing;

namespace Tripos.Evaluation.Tests.Samples;

/// <summary>What must hold on the marked answers whatever the rules become. How far points agree is measured by bin/bench evaluation.</summary>
public sealed class SampleAnswerTests
{
    private static readonly SampleRun Run = SampleRun.Of(SampleRun.Dictionaries());

    public static TheoryData<string> Rubrics => [.. SampleFile.All.Select(file => file.Rubric)];

    [Fact]
    public void There_are_sixty_answers_and_more_in_three_levels_with_every_trait_marked()
    {
        Assert.True(Run.Answers.Count >= 60);
        Assert.All(SampleFile.All, file => Assert.Superset(new HashSet<string> { "weak", "middle", "strong", "adversarial" }, file.Answers.Select(answer => answer.Level).ToHashSet()));
        Assert.All(Run.Answers, judged => Assert.All(judged.File.Traits, trait => Assert.InRange(judged.Answer.Marks[trait.Name], 0, trait.Max)));
        Assert.Equal(Run.Answers.Count, Run.Answers.Select(judged => (judged.File.Rubric, judged.Answer.Id)).Distinct().Count());
    }

    [Fact]
    public void The_second_of_every_three_answers_of_a_level_is_held_out()
    {
        var levels = SampleFile.All.SelectMany(file => file.Answers.GroupBy(answer => answer.Level));

        Assert.All(levels, level => Assert.All(level.Index(), answer => Assert.Equal(answer.Index % 3 == 1, answer.Item.IsHeldOut)));
    }

    [Theory]
    [MemberData(nameof(Rubrics))]
    public void Better_answers_get_more_points(string rubric)
    {
        double Mean(string level) => Run.Answers.Where(judged => judged.File.Rubric == rubric && judged.Answer.Level == level).Average(judged => judged.Given);

        Assert.True(Mean("middle") > Mean("weak") + 0.1, $"middle {Mean("middle"):0.00}, weak {Mean("weak"):0.00}");
        Assert.True(Mean("strong") > Mean("middle") + 0.1, $"strong {Mean("strong"):0.00}, middle {Mean("middle"):0.00}");
    }

    [Theory]
    [MemberData(nameof(Rubrics))]
    public void Answers_that_cheat_get_less_than_honest_middling_ones(string rubric)
    {
        var answers = Run.Answers.Where(judged => judged.File.Rubric == rubric).ToList();
        double middle = answers.Where(judged => judged.Answer.Level == "middle").Average(judged => Weighed(judged));

        Assert.All(answers.Where(judged => judged.Answer.Level == "adversarial"), judged => Assert.True(Weighed(judged) < middle, $"{judged.Answer.Id}: {Weighed(judged):0.00}, middle {middle:0.00}"));
        Assert.All(answers.Where(judged => judged.Answer.Level == "adversarial"), judged => Assert.NotNull(judged.Verdict.Traits[0].Flag));
    }

    [Fact]
    public void No_honest_answer_is_suspected() =>
        Assert.All(Run.Answers.Where(judged => judged.Answer.Level != "adversarial"), judged => Assert.Null(judged.Verdict.Traits[0].Flag));

    [Fact]
    public void Every_place_quotes_the_answer_and_every_trait_says_why() => Assert.All(Run.Answers, judged =>
    {
        var places = judged.Verdict.Traits.SelectMany(trait => trait.Evidence).Select(evidence => evidence.Place).Concat(judged.Verdict.Suggestions.Select(suggestion => suggestion.Place)).OfType<Place>();

        Assert.All(places, place => Assert.Equal(judged.Answer.Text[place.Start..place.End], place.Quote));
        Assert.All(judged.Verdict.Traits, trait => Assert.NotEmpty(trait.Why));
        Assert.All(judged.Verdict.Traits, trait => Assert.Equal(trait.Evidence.OrderBy(evidence => evidence.Place?.Start ?? int.MaxValue), trait.Evidence));
        Assert.InRange(judged.Verdict.Suggestions.Count, 0, 5);
        Assert.NotEmpty(judged.Verdict.Summary);
    });

    [Fact]
    public void The_same_answer_gets_the_same_verdict_twice()
    {
        var resources = SampleRun.Dictionaries();

        Assert.All(Run.Answers, judged => Assert.Equivalent(judged.Verdict, LocalWriting.Evaluate(judged.File.ToJudge(judged.Answer), resources), strict: true));
    }

    // As in the profile, an answer without content is worth nothing.
    private static double Weighed(SampleRun.Judged judged) =>
        judged.Verdict.Traits.Any(given => given.Score == 0 && judged.File.Traits.First(trait => trait.Name == given.Name).Zeroes) ? 0 : judged.Given;
}
