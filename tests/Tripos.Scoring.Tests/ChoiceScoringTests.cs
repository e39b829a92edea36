using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Tripos.Questions;

namespace Tripos.Scoring.Tests;

/// <summary>Choice questions with options a-f. Vectors worked by hand; docs/scoring.md shows the same table.</summary>
public sealed class ChoiceScoringTests
{
    [Theory]
    [InlineData("a", "a", 1.0, true)]
    [InlineData("b", "a", 0.0, false)]
    [InlineData("", "a", 0.0, false)]
    public void A_single_choice_is_right_or_wrong(string chosen, string key, double fraction, bool correct) =>
        Assert.Equal(new ItemScore(fraction, correct), Scores(Single(key), Response(chosen)));

    [Theory]
    // chosen, key, options: right ticks add 1/R, wrong ticks take 1/W
    [InlineData("ab", "ab", 4, 1.0, true)]
    [InlineData("a", "ab", 4, 0.5, false)]
    [InlineData("b", "ab", 4, 0.5, false)]
    [InlineData("ac", "ab", 4, 0.0, false)]    // 1/2 - 1/2
    [InlineData("abc", "ab", 4, 0.5, false)]   // 2/2 - 1/2
    [InlineData("abcd", "ab", 4, 0.0, false)]  // everything ticked earns nothing
    [InlineData("cd", "ab", 4, 0.0, false)]    // never below 0
    [InlineData("abd", "abc", 6, 1.0 / 3, false)] // 2/3 - 1/3
    [InlineData("abc", "abc", 6, 1.0, true)]
    [InlineData("abcd", "abcd", 4, 1.0, true)] // nothing is wrong: no penalty is possible
    [InlineData("ab", "abcd", 4, 0.5, false)]
    [InlineData("", "ab", 4, 0.0, false)]
    public void A_multiple_choice_pays_for_right_ticks_and_charges_for_wrong_ones(string chosen, string key, int options, double fraction, bool correct)
    {
        var score = Scores(Multiple(key, options), Response(chosen));

        Assert.Equal(fraction, score.Fraction, precision: 12);
        Assert.Equal(correct, score.Correct);
    }

    [Fact]
    public void The_order_of_the_ticks_does_not_matter() =>
        Prop.ForAll<byte, byte, int>((chosen, key, seed) =>
        {
            string ticks = Letters(chosen);
            string shuffled = new(SeededShuffle.Order(ticks.ToCharArray(), seed, 1));
            return Scores(Multiple(KeyOf(key), 6), Response(ticks)) == Scores(Multiple(KeyOf(key), 6), Response(shuffled));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_score_is_between_0_and_1_and_full_exactly_when_correct() =>
        Prop.ForAll<byte, byte>((chosen, key) =>
        {
            var score = Scores(Multiple(KeyOf(key), 6), Response(Letters(chosen)));
            return score.Fraction is >= 0 and <= 1 && (score.Fraction > 1 - 1e-9) == (score.Correct == true);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void One_more_wrong_tick_never_raises_a_score() =>
        Prop.ForAll<byte, byte>((chosen, key) =>
        {
            var body = Multiple(KeyOf(key), 6);
            string ticks = Letters(chosen);
            double before = Scores(body, Response(ticks)).Fraction;
            return "abcdef".Except(body.Key.SelectMany(k => k)).Except(ticks).All(wrong => Scores(body, Response(ticks + wrong)).Fraction <= before + 1e-12);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_response_earns_nothing() => Assert.Equal(ItemScore.None, Scores(Single("a"), null));

    [Fact]
    public void A_question_without_a_key_cannot_be_scored() => Assert.Throws<ArgumentException>(() => Scores(Single(""), Response("a")));

    private static ItemScore Scores(QuestionBody body, JsonElement? response) => Scorer.Score(QuestionKinds.PlainOf(body), body, response, ScoringProfiles.Percentage);

    private static SingleChoice Single(string key) => new() { Prompt = "?", Options = Options(4), Key = [.. key.Select(c => $"{c}")] };

    private static MultipleChoice Multiple(string key, int options) => new() { Prompt = "?", Options = Options(options), Key = [.. key.Select(c => $"{c}")] };

    private static Option[] Options(int count) => [.. "abcdef".Take(count).Select(c => new Option($"{c}", $"Option {c}"))];

    private static JsonElement Response(string chosen) => JsonSerializer.SerializeToElement(new ChoiceResponse([.. chosen.Select(c => $"{c}")]), QuestionJson.Options);

    private static string Letters(int bits) => new([.. "abcdef".Where((_, i) => (bits >> i & 1) == 1)]);

    private static string KeyOf(byte bits) => Letters(bits) is { Length: > 0 } key ? key : "a";
}
