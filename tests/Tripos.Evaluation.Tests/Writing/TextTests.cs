using Tripos.Evaluation.Writing;

namespace Tripos.Evaluation.Tests.Writing;

/// <summary>Words, stems, diversity and points: what the checks are made of.</summary>
public sealed class TextTests
{
    [Theory]
    [InlineData("explored", "exploration")]
    [InlineData("cities", "city")]
    [InlineData("stopping", "stop")]
    [InlineData("governments", "govern")]
    [InlineData("fell", "falling")]
    [InlineData("children", "child")]
    [InlineData("helpful", "help")]
    [InlineData("written", "wrote")]
    [InlineData("boxes", "box")]
    [InlineData("City's", "city")]
    public void Forms_of_a_word_have_one_stem(string one, string other) => Assert.Equal(Stems.Of(one), Stems.Of(other));

    [Theory]
    [InlineData("bus", "but")]
    [InlineData("wall", "war")]
    [InlineData("planet", "plan")]
    public void Different_words_keep_apart(string one, string other) => Assert.NotEqual(Stems.Of(one), Stems.Of(other));

    [Fact]
    public void A_text_falls_into_paragraphs_sentences_and_words()
    {
        var text = WrittenText.Of("Dr. Smith's car isn't old. It cost 1,500 euros!\n\nA well-known\nmodel");

        Assert.Equal(2, text.Paragraphs.Count);
        Assert.Equal(["dr smith's car isn't old", "it cost 1,500 euros", "a well known model"], text.Sentences.Select(sentence => string.Join(' ', text.In(sentence).Select(word => word.Lower))));
        Assert.All(text.Words, word => Assert.Equal(word.Lower, text.Text[word.Start..word.End].ToLowerInvariant()));
    }

    /// <remarks>By hand. "a b a b …" of 40 words: the ratio falls to 2/3 ≤ 0.72 at every third word, both ways: 13 factors and one word left, which has lost nothing. 40/13.
    /// 40 different words never come near: MTLD is their number.</remarks>
    [Fact]
    public void Lexical_diversity_is_as_worked_by_hand()
    {
        Assert.Equal(40 / 13.0, LexicalDiversity.Of([.. Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? "a" : "b")])!.Value, 1e-9);
        Assert.Equal(40, LexicalDiversity.Of([.. Enumerable.Range(0, 40).Select(i => $"w{i}")])!.Value, 1e-9);
        Assert.Null(LexicalDiversity.Of([.. Enumerable.Range(0, 39).Select(i => $"w{i}")]));
    }

    [Theory]
    [InlineData(0.5, 6, 3)]
    [InlineData(0.5, 1, 0.5)]
    [InlineData(0.6, 1, 0.5)]
    [InlineData(0.7, 1, 0.75)]
    [InlineData(0.74, 2, 1)]
    [InlineData(0.75, 2, 2)]
    [InlineData(-1, 5, 0)]
    [InlineData(9, 5, 5)]
    [InlineData(1, 2.5, 2.5)]
    [InlineData(double.NaN, 2, 0)]
    public void Shares_become_points_on_the_steps_of_the_scale(double share, double max, double points) => Assert.Equal(points, Ramp.Points(share, max), 1e-9);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(2, 0.25)]
    [InlineData(3, 0.5)]
    [InlineData(5, 1)]
    [InlineData(9, 1)]
    public void A_ramp_runs_straight_between_its_corners(double x, double y) => Assert.Equal(y, Ramp.At(x, (1, 0), (3, 0.5), (5, 1)), 1e-9);

    [Fact]
    public void Key_points_are_found_by_their_words_in_one_or_two_sentences()
    {
        var text = WrittenText.Of("Walls reflect the waves. The beach is washed away. Sand is brought by ships.");

        var points = KeyPoints.In(["the wall washes the beach away", "salt marshes grow", "ships bring sand"], text);

        Assert.True(points[0].Found >= KeyPoint.Enough && points[0].At!.Quote == "Walls reflect the waves. The beach is washed away");
        Assert.Null(points[1].At);
        Assert.Equal(1, points[2].Found, 1e-9);
    }

    [Fact]
    public void Memorised_frames_are_seen_where_they_carry_a_text()
    {
        string template = "In this day and age, free buses are a hotly debated topic. Every coin has two sides. It is crystal clear that there are a plethora of reasons. Last but not least, governments and individuals should work hand in hand.";
        string own = "In a nutshell, free buses helped my grandmother, who could visit us again on Sundays, although the last stop was far from her house and the driver never waited.";

        Assert.True(Templates.In(WrittenText.Of(template)).Dominate);
        Assert.False(Templates.In(WrittenText.Of(own)).Dominate);
    }
}
