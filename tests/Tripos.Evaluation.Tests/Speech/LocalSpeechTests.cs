using Tripos.Evaluation.Speech;
using Tripos.Questions;

namespace Tripos.Evaluation.Tests.Speech;

public sealed class LocalSpeechTests
{
    private const string AsItStands = "the library opens at nine in the morning 300 and students may borrow up to six books for two weeks";

    [Theory]
    [InlineData(AsItStands, 5)]
    [InlineData("the library opens at nine in the morning 300 and students may borrow up to books for two weeks", 4.5)]
    [InlineData("the library opens at nine in the morning 300 and students up to books for two weeks", 4)]
    [InlineData("the library opens at nine in the morning", 2)]
    [InlineData("the library library opens at nine in the morning 300 and students may borrow up to six books for two weeks", 5)]
    public void Reading_aloud_earns_the_share_of_the_words(string said, double content)
    {
        var verdict = LocalSpeech.Judge(Made.Asked("pte-read-aloud"), Made.Read(said));

        Assert.Equal(content, verdict.Score("content"));
    }

    [Theory]
    [InlineData(AsItStands, 3)]
    [InlineData("the library library opens at nine 900 in the morning 300 and students may borrow up to six books for two weeks", 3)]
    [InlineData("the library opens at nine in the morning and students may borrow up to six books", 2)]
    [InlineData("the library opens at nine", 1)]
    [InlineData("the library", 0)]
    public void Repeating_a_sentence_earns_3_for_all_words_2_for_half_1_for_fewer(string said, double content)
    {
        var verdict = LocalSpeech.Judge(Made.Asked("pte-repeat-sentence"), Made.Read(said));

        Assert.Equal(content, verdict.Score("content"));
    }

    [Theory]
    [InlineData(AsItStands, 5)]
    [InlineData("the library opens at nine in the morning 300 and students 700 may borrow up to six books for two weeks", 4)]
    [InlineData("the library opens 700 at nine in the morning 300 and students 700 may borrow up to six books for two weeks", 3)]
    [InlineData("the library opens at nine in the morning 300 and students 2500 may borrow up to six books for two weeks", 3)]
    [InlineData("the library 800 opens at nine in 800 the morning 300 and students 800 may borrow up to six 800 books for two weeks", 2)]
    [InlineData("the library 900 opens at 900 nine in 900 the morning 1300 and students 900 may borrow 900 up to 900 six books 900 for two 900 weeks", 1)]
    [InlineData("the 900 library 900 opens 900 at 900 nine 900 in 900 the 900 morning 1300 and 900 students 900 may 900 borrow 900 up", 0)]
    public void Fluency_falls_with_every_pause_where_none_belongs(string said, double fluency)
    {
        var verdict = LocalSpeech.Judge(Made.Asked("pte-read-aloud"), Made.Read(said));

        Assert.Equal(fluency, verdict.Score("fluency"));
    }

    [Fact]
    public void A_pause_and_a_word_left_out_are_shown_where_they_are()
    {
        var answer = Made.Read("the library opens at nine in the morning 300 and students 1800 may borrow up to books for two weeks");

        var verdict = LocalSpeech.Judge(Made.Asked("pte-read-aloud"), answer);

        var pause = Assert.Single(verdict.Traits[2].Evidence);
        Assert.Equal(("1.8 s of silence after “students”", new Place(PlaceUnit.Sound, 4000, 5800)), (pause.Says, pause.Place));
        var missing = Assert.Single(verdict.Traits[0].Evidence);
        Assert.Equal(("“six” was left out", 7200), (missing.Says, missing.Place!.Start));
        Assert.Equal(["content", "fluency"], verdict.Suggestions.Select(suggestion => suggestion.Trait));
        Assert.Equal(["six"], verdict.Heard!.Omitted);
    }

    [Fact]
    public void Another_text_earns_no_content_and_says_so()
    {
        var verdict = LocalSpeech.Judge(Made.Asked("pte-read-aloud"), Made.Read("~ ~ ~ ~ ~ ~", "our neighbours bought a piano yesterday"));

        Assert.Equal((0, "other-text"), (verdict.Score("content"), verdict.Traits[0].Flag));
        Assert.All(verdict.Heard!.Words, word => Assert.NotEqual(HeardAs.Right, word.As));
    }

    [Fact]
    public void Silence_earns_nothing_and_says_why()
    {
        var verdict = LocalSpeech.Judge(Made.Asked("pte-read-aloud"), Made.Silent);

        Assert.All(verdict.Traits, trait => Assert.Equal((0, "silent"), (trait.Score, trait.Flag)));
    }

    [Fact]
    public void A_sound_without_any_word_that_can_be_made_out_is_left_to_people()
    {
        var verdict = LocalSpeech.Judge(Made.Asked("pte-read-aloud"), Made.Read("2000 900"));

        Assert.All(verdict.Traits, trait => Assert.Null(trait.Score));
        Assert.All(verdict.Traits, trait => Assert.StartsWith("Not evaluated: no words could be made out", trait.Why, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("six", "six", 1)] // both searches heard it
    [InlineData("six", "seeks", 1)] // only the guided one, and the sound fits about as well
    [InlineData("~", "seven", 0)]
    public void A_short_answer_counts_when_it_was_heard(string guided, string free, double points)
    {
        Spoken body = new() { Prompt = "How many?", Accepted = ["6", "half a dozen"] };
        var answer = Made.Read(guided, free) with { Script = [] };

        var verdict = LocalSpeech.Judge(Made.Asked("pte-answer-short-question", body, "vocabulary"), answer);

        Assert.Equal(points, verdict.Score("vocabulary"));
    }

    [Fact]
    public void A_short_answer_that_fits_the_sound_much_worse_than_other_words_does_not_count()
    {
        Spoken body = new() { Prompt = "How many?", Accepted = ["six"] };
        RecognisedAnswer answer = new(Made.Free("seven").Sound, Made.Pieces("seven", fit: -30), Made.Pieces("six", fit: -60), []);

        var verdict = LocalSpeech.Judge(Made.Asked("pte-answer-short-question", body, "vocabulary"), answer);

        Assert.Equal(0, verdict.Score("vocabulary"));
    }

    [Theory]
    [InlineData("the chart shows that sales of bicycles doubled between spring and summer", 5)]
    [InlineData("the chart shows bicycles and something else i could not read at all", 2.5)]
    [InlineData("once upon a time there was a king who lived in a castle", 0)]
    public void Free_speech_earns_the_key_points_that_occur(string said, double content)
    {
        Spoken body = new() { Prompt = "Describe", KeyPoints = ["bicycle sales", "they doubled in summer"] };

        var verdict = LocalSpeech.Judge(Made.Asked("pte-describe-image", body), Made.Free(said));

        Assert.Equal(content, verdict.Score("content"));
        Assert.Contains("rough guess", verdict.Traits[0].Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Free_speech_with_nothing_to_compare_it_with_and_traits_of_authors_are_not_evaluated()
    {
        Spoken body = new() { Prompt = "Describe" };

        var verdict = LocalSpeech.Judge(Made.Asked("pte-describe-image", body, "content charm"), Made.Free("the chart shows that sales doubled in summer"));

        Assert.All(verdict.Traits, trait => Assert.Null(trait.Score));
    }

    [Fact]
    public void Pronunciation_falls_with_the_fit_of_the_sounds_and_with_words_only_the_script_explains()
    {
        double? Of(string free, double fit) => LocalSpeech.Judge(Made.Asked("pte-read-aloud"), Made.Read(AsItStands, free, fit: fit)).Score("pronunciation");

        double?[] falling = [Of(AsItStands, -35), Of(AsItStands, -55), Of("the library opened mad mine in a mourning", -55), Of("what ever this is", -75)];

        Assert.Equal(falling.OrderDescending(), falling);
        Assert.Equal(4, falling.Distinct().Count());
    }

    [Fact]
    public void A_few_words_that_were_made_out_say_next_to_nothing_about_pronunciation()
    {
        var whole = LocalSpeech.Judge(Made.Asked("pte-read-aloud"), Made.Read(AsItStands));
        var few = LocalSpeech.Judge(Made.Asked("pte-read-aloud"), Made.Read("the library opens", "the library opens"));

        Assert.Equal(5, whole.Score("pronunciation"));
        Assert.Equal(1, few.Score("pronunciation"));
    }
}
